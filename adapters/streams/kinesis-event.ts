import { z } from 'zod';
import type { ReadSource } from '../../core/reads/admit';

/** One record of a stream of reads, before anything in it is believed. */
export interface StreamRecord {
  /** For `batchItemFailures`. */
  readonly sequenceNumber: string;
  readonly arrivedAtMs: number;
  readonly source: ReadSource;
  readonly bytes: Uint8Array;
}

const kinesisEvent = z.object({
  Records: z
    .array(
      z.object({
        eventSourceARN: z.string(),
        kinesis: z.object({
          sequenceNumber: z.string().min(1),
          approximateArrivalTimestamp: z.number().positive(),
          data: z.string(),
        }),
      }),
    )
    .min(1)
    .max(10_000),
});

/**
 * The records of a Lambda event. Only those of the stream `detected-reads`, named here, count as detected; of any other
 * stream a camera's signature is asked. Throws if it is no Kinesis event.
 */
export function streamRecords(event: unknown, detectedReadsStream: string): readonly StreamRecord[] {
  return kinesisEvent.parse(event).Records.map(({ eventSourceARN, kinesis }) => ({
    sequenceNumber: kinesis.sequenceNumber,
    arrivedAtMs: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    source: streamName(eventSourceARN) === detectedReadsStream ? 'detected' : 'camera',
    bytes: Buffer.from(kinesis.data, 'base64'),
  }));
}

/** Of `arn:…:stream/<name>`, or with enhanced fan-out of `arn:…:stream/<name>/consumer/<name>:<time>`. */
function streamName(arn: string): string | undefined {
  return /^arn:[^:]+:kinesis:[^:]*:[^:]*:stream\/([^/]+)(\/consumer\/[^/]+)?$/.exec(arn)?.[1];
}
