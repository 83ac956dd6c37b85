import { z } from 'zod';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { parseInput, streamNameOfArn, streamReference } from './input';
import { decodeIterator, encodeIterator } from './iterator';
import type { Kinesis } from './kinesis';
import type { KinesisRecord, Shard } from './shard';

const callRecordsMax = 10_000;
const callBytesMax = 10 * 1024 * 1024;

const iteratorInput = z.object({
  ShardId: z.string().min(1),
  ShardIteratorType: z.enum([
    'AT_SEQUENCE_NUMBER',
    'AFTER_SEQUENCE_NUMBER',
    'TRIM_HORIZON',
    'LATEST',
    'AT_TIMESTAMP',
  ]),
  StartingSequenceNumber: z.string().optional(),
  /** Seconds since the epoch. */
  Timestamp: z.number().optional(),
});

const recordsInput = z.object({
  ShardIterator: z.string().min(1),
  Limit: z.number().int().min(1).max(callRecordsMax).optional(),
  StreamARN: z.string().optional(),
});

export function readOperations(kinesis: Kinesis): Readonly<Record<string, JsonOperation>> {
  const now = () => kinesis.options.clock.now();
  return {
    GetShardIterator: (input, caller) => {
      const streamName = streamReference(input);
      kinesis.authorize(caller, 'kinesis:GetShardIterator', kinesis.streamArn(streamName));
      const given = parseInput(iteratorInput, input);
      const shard = kinesis.shard(kinesis.stream(streamName), given.ShardId);
      const index = startIndex(shard, given);
      return {
        ShardIterator: encodeIterator({ streamName, shardId: shard.id, index, issuedAtMs: now() }),
      };
    },
    GetRecords: (input, caller) => {
      const given = parseInput(recordsInput, input);
      const position = decodeIterator(given.ShardIterator, now());
      const { streamName, shardId } = position;
      if (given.StreamARN !== undefined && streamNameOfArn(given.StreamARN) !== streamName) {
        throw new AwsError('InvalidArgumentException', 'The iterator is of another stream.');
      }
      const arn = kinesis.streamArn(streamName);
      kinesis.authorize(caller, 'kinesis:GetRecords', arn);
      const stream = kinesis.stream(streamName);
      kinesis.key.require(caller, ['kms:Decrypt'], stream.settings.keyId, { 'aws:kinesis:arn': arn });
      const shard = kinesis.shard(stream, shardId);
      const records = withinBytes(shard.slice(position.index, given.Limit ?? callRecordsMax));
      const index = (records.at(-1)?.index ?? Math.max(position.index, shard.firstIndex) - 1) + 1;
      const behind = shard.slice(index, 1)[0];
      return {
        Records: records.map((record) => ({
          SequenceNumber: record.sequenceNumber,
          ApproximateArrivalTimestamp: record.arrivedAtMs / 1000,
          Data: record.data,
          PartitionKey: record.partitionKey,
          EncryptionType: stream.settings.keyId === undefined ? 'NONE' : 'KMS',
        })),
        NextShardIterator: encodeIterator({ streamName, shardId, index, issuedAtMs: now() }),
        MillisBehindLatest: behind === undefined ? 0 : Math.max(0, now() - behind.arrivedAtMs),
      };
    },
  };
}

function startIndex(shard: Shard, input: z.infer<typeof iteratorInput>): number {
  switch (input.ShardIteratorType) {
    case 'TRIM_HORIZON':
      return shard.firstIndex;
    case 'LATEST':
      return shard.nextIndex;
    case 'AT_TIMESTAMP': {
      const fromMs = required(input.Timestamp, 'Timestamp') * 1000;
      return shard.firstWhere((record) => record.arrivedAtMs >= fromMs);
    }
    case 'AT_SEQUENCE_NUMBER': {
      const from = sequence(input.StartingSequenceNumber);
      return shard.firstWhere((record) => record.sequenceNumber >= from);
    }
    case 'AFTER_SEQUENCE_NUMBER': {
      const after = sequence(input.StartingSequenceNumber);
      return shard.firstWhere((record) => record.sequenceNumber > after);
    }
    default:
      return input.ShardIteratorType satisfies never;
  }
}

function sequence(given: string | undefined): string {
  const text = required(given, 'StartingSequenceNumber');
  if (!/^49\d{54}$/.test(text)) {
    throw new AwsError('InvalidArgumentException', `Invalid StartingSequenceNumber ${text}.`);
  }
  return text;
}

function required<Value>(value: Value | undefined, name: string): Value {
  if (value !== undefined) return value;
  throw new AwsError('InvalidArgumentException', `Must specify ${name} for this ShardIteratorType.`);
}

/** As many records as fit in one answer, and at least one. */
function withinBytes(records: readonly KinesisRecord[]): readonly KinesisRecord[] {
  let bytes = 0;
  const end = records.findIndex((record, position) => {
    bytes += record.sizeBytes;
    return position > 0 && bytes > callBytesMax;
  });
  return end < 0 ? records : records.slice(0, end);
}
