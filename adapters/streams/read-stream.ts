import type { AdmissionLimits } from '../../core/reads/admit';
import { type AdmittedReads, admitRecord, decodeRecord } from '../../core/reads/admit-record';
import type { Cameras } from '../cameras/cameras';
import { type StreamNames, type StreamRecord, streamRecords } from './kinesis-event';

export interface ReadStreamOptions extends StreamNames {
  readonly cameras: Pick<Cameras, 'find'>;
  readonly limits: AdmissionLimits;
  readonly now: () => number;
}

/** A record of a stream and what was decided on it. */
export interface DecidedRecord {
  readonly record: StreamRecord;
  readonly outcome: AdmittedReads;
}

/**
 * Decides a whole batch of the streams of reads: record-reads, match-reads and index-plates all call this, so that
 * the three never differ on what counts as a read. Rejects, and decides nothing, if the event is not of Kinesis
 * or the camera registry cannot be asked; anything wrong with one record is an outcome of that record.
 */
export async function admitBatch(
  event: unknown,
  { cameras, limits, now, ...streams }: ReadStreamOptions,
): Promise<readonly DecidedRecord[]> {
  const decoded = streamRecords(event, streams).map((record) => ({
    record,
    decoded: decodeRecord(record.source, record.bytes),
  }));
  const registry = await cameras.find(
    decoded.flatMap((each) => (each.decoded.kind === 'decoded' ? [each.decoded.cameraId] : [])),
  );
  const nowMs = now();
  return decoded.map((each) => {
    const camera = each.decoded.kind === 'decoded' ? registry.get(each.decoded.cameraId) : undefined;
    return { record: each.record, outcome: admitRecord(each.decoded, { camera, nowMs, limits }) };
  });
}
