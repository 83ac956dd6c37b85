import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { APIGatewayProxyEvent, KinesisStreamEvent } from 'aws-lambda';

const client = new DynamoDBClient({});
const TableName = process.env.TABLE;

/** Keeps each record for a virtual hour, under its partition key. */
export async function consume(event: KinesisStreamEvent): Promise<void> {
  for (const { kinesis } of event.Records) {
    const expiresAt = String(Math.floor(Date.now() / 1000) + 3600);
    const Item = { id: { S: kinesis.partitionKey }, data: { S: kinesis.data }, expiresAt: { N: expiresAt } };
    await client.send(new PutItemCommand({ TableName, Item }));
  }
}

/** Says when it ran. */
export async function tick(): Promise<void> {
  const Item = { id: { S: `tick ${new Date().toISOString().slice(0, 13)}` } };
  await client.send(new PutItemCommand({ TableName, Item }));
}

export async function answer(event: APIGatewayProxyEvent) {
  const Key = { id: { S: event.pathParameters?.id ?? '' } };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
  const body = Buffer.from(Item?.data?.S ?? '', 'base64').toString('utf8');
  return { statusCode: Item === undefined ? 404 : 200, body };
}
