import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { fromStore } from '../stores/store-error';

/** The newest published checkpoint of the sealed log, as signed (table LogHead); `undefined` until there is one. */
export async function newestCheckpoint(options: {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly origin: string;
}): Promise<string | undefined> {
  const { Item } = await fromStore('log head', () =>
    options.dynamo.send(
      new GetItemCommand({
        TableName: options.table,
        Key: { log: { S: options.origin } },
        ProjectionExpression: 'checkpoint',
        ConsistentRead: true,
      }),
    ),
  );
  return Item?.checkpoint?.S;
}
