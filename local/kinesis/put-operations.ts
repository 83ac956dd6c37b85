import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { parseInput, streamReference } from './input';
import type { Kinesis } from './kinesis';
import { type RecordToPut, type Stream, sizeBytes } from './stream';

const recordBytesMax = 1024 * 1024;
const callRecordsMax = 500;
const callBytesMax = 5 * 1024 * 1024;

const recordShape = {
  Data: z.base64().refine((data) => Buffer.byteLength(data, 'base64') <= recordBytesMax, {
    message: `Member must have length less than or equal to ${recordBytesMax}`,
  }),
  PartitionKey: z.string().min(1).max(256),
  ExplicitHashKey: z
    .string()
    .regex(/^(0|[1-9]\d{0,38})$/)
    .refine((key) => BigInt(key) < 1n << 128n, { message: 'Member must be below 2^128' })
    .optional(),
};
const putRecordInput = z.object(recordShape);
const putRecordsInput = z.object({ Records: z.array(putRecordInput).min(1).max(callRecordsMax) });

export function putOperations(kinesis: Kinesis): Readonly<Record<string, JsonOperation>> {
  return {
    PutRecord: (input, caller) => {
      const stream = writable(kinesis, input, caller, 'kinesis:PutRecord');
      const record = toRecord(parseInput(putRecordInput, input));
      refuseOversized([record]);
      const { shardId, sequenceNumber } = kinesis.put(stream, record);
      return { ShardId: shardId, SequenceNumber: sequenceNumber, EncryptionType: encryptionType(stream) };
    },
    PutRecords: (input, caller) => {
      const stream = writable(kinesis, input, caller, 'kinesis:PutRecords');
      const records = parseInput(putRecordsInput, input).Records.map(toRecord);
      refuseOversized(records);
      const results = records.map((record) => putOrFault(kinesis, stream, record));
      return {
        Records: results,
        FailedRecordCount: results.filter((result) => 'ErrorCode' in result).length,
        EncryptionType: encryptionType(stream),
      };
    },
  };
}

/** Each record of a call fails or succeeds by itself; a fault that is not AWS's ends the whole call. */
function putOrFault(kinesis: Kinesis, stream: Stream, record: RecordToPut) {
  try {
    const { shardId, sequenceNumber } = kinesis.put(stream, record);
    return { ShardId: shardId, SequenceNumber: sequenceNumber };
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return { ErrorCode: error.code, ErrorMessage: error.message };
  }
}

function writable(kinesis: Kinesis, input: unknown, caller: Caller, action: string): Stream {
  const name = streamReference(input);
  const arn = kinesis.streamArn(name);
  kinesis.authorize(caller, action, arn);
  const stream = kinesis.stream(name);
  kinesis.key.require(caller, ['kms:GenerateDataKey'], stream.settings.keyId, { 'aws:kinesis:arn': arn });
  return stream;
}

/** The partition key counts towards the size of its record and of the call. */
function refuseOversized(records: readonly RecordToPut[]): void {
  const sizes = records.map(sizeBytes);
  if (sizes.some((size) => size > recordBytesMax)) {
    throw new AwsError('InvalidArgumentException', `A record exceeds the limit of ${recordBytesMax} bytes.`);
  }
  if (sizes.reduce((sum, size) => sum + size, 0) > callBytesMax) {
    throw new AwsError('InvalidArgumentException', `Records size exceeds ${callBytesMax} bytes limit.`);
  }
}

function toRecord(input: z.infer<typeof putRecordInput>): RecordToPut {
  return { data: input.Data, partitionKey: input.PartitionKey, explicitHashKey: input.ExplicitHashKey };
}

const encryptionType = ({ settings }: Stream) => (settings.keyId === undefined ? 'NONE' : 'KMS');
