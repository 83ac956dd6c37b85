import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { fromStore } from '../../adapters/stores/store-error';
import type { LastUses } from './handler';

/** The rows `LAST` of the table Sessions: when each account was last used, for as long as the account exists. */
export class StoredLastUses implements LastUses {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async used(username: string, atMs: number): Promise<void> {
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { username: { S: username }, session: { S: 'LAST' } },
          UpdateExpression: 'SET lastUsedMs = :at',
          ConditionExpression: 'attribute_not_exists(lastUsedMs) OR lastUsedMs < :at',
          ExpressionAttributeValues: { ':at': { N: String(atMs) } },
        }),
      );
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return;
      await fromStore('sessions', () => Promise.reject(error));
    }
  }
}
