import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { Redaction, Redactions } from '../../core/audit/redaction/redaction';
import { redactionDecision, redactionStates } from '../../core/contract/log';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'redactions';

const stored = z.strictObject({
  logIndex: z.int().nonnegative(),
  state: z.enum(redactionStates),
  because: z.string(),
  authority: z.string(),
  orderedBy: z.string(),
  orderedAtMs: z.int().nonnegative(),
  decision: redactionDecision.extend({ by: z.string(), atMs: z.int().nonnegative() }).optional(),
});

export interface StoredRedactionsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/** The table Redactions: one row for each event whose redaction was ordered. */
export class StoredRedactions implements Redactions {
  constructor(readonly options: StoredRedactionsOptions) {}

  async find(logIndex: number): Promise<Redaction | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(
        new GetItemCommand({
          TableName: table,
          Key: { logIndex: { N: String(logIndex) } },
          ConsistentRead: true,
        }),
      ),
    );
    return Item === undefined ? undefined : redactionOf(Item);
  }

  /** Orders are few: a handful in a year. */
  async list(): Promise<readonly Redaction[]> {
    const { dynamo, table } = this.options;
    const redactions: Redaction[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore(store, () =>
        dynamo.send(
          new ScanCommand({
            TableName: table,
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      redactions.push(...(page.Items ?? []).map(redactionOf));
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return redactions;
  }

  async store(redaction: Redaction, from: Redaction['state'] | undefined): Promise<'stored' | 'conflict'> {
    const { dynamo, table } = this.options;
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            logIndex: { N: String(redaction.logIndex) },
            state: { S: redaction.state },
            order: { S: JSON.stringify(redaction) },
          },
          ConditionExpression: from === undefined ? 'attribute_not_exists(#state)' : '#state = :from',
          ExpressionAttributeNames: { '#state': 'state' },
          ...(from === undefined ? {} : { ExpressionAttributeValues: { ':from': { S: from } } }),
        }),
      );
      return 'stored';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'conflict';
      return fromStore(store, () => Promise.reject(error));
    }
  }
}

function redactionOf(item: Readonly<Record<string, AttributeValue>>): Redaction {
  try {
    const { decision, ...order } = stored.parse(JSON.parse(item.order?.S ?? ''));
    return decision === undefined ? order : { ...order, decision };
  } catch (cause) {
    throw new StoreError('malformed', store, { cause });
  }
}
