import { createHash } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { UsedProofs } from '../../core/devices/ports';
import { fromStore } from '../stores/store-error';

/** Longer than a proof is good for, seen from a clock that is a minute off. TTL deletes later, never sooner. */
const rememberedS = 5 * 60;

/** The table Proofs: one row for each proof that was used, under a hash. */
export class StoredUsedProofs implements UsedProofs {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      readonly now: () => number;
    },
  ) {}

  /** The client may have sent a write again whose answer was lost: then the proof counts as used, and another is made. */
  async use({ deviceId, jti }: { readonly deviceId: string; readonly jti: string }) {
    const { dynamo, table, now } = this.options;
    try {
      await dynamo.send(
        new PutItemCommand({
          TableName: table,
          Item: {
            proofId: { S: proofIdOf(deviceId, jti) },
            expiresAt: { N: String(Math.ceil(now() / 1000) + rememberedS) },
          },
          ConditionExpression: 'attribute_not_exists(proofId)',
        }),
      );
      return 'first' as const;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'used' as const;
      return fromStore('proofs', () => Promise.reject(error));
    }
  }
}

/** Device ids are all of one length, so that no two pairs run together. */
function proofIdOf(deviceId: string, jti: string): string {
  return createHash('sha256').update(`${deviceId} ${jti}`, 'utf8').digest('base64url');
}
