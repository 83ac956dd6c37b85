import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SearchAllowance } from '../../core/search/ports';
import { fromStore } from '../stores/store-error';

const dayS = 24 * 3600;

/**
 * The table Usage (key `username`, `day`): how many searches somebody made on a UTC day. One conditional update counts
 * and caps, so that parallel searches cannot slip past the cap together.
 */
export class StoredSearchAllowance implements SearchAllowance {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  async take(use: { username: string; nowMs: number; searchesPerDay: number }): Promise<boolean> {
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { username: { S: use.username }, day: { S: new Date(use.nowMs).toISOString().slice(0, 10) } },
          UpdateExpression: 'SET expiresAt = :expiresAt ADD searches :one',
          ConditionExpression: 'attribute_not_exists(searches) OR searches < :cap',
          ExpressionAttributeValues: {
            ':one': { N: '1' },
            ':cap': { N: String(use.searchesPerDay) },
            ':expiresAt': { N: String(Math.floor(use.nowMs / 1000) + 2 * dayS) },
          },
        }),
      );
      return true;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return false;
      return fromStore('usage', () => Promise.reject(error));
    }
  }
}
