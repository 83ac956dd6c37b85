import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';

/** Puts records on a stream and gives back those that it did not take. Never throws: out of reach is an outcome. */
export type SendRecords = (records: readonly Uint8Array[]) => Promise<readonly Uint8Array[]>;

export interface KinesisSenderOptions {
  readonly client: Pick<KinesisClient, 'send'>;
  readonly streamName: string;
  /** Calls for one batch in all; 5 by default. */
  readonly attemptsMax?: number;
  /** Doubles with each attempt, to at most 5 seconds, with jitter. */
  readonly backoffMs?: number;
  /** 0 to 1; for the jitter. */
  readonly chance?: () => number;
}

/** Kinesis takes at most 500 records and 5 MiB in a call. */
const batch = { recordsMax: 500, bytesMax: 5 * 1024 * 1024 } as const;
const partitionKeyBytes = 64;
const backoffMaxMs = 5000;

/**
 * Sends with PutRecords, and again only what was refused, a bounded number of times. A record may arrive twice; its
 * reads carry ids, so that the stores keep one.
 */
export function createKinesisSender(options: KinesisSenderOptions): SendRecords {
  return async (records) => {
    const unsent: Uint8Array[] = [];
    for (const group of batches(records)) unsent.push(...(await sendBatch(group, options)));
    return unsent;
  };
}

async function sendBatch(
  records: readonly Uint8Array[],
  { client, streamName, attemptsMax = 5, backoffMs = 200, chance = Math.random }: KinesisSenderOptions,
): Promise<readonly Uint8Array[]> {
  let left = records;
  for (let attempt = 0; attempt < attemptsMax && left.length > 0; attempt++) {
    if (attempt > 0)
      await delay(Math.min(backoffMaxMs, backoffMs * 2 ** (attempt - 1)) * (0.5 + chance() / 2));
    left = await refusedOf(left, { client, streamName });
  }
  return left;
}

async function refusedOf(
  records: readonly Uint8Array[],
  { client, streamName }: Pick<KinesisSenderOptions, 'client' | 'streamName'>,
): Promise<readonly Uint8Array[]> {
  const command = new PutRecordsCommand({
    StreamName: streamName,
    Records: records.map((record) => ({ Data: record, PartitionKey: partitionKey(record) })),
  });
  try {
    const { Records: results = [] } = await client.send(command);
    return records.filter((_, at) => results[at]?.SequenceNumber === undefined);
  } catch {
    return records;
  }
}

/** Of the envelope's bytes, signature included: spreads one busy camera over the shards and says nothing. */
const partitionKey = (record: Uint8Array) => createHash('sha256').update(record).digest('hex');

function* batches(records: readonly Uint8Array[]): Generator<readonly Uint8Array[]> {
  let group: Uint8Array[] = [];
  let bytes = 0;
  for (const record of records) {
    const size = record.byteLength + partitionKeyBytes;
    if (group.length >= batch.recordsMax || (group.length > 0 && bytes + size > batch.bytesMax)) {
      yield group;
      group = [];
      bytes = 0;
    }
    group.push(record);
    bytes += size;
  }
  if (group.length > 0) yield group;
}
