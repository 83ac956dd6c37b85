import { randomBytes } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { StoredDayKeys } from '../adapters/day-keys/day-keys';

/** The keys of the capture days, for a function that is a keyholder. */
export function openDayKeys(options: {
  readonly dynamo: DynamoDBClient;
  readonly dayKeysTable: string;
  readonly dayWrappingKey: string;
  readonly retentionDays: number;
}): StoredDayKeys {
  return new StoredDayKeys({
    dynamo: options.dynamo,
    kms: new KMSClient({}),
    table: options.dayKeysTable,
    wrappingKeyId: options.dayWrappingKey,
    retentionDays: options.retentionDays,
    now: () => Date.now(),
    randomBytes,
  });
}
