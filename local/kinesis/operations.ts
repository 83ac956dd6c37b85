import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { consumerOperations } from './consumer-operations';
import { parseInput, streamReference } from './input';
import type { Kinesis } from './kinesis';
import { putOperations } from './put-operations';
import { readOperations } from './read-operations';
import { type Stream, sequenceNumber } from './stream';

const createStreamInput = z.object({
  StreamName: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/),
  ShardCount: z.number().int().min(1).optional(),
  StreamModeDetails: z.object({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).optional(),
});

/** What an on-demand stream starts with. */
export const onDemandShardCount = 4;

export function kinesisOperations(kinesis: Kinesis): Readonly<Record<string, JsonOperation>> {
  return {
    CreateStream: (input, caller) => {
      const given = parseInput(createStreamInput, input);
      kinesis.authorize(caller, 'kinesis:CreateStream', kinesis.streamArn(given.StreamName));
      const mode = given.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
      const shardCount = mode === 'ON_DEMAND' ? onDemandShardCount : given.ShardCount;
      if (shardCount === undefined) {
        throw new AwsError('InvalidArgumentException', 'a PROVISIONED stream needs a ShardCount');
      }
      kinesis.createStream({ name: given.StreamName, mode, shardCount, retentionHours: 24 });
    },
    DescribeStream: (input, caller) => {
      const stream = referenced(kinesis, input, caller, 'kinesis:DescribeStream');
      const shards = stream.shards.map(describeShard);
      return { StreamDescription: { ...describe(kinesis, stream), Shards: shards, HasMoreShards: false } };
    },
    DescribeStreamSummary: (input, caller) => {
      const stream = referenced(kinesis, input, caller, 'kinesis:DescribeStreamSummary');
      return {
        StreamDescriptionSummary: {
          ...describe(kinesis, stream),
          OpenShardCount: stream.shards.length,
          ConsumerCount: kinesis.consumers(stream.settings.name).length,
        },
      };
    },
    ListShards: (input, caller) => {
      if (input.NextToken !== undefined) {
        throw new AwsError('InvalidArgumentException', 'the first page of ListShards is the last one here');
      }
      return {
        Shards: referenced(kinesis, input, caller, 'kinesis:ListShards').shards.map(describeShard),
      };
    },
    ListStreams: (_input, caller) => {
      kinesis.authorize(caller, 'kinesis:ListStreams', '*');
      return { StreamNames: kinesis.streamNames(), HasMoreStreams: false };
    },
    ...putOperations(kinesis),
    ...readOperations(kinesis),
    ...consumerOperations(kinesis),
  };
}

function referenced(kinesis: Kinesis, input: unknown, caller: Caller, action: string): Stream {
  const name = streamReference(input);
  kinesis.authorize(caller, action, kinesis.streamArn(name));
  return kinesis.stream(name);
}

function describe(kinesis: Kinesis, { arn, settings, createdAtMs }: Stream) {
  const keyArn = kinesis.key.arn(settings.keyId);
  return {
    StreamName: settings.name,
    StreamARN: arn,
    StreamStatus: 'ACTIVE',
    StreamModeDetails: { StreamMode: settings.mode },
    RetentionPeriodHours: settings.retentionHours,
    StreamCreationTimestamp: createdAtMs / 1000,
    EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
    EncryptionType: settings.keyId === undefined ? 'NONE' : 'KMS',
    ...(settings.keyId === undefined ? {} : { KeyId: keyArn ?? settings.keyId }),
  };
}

function describeShard({ id, hashKeys }: Stream['shards'][number]) {
  return {
    ShardId: id,
    HashKeyRange: { StartingHashKey: String(hashKeys.first), EndingHashKey: String(hashKeys.last) },
    SequenceNumberRange: { StartingSequenceNumber: sequenceNumber(0) },
  };
}
