import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { SearchAllowance } from '../../core/search/ports';
import { fromStore } from '../stores/store-error';

const dayS = 24 * 3600;

/**
 * The table Usage (key `username`, `day`): how many searches somebody made on a UTC day, and how many reads these
 * answered. One conditional update counts and caps, so that parallel searches cannot slip past a cap together.
 */
export class StoredSearchAllowance implements SearchAllowance {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  take(use: { username: string; nowMs: number; searchesPerDay: number }): Promise<boolean> {
    return this.#count(use, { attribute: 'searches', more: 1, most: use.searchesPerDay });
  }

  /** Of none there is nothing to count: a search that found nothing is answered on any day. */
  async takeResults(use: {
    username: string;
    nowMs: number;
    results: number;
    resultsPerDay: number;
  }): Promise<boolean> {
    if (use.results === 0) return true;
    if (use.results > use.resultsPerDay) return false;
    return this.#count(use, { attribute: 'readsAnswered', more: use.results, most: use.resultsPerDay });
  }

  async #count(
    use: { readonly username: string; readonly nowMs: number },
    count: { readonly attribute: 'searches' | 'readsAnswered'; readonly more: number; readonly most: number },
  ): Promise<boolean> {
    const { attribute, more, most } = count;
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({
          TableName: this.options.table,
          Key: { username: { S: use.username }, day: { S: new Date(use.nowMs).toISOString().slice(0, 10) } },
          UpdateExpression: `SET expiresAt = :expiresAt ADD ${attribute} :more`,
          ConditionExpression: `attribute_not_exists(${attribute}) OR ${attribute} <= :room`,
          ExpressionAttributeValues: {
            ':more': number(more),
            ':room': number(most - more),
            ':expiresAt': number(Math.floor(use.nowMs / 1000) + 2 * dayS),
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

function number(value: number): AttributeValue {
  return { N: String(value) };
}
