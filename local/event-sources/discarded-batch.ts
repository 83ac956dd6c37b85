import { randomUUID } from 'node:crypto';
import type { KinesisRecord } from '../kinesis/shard';
import type { InvocationResult } from '../lambda/invoke';

export interface DiscardedBatch {
  readonly records: readonly KinesisRecord[];
  readonly condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded';
  readonly invocations: number;
  readonly result: InvocationResult | undefined;
  readonly mappingId: string;
  readonly functionArn: string;
  readonly shardId: string;
  readonly streamArn: string;
  readonly nowMs: number;
  /** The whole event; only a bucket gets it, a queue or topic gets the place to find the records. */
  readonly event: object;
}

/**
 * What Lambda sends to a stream mapping's failure destination. Source: "Retain discarded batch records for a Kinesis
 * Data Streams event source in Lambda".
 */
export function discardedBatchMessage(
  batch: DiscardedBatch,
  targetArn: string,
): { body: string; objectKey: string } {
  const { records, condition, invocations, result, shardId, streamArn } = batch;
  const timestamp = new Date(batch.nowMs).toISOString();
  const arrival = (record: KinesisRecord | undefined) => new Date(record?.arrivedAtMs ?? 0).toISOString();
  const message = {
    requestContext: {
      requestId: randomUUID(),
      functionArn: batch.functionArn,
      condition,
      approximateInvokeCount: invocations,
    },
    responseContext: {
      statusCode: 200,
      executedVersion: '$LATEST',
      functionError: result?.kind === 'function-error' ? 'Unhandled' : null,
    },
    version: '1.0',
    timestamp,
    KinesisBatchInfo: {
      shardId,
      startSequenceNumber: records[0]?.sequenceNumber,
      endSequenceNumber: records.at(-1)?.sequenceNumber,
      approximateArrivalOfFirstRecord: arrival(records[0]),
      approximateArrivalOfLastRecord: arrival(records.at(-1)),
      batchSize: records.length,
      streamArn,
    },
    ...(targetArn.includes(':s3:') ? { payload: JSON.stringify(batch.event) } : {}),
  };
  const day = timestamp.slice(0, 10).replaceAll('-', '/');
  const second = timestamp.slice(0, 19).replaceAll(':', '.');
  return {
    body: JSON.stringify(message),
    objectKey: `aws/lambda/${batch.mappingId}/${shardId}/${day}/${second}-${randomUUID()}`,
  };
}
