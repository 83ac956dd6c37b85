import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { eachAtOnce } from './at-once';

export type Row = Record<string, AttributeValue>;

const callsAtOnce = 32;

export interface StandingRows {
  /** The rows whose key is taken now, by them or by an earlier row; the others failed after the client's retries. */
  readonly standing: ReadonlySet<Row>;
  /** Why calls were refused. */
  readonly causes: readonly unknown[];
}

/**
 * Puts rows with distinct keys where nothing stands yet: the first row of a key is never replaced. One call a row, 32
 * under way at most, because a batch of DynamoDB cannot carry conditions. `keyAttribute` is the table's partition key.
 */
export async function putNewRows(
  dynamo: DynamoDBClient,
  { table, keyAttribute }: { readonly table: string; readonly keyAttribute: string },
  rows: readonly Row[],
): Promise<StandingRows> {
  const standing = new Set<Row>();
  const causes: unknown[] = [];
  await eachAtOnce(rows, callsAtOnce, async (row) => {
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: row,
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': keyAttribute },
        }),
      );
      standing.add(row);
    } catch (cause) {
      if (cause instanceof ConditionalCheckFailedException) standing.add(row);
      else causes.push(cause);
    }
  });
  return { standing, causes };
}
