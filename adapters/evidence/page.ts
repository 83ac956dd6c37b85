import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from '../../core/evidence/ports';
import { fromStore } from '../stores/store-error';
import type { Row } from './evidence-row';

const pageSize = 50;

/** One page of the index `by-kind`, newest first, after what the page before ended with. */
export async function pageOf<Item>(
  { dynamo, table }: { readonly dynamo: DynamoDBClient; readonly table: string },
  ask: {
    readonly kind: 'evidence' | 'release';
    readonly after: string | undefined;
    readonly parse: (row: Row) => Item;
  },
): Promise<Page<Item>> {
  const { Items = [] } = await fromStore('evidence', () =>
    dynamo.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'by-kind',
        KeyConditionExpression: ask.after === undefined ? '#kind = :kind' : '#kind = :kind AND #at < :after',
        ExpressionAttributeNames: {
          '#kind': 'kind',
          ...(ask.after === undefined ? {} : { '#at': 'at' }),
        },
        ExpressionAttributeValues: {
          ':kind': { S: ask.kind },
          ...(ask.after === undefined ? {} : { ':after': { S: ask.after } }),
        },
        ScanIndexForward: false,
        Limit: pageSize + 1,
      }),
    ),
  );
  const rows = Items.slice(0, pageSize);
  const next = Items.length > pageSize ? rows.at(-1)?.at?.S : undefined;
  return { items: rows.map(ask.parse), ...(next === undefined ? {} : { next }) };
}
