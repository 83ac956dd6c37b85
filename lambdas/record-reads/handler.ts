import type { KinesisStreamBatchResponse } from 'aws-lambda';
import type { Heard, LastSeen } from '../../adapters/enrolment/last-seen';
import type { ImagesStore } from '../../adapters/images/images-store';
import type { QuarantineStore, Refused } from '../../adapters/quarantine/quarantine-store';
import type { ReadsStore } from '../../adapters/reads/reads-store';
import { eachAtOnce } from '../../adapters/stores/at-once';
import type { DecidedRecord } from '../../adapters/streams/read-stream';
import { type CapturedRead, imageKinds } from '../../core/reads/read';
import { captureDay } from '../../core/retention/day';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface RecordReadsDeps {
  readonly admitBatch: (event: unknown) => Promise<readonly DecidedRecord[]>;
  readonly reads: Pick<ReadsStore, 'put'>;
  readonly images: Pick<ImagesStore, 'put'>;
  readonly quarantine: Pick<QuarantineStore, 'put'>;
  readonly lastSeen: Pick<LastSeen, 'note'>;
  readonly now: () => number;
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

interface Arrived {
  readonly sequenceNumber: string;
  readonly captured: CapturedRead;
}

const putsAtOnce = 8;

/**
 * Stores what the streams of reads bring. A record whose reads, pictures or refusals could not all be stored is
 * reported and comes again; everything is stored under keys made of the read itself, so coming again adds nothing. What
 * is wrong with a record itself goes to quarantine and never comes again, so no record holds its neighbours back.
 */
export function makeHandler(deps: RecordReadsDeps) {
  return async (event: unknown): Promise<KinesisStreamBatchResponse> => {
    const decided = await deps.admitBatch(event);
    const failed = new Set<string>();
    const fail = (sequenceNumber: string, cause: unknown) => {
      failed.add(sequenceNumber);
      deps.log.warn('a record will be tried again', { sequenceNumber, ...errorFacts(cause) });
    };

    await store(decided, deps, fail);
    await quarantine(decided, deps, fail);
    await deps.lastSeen.note(heardOf(decided), deps.now());
    return { batchItemFailures: [...failed].map((itemIdentifier) => ({ itemIdentifier })) };
  };
}

type Fail = (sequenceNumber: string, cause: unknown) => void;

/** Pictures first: a read that can be found has its pictures. */
async function store(decided: readonly DecidedRecord[], deps: RecordReadsDeps, fail: Fail): Promise<void> {
  const ready: Arrived[] = [];
  await eachAtOnce(decided.flatMap(admittedReads), putsAtOnce, async (arrived) => {
    try {
      await putImages(arrived.captured, deps.images);
      ready.push(arrived);
    } catch (cause) {
      fail(arrived.sequenceNumber, cause);
    }
  });
  if (ready.length === 0) return;

  try {
    const put = await deps.reads.put(ready.map(({ captured }) => captured.read));
    const unstored = new Set(put.failed);
    for (const { sequenceNumber, captured } of ready)
      if (unstored.has(captured.read)) fail(sequenceNumber, put.causes[0]);
    deps.counters.count('ReadsStored', put.stored.length);
    deps.counters.count('ReadsForgotten', put.forgotten.length);
  } catch (cause) {
    for (const { sequenceNumber } of ready) fail(sequenceNumber, cause);
  }
}

async function putImages({ read, images }: CapturedRead, store: Pick<ImagesStore, 'put'>): Promise<void> {
  const day = captureDay(read.capturedAtMs);
  for (const image of imageKinds) {
    const jpeg = images[image];
    if (jpeg !== undefined) await store.put({ day, readId: read.readId, image }, jpeg);
  }
}

async function quarantine(
  decided: readonly DecidedRecord[],
  deps: RecordReadsDeps,
  fail: Fail,
): Promise<void> {
  const counts = new Map<string, number>();
  const refusals = decided.flatMap((each) =>
    refusedReads(each).map((refused) => ({ sequenceNumber: each.record.sequenceNumber, refused })),
  );
  await eachAtOnce(refusals, putsAtOnce, async ({ sequenceNumber, refused }) => {
    try {
      await deps.quarantine.put(refused);
      counts.set(refused.reason, (counts.get(refused.reason) ?? 0) + 1);
    } catch (cause) {
      fail(sequenceNumber, cause);
    }
  });
  for (const [reason, count] of counts) deps.counters.count('Quarantined', count, { reason });
}

/** Cameras whose reads were admitted: one that only sends what must be refused is as good as silent. */
function heardOf(decided: readonly DecidedRecord[]): readonly Heard[] {
  return decided.flatMap(({ record: { arrivedAtMs }, outcome }) => {
    if (outcome.kind === 'undecodable' || outcome.admitted.length === 0) return [];
    const { cameraId, sentAtMs } = outcome;
    return [{ cameraId, ...(sentAtMs === undefined ? {} : { clockAheadMs: sentAtMs - arrivedAtMs }) }];
  });
}

function admittedReads({ record, outcome }: DecidedRecord): readonly Arrived[] {
  if (outcome.kind === 'undecodable') return [];
  return outcome.admitted.map((captured) => ({ sequenceNumber: record.sequenceNumber, captured }));
}

function refusedReads({ record, outcome }: DecidedRecord): readonly Refused[] {
  const { arrivedAtMs, sequenceNumber } = record;
  if (outcome.kind === 'undecodable') return [{ reason: 'undecodable', arrivedAtMs, id: sequenceNumber }];
  return outcome.refused.map(({ captured, reason }, index) => ({
    reason,
    cameraId: outcome.cameraId,
    arrivedAtMs,
    id: `${sequenceNumber}-${index}`,
    read: captured.read,
  }));
}
