import { createHash } from 'node:crypto';
import { type KinesisRecord, Shard } from './shard';

export interface StreamSettings {
  readonly name: string;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly shardCount: number;
  readonly retentionHours: number;
  /** ARN, id or alias of the key that encrypts the stream; absent: not encrypted. */
  readonly keyId?: string;
}

export interface RecordToPut {
  readonly data: string;
  readonly partitionKey: string;
  /** Overrides the hash of the partition key. */
  readonly explicitHashKey?: string | undefined;
}

const hashKeyEnd = 1n << 128n;
const hourMs = 3_600_000;

/** A data stream and its shards, which split the MD5 space of partition keys evenly. It has no clock: callers say when. */
export class Stream {
  readonly shards: readonly Shard[];
  /** Counts up over all shards, so that order of arrival within a shard is order of sequence number. */
  #sequence = 0;

  constructor(
    readonly arn: string,
    readonly settings: StreamSettings,
    readonly createdAtMs: number,
  ) {
    const width = hashKeyEnd / BigInt(settings.shardCount);
    this.shards = Array.from({ length: settings.shardCount }, (_, position) => {
      const isLast = position === settings.shardCount - 1;
      const first = width * BigInt(position);
      return new Shard(shardId(position), { first, last: isLast ? hashKeyEnd - 1n : first + width - 1n });
    });
  }

  shard(id: string): Shard | undefined {
    return this.shards.find((shard) => shard.id === id);
  }

  shardFor({ partitionKey, explicitHashKey }: RecordToPut): Shard {
    const hashKey =
      explicitHashKey === undefined
        ? BigInt(`0x${createHash('md5').update(partitionKey).digest('hex')}`)
        : BigInt(explicitHashKey);
    const shard = this.shards.find(({ hashKeys }) => hashKey >= hashKeys.first && hashKey <= hashKeys.last);
    if (shard === undefined) throw new RangeError('a hash key is below 2^128');
    return shard;
  }

  append(shard: Shard, record: RecordToPut, atMs: number): KinesisRecord {
    return shard.append({
      sequenceNumber: sequenceNumber(++this.#sequence),
      partitionKey: record.partitionKey,
      data: record.data,
      sizeBytes: sizeBytes(record),
      arrivedAtMs: atMs,
    });
  }

  /** Forgets what is older than the retention period. */
  expire(nowMs: number): void {
    const keptFromMs = nowMs - this.settings.retentionHours * hourMs;
    for (const shard of this.shards) shard.dropBefore(keptFromMs);
  }
}

/** Data and partition key together, as Kinesis counts. */
export function sizeBytes({ data, partitionKey }: RecordToPut): number {
  return Buffer.byteLength(data, 'base64') + Buffer.byteLength(partitionKey);
}

/** 56 digits, all of one length: comparing the texts compares the numbers. */
export const sequenceNumber = (count: number) => `49${String(count).padStart(54, '0')}`;

const shardId = (position: number) => `shardId-${String(position).padStart(12, '0')}`;
