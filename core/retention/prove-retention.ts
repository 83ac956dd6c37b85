import type { CaptureDay } from './day';
import { dayMs } from './day';
import { type DayKeyState, oldestKeyAgeHours } from './forgetting';

/** How old copies of a store can be had: not at all, or as of any moment of the last weeks. */
export type Recovery = 'none' | 'continuous';

export interface RetentionFacts {
  readonly nowMs: number;
  readonly retentionDays: number;
  /** Of every day that may have had a key. */
  readonly keys: ReadonlyMap<CaptureDay, DayKeyState>;
  /** By store, the days of which it holds something. */
  readonly held: Readonly<Record<string, readonly CaptureDay[]>>;
  /** By store, as it was deployed: the stores of reads, what is made of them, and the keys. */
  readonly recovery: Readonly<Record<string, Recovery>>;
}

export type RetentionFault =
  /** A day's key stands although its 30 days are over. */
  | 'key-over-limit'
  /** An old copy of a store that must have none could be had. */
  | 'copies-recoverable';

export interface RetentionProof {
  readonly retentionDays: number;
  readonly daysWithKey: readonly CaptureDay[];
  readonly oldestReadHours: number;
  readonly oldest: Readonly<Record<string, CaptureDay>>;
  readonly recovery: Readonly<Record<string, Recovery>>;
  readonly faults: readonly RetentionFault[];
}

/**
 * What can still be read, and how old it is at most [Storage-A]. Everything that a camera saw is sealed under its
 * day's key, so the list of standing keys bounds all stores at once, old copies of them included; what a store holds of
 * other days is noise. A store's oldest day is the oldest that it holds and that has a key.
 */
export function proveRetention(facts: RetentionFacts): RetentionProof {
  const { keys, held, recovery, nowMs, retentionDays } = facts;
  const daysWithKey = [...keys]
    .filter(([, state]) => state.kind === 'live')
    .map(([day]) => day)
    .sort();
  const readable = new Set(daysWithKey);
  const oldest = Object.entries(held).flatMap(([store, days]) => {
    const [first] = days.filter((day) => readable.has(day)).sort();
    return first === undefined ? [] : [[store, first] as const];
  });
  const ageHours = oldestKeyAgeHours(keys, nowMs);
  const faults: RetentionFault[] = [];
  if (ageHours * 3_600_000 >= retentionDays * dayMs) faults.push('key-over-limit');
  if (Object.values(recovery).some((each) => each !== 'none')) faults.push('copies-recoverable');
  return {
    retentionDays,
    daysWithKey,
    // Tomorrow's key may stand already, for cameras whose clocks run ahead.
    oldestReadHours: Math.max(0, Math.ceil(ageHours)),
    oldest: Object.fromEntries(oldest),
    recovery,
    faults,
  };
}
