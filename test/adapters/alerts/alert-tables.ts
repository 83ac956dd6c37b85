import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetItemCommand, ScanCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { createTable, type TestDynamo } from '../dynoxide';

let tables = 0;

/** The tables Alerts and Suppressions as they are deployed, empty. */
export async function makeAlertTables({ dynamo }: TestDynamo) {
  const alerts = `Alerts${++tables}`;
  const suppressions = `Suppressions${tables}`;
  await createTable(dynamo, {
    name: alerts,
    key: [['alertId', 'S']],
    index: {
      name: 'by-day',
      key: [
        ['day', 'S'],
        ['raisedAtMs', 'N'],
      ],
    },
  });
  await createTable(dynamo, {
    name: suppressions,
    key: [
      ['entryId', 'S'],
      ['alertId', 'S'],
    ],
  });
  return { alerts, suppressions };
}

export async function rowsOf(dynamo: DynamoDBClient, table: string) {
  return (await dynamo.send(new ScanCommand({ TableName: table }))).Items ?? [];
}

export async function alertRow(dynamo: DynamoDBClient, table: string, alertId: string) {
  const command = new GetItemCommand({ TableName: table, Key: { alertId: { S: alertId } } });
  return (await dynamo.send(command)).Item;
}

/** Changes one attribute of an alert's row behind the product's back. */
export async function tamper(
  dynamo: DynamoDBClient,
  at: { readonly table: string; readonly alertId: string; readonly attribute: string },
  value: AttributeValue,
) {
  await dynamo.send(
    new UpdateItemCommand({
      TableName: at.table,
      Key: { alertId: { S: at.alertId } },
      UpdateExpression: 'SET #attribute = :value',
      ExpressionAttributeNames: { '#attribute': at.attribute },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

/** Everything in clear of rows, bytes as Latin-1. */
export function clearText(rows: unknown): string {
  return JSON.stringify(rows, (_, each: unknown) =>
    each instanceof Uint8Array ? Buffer.from(each).toString('latin1') : each,
  );
}
