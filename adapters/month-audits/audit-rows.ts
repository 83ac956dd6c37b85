import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fromStore } from '../stores/store-error';

const store = 'audits';

/** So many rows of a kind at most: a century of months, and more referrals than a department makes. */
const rowsMax = 10_000;

export interface AuditRowsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
}

/** The table Audits: rows of a `kind` by `name`, each a record as JSON and attributes that are set once. */
export class AuditRows {
  constructor(
    readonly options: AuditRowsOptions,
    readonly kind: 'month' | 'incident',
  ) {}

  async find(name: string): Promise<Record<string, AttributeValue> | undefined> {
    const { dynamo, table } = this.options;
    const { Item } = await fromStore(store, () =>
      dynamo.send(new GetItemCommand({ TableName: table, Key: this.#key(name), ConsistentRead: true })),
    );
    return Item;
  }

  /** The greatest name first. */
  async list(): Promise<readonly Record<string, AttributeValue>[]> {
    const { dynamo, table } = this.options;
    const rows: Record<string, AttributeValue>[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore(store, () =>
        dynamo.send(
          new QueryCommand({
            TableName: table,
            KeyConditionExpression: '#kind = :kind',
            ExpressionAttributeNames: { '#kind': 'kind' },
            ExpressionAttributeValues: { ':kind': { S: this.kind } },
            ScanIndexForward: false,
            ConsistentRead: true,
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      rows.push(...(page.Items ?? []));
      start = page.LastEvaluatedKey;
    } while (start !== undefined && rows.length < rowsMax);
    return rows;
  }

  /** Resolves with the row that stands, which an earlier call may have put. */
  async putNew(name: string, record: unknown): Promise<Record<string, AttributeValue>> {
    const { dynamo, table } = this.options;
    const Item = { ...this.#key(name), record: { S: JSON.stringify(record) } };
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item,
          ConditionExpression: 'attribute_not_exists(#name)',
          ExpressionAttributeNames: { '#name': 'name' },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return Item;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item) return error.Item;
      return fromStore(store, () => Promise.reject(error));
    }
  }

  /** Sets an attribute of a row that stands, once; resolves with what stands. */
  async setOnce(name: string, attribute: string, value: AttributeValue): Promise<AttributeValue | undefined> {
    const { dynamo, table } = this.options;
    try {
      await dynamo.send(
        new UpdateItemCommand({
          TableName: table,
          Key: this.#key(name),
          UpdateExpression: 'SET #set = :value',
          ConditionExpression: 'attribute_exists(#name) AND attribute_not_exists(#set)',
          ExpressionAttributeNames: { '#set': attribute, '#name': 'name' },
          ExpressionAttributeValues: { ':value': value },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return value;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item?.[attribute];
      return fromStore(store, () => Promise.reject(error));
    }
  }

  #key(name: string): Record<string, AttributeValue> {
    return { kind: { S: this.kind }, name: { S: name } };
  }
}
