import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { StoredPlateIndex } from '../../adapters/plate-index/plate-index';
import type { DecidedRecord } from '../../adapters/streams/read-stream';
import type { Plate } from '../../core/plate/plate';
import { type CaptureDay, captureDay } from '../../core/retention/day';
import type { Counters } from '../counters';

export interface IndexPlatesDeps {
  readonly admitBatch: (event: unknown) => Promise<readonly DecidedRecord[]>;
  readonly plateIndex: Pick<StoredPlateIndex, 'put'>;
  readonly counters: Counters;
}

interface Segment {
  readonly day: CaptureDay;
  readonly network: string;
  readonly plates: Set<Plate>;
}

/**
 * Adds the plates of a batch to the index, one segment for each day and network. The segments are named after the
 * batch: one that comes again writes them again, and one that comes in other parts adds plates that are there already,
 * so no segment ever loses one. A failure fails the whole batch, which then comes again.
 */
export function makeHandler(deps: IndexPlatesDeps) {
  return async (event: unknown): Promise<KinesisStreamBatchResponse> => {
    const decided = await deps.admitBatch(event);
    const segmentId = segmentIdOf(decided);
    for (const { day, network, plates } of segmentsOf(decided)) {
      const outcome = await deps.plateIndex.put(day, network, segmentId, [...plates]);
      if (outcome === 'stored') deps.counters.count('PlatesIndexed', plates.size);
    }
    return { batchItemFailures: [] };
  };
}

/** Sequence numbers are unique in one stream only, so the stream is named, too. */
function segmentIdOf(decided: readonly DecidedRecord[]): string {
  const [first, last] = [decided.at(0)?.record, decided.at(-1)?.record];
  return [first?.source, first?.sequenceNumber, last?.sequenceNumber].join('-');
}

function segmentsOf(decided: readonly DecidedRecord[]): readonly Segment[] {
  const segments = new Map<string, Segment>();
  const admitted = decided.flatMap(({ outcome }) => (outcome.kind === 'decided' ? outcome.admitted : []));
  for (const { read } of admitted) {
    const day = captureDay(read.capturedAtMs);
    const name = `${day}/${read.network}`;
    const segment = segments.get(name) ?? { day, network: read.network, plates: new Set<Plate>() };
    segment.plates.add(read.plate);
    segments.set(name, segment);
  }
  return [...segments.values()];
}
