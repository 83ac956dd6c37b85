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

/** The streams whose records count as something else than the Department's cameras'. */
export interface StreamNames {
  /** Only `detect-plates` writes to it. */
  readonly detectedReadsStream: string;
  /** Partners' feeds write to it, and to no other. */
  readonly partnerReadsStream: string;
}

/**
 * The records of a Lambda event. Only those of the stream `detected-reads`, named here, count as detected; of any other
 * stream a signature is asked, and of that of the partners a partner's. Throws if it is no Kinesis event.
 */
export function streamRecords(event: unknown, streams: StreamNames): readonly StreamRecord[] {
  return kinesisEvent.parse(event).Records.map(({ eventSourceARN, kinesis }) => ({
    sequenceNumber: kinesis.sequenceNumber,
    arrivedAtMs: Math.round(kinesis.approximateArrivalTimestamp * 1000),
    source: sourceOf(streamName(eventSourceARN), streams),
    bytes: Buffer.from(kinesis.data, 'base64'),
  }));
}

function sourceOf(stream: string | undefined, names: StreamNames): ReadSource {
  if (stream === names.detectedReadsStream) return 'detected';
  return stream === names.partnerReadsStream ? 'partner' : 'camera';
}

/** Of `arn:…:stream/<name>`, or with enhanced fan-out of `arn:…:stream/<name>/consumer/<name>:<time>`. */
function streamName(arn: string): string | undefined {
  return /^arn:[^:]+:kinesis:[^:]*:[^:]*:stream\/([^/]+)(\/consumer\/[^/]+)?$/.exec(arn)?.[1];
}
