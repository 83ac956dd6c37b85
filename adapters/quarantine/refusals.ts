import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { fromStore } from '../stores/store-error';
import { quarantineRow, type RefusalFacts } from './quarantine-row';

export interface RefusalsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly retentionDays: number;
}

/**
 * Writes the facts of refusals to quarantine, never what was refused: for a function that decodes hostile input and
 * therefore holds no day key to seal with.
 */
export class Refusals {
  constructor(readonly options: RefusalsOptions) {}

  /** Resolves when the row is durable. */
  async put(refused: RefusalFacts): Promise<void> {
    const { dynamo, table, retentionDays } = this.options;
    const Item = quarantineRow(refused, { retentionDays });
    await fromStore('quarantine', () => dynamo.send(new PutItemCommand({ TableName: table, Item })));
  }
}
