import { type KinesisClient, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { type DetectedRecord, encodeDetected } from '../../core/reads/detected';
import { backOff } from '../stores/retry';
import { fromStore, StoreError } from '../stores/store-error';

const attemptsMax = 5;
/** A call takes 5 MiB; five records of at most 900 KiB always fit. */
const recordsPerCall = 5;

/** Writes the stream `detected-reads`, which only `detect-plates` may. */
export class DetectedReads {
  constructor(
    readonly kinesis: KinesisClient,
    readonly stream: string,
  ) {}

  /** Resolves when all records are in the stream; those that were refused are put again, five times at most. */
  async put(records: readonly DetectedRecord[]): Promise<void> {
    const entries = records.map((record) => ({
      Data: encodeDetected(record),
      PartitionKey: record.cameraId,
    }));
    for (let at = 0; at < entries.length; at += recordsPerCall)
      await this.#put(entries.slice(at, at + recordsPerCall));
  }

  async #put(entries: readonly { Data: Uint8Array; PartitionKey: string }[]): Promise<void> {
    let left = [...entries];
    for (let attempt = 1; attempt <= attemptsMax; attempt++) {
      if (attempt > 1) await backOff(attempt - 1);
      const { Records } = await fromStore('detected reads', () =>
        this.kinesis.send(new PutRecordsCommand({ StreamName: this.stream, Records: left })),
      );
      left = left.filter((_, index) => Records?.[index]?.SequenceNumber === undefined);
      if (left.length === 0) return;
    }
    throw new StoreError('unprocessed', 'detected reads');
  }
}
