import type { KeyDestruction } from '../../adapters/day-keys/key-destruction';
import type { DayObjects } from '../../adapters/purge/day-objects';
import type { KnownEvents } from '../../adapters/reports/known-events';
import { type EventSource, newEvent } from '../../core/audit/event';
import type { AuditLog } from '../../core/audit/ports';
import { sumDueMs, sumEventId } from '../../core/reports/day-sum';
import type { CaptureDay } from '../../core/retention/day';
import { daysDue, daysKept } from '../../core/retention/forgetting';
import { proveRetention, type Recovery, type RetentionProof } from '../../core/retention/prove-retention';
import type { Counters } from '../counters';

export interface ProveRetentionDeps {
  readonly keys: Pick<KeyDestruction, 'states'>;
  /** Buckets whose objects are named by day. */
  readonly objects: Readonly<Record<'images' | 'plateIndex', Pick<DayObjects, 'days'>>>;
  /** Finds the sums of days: what the tables hold cannot be listed without a day's key, and this function has none. */
  readonly known: Pick<KnownEvents, 'find'>;
  readonly audit: AuditLog;
  readonly recovery: Readonly<Record<string, Recovery>>;
  readonly retentionDays: number;
  readonly counters: Counters;
  readonly events: EventSource;
}

/** `images=none,reads=continuous`. Throws for anything else: what cannot be said is not proven. */
export function parseRecovery(text: string): Readonly<Record<string, Recovery>> {
  return Object.fromEntries(
    text.split(',').map((each) => {
      const [, store, recovery] = /^([A-Za-z]+)=(none|continuous)$/.exec(each) ?? [];
      if (store === undefined || (recovery !== 'none' && recovery !== 'continuous'))
        throw new Error('the recovery of a store cannot be understood');
      return [store, recovery];
    }),
  );
}

/**
 * Looks at what could still be read and records it: keys that stand, what lies under them, and whether an old copy can
 * be had. Opens nothing and holds no key. The gauges come after the record, so a proof that was not kept counts as none.
 */
export function makeHandler(deps: ProveRetentionDeps) {
  return async (): Promise<RetentionProof> => {
    const nowMs = deps.events.now();
    const days = [...daysDue(nowMs, deps.retentionDays), ...daysKept(nowMs, deps.retentionDays)];
    const keys = await deps.keys.states(days);
    const standing = days.filter((day) => keys.get(day)?.kind === 'live');
    const proof = proveRetention({
      nowMs,
      retentionDays: deps.retentionDays,
      keys,
      held: {
        images: await deps.objects.images.days(),
        plateIndex: await deps.objects.plateIndex.days(),
        ...(await heldInTables(deps.known, standing)),
      },
      recovery: deps.recovery,
    });
    await deps.audit.append(
      newEvent(deps.events, {
        kind: 'retention-proven',
        actor: { kind: 'system', name: 'prove-retention' },
        ...proof,
        daysWithKey: [...proof.daysWithKey],
        oldest: { ...proof.oldest },
        recovery: { ...proof.recovery },
        faults: [...proof.faults],
      }),
    );
    deps.counters.gauge('OldestReadHours', proof.oldestReadHours);
    deps.counters.gauge('RetentionFaults', proof.faults.length);
    return proof;
  };
}

/** By the sums of the days; a day that has none yet is the newest or lacks its sum, which has an alarm of its own. */
async function heldInTables(known: ProveRetentionDeps['known'], days: readonly CaptureDay[]) {
  const held = { reads: [] as CaptureDay[], quarantine: [] as CaptureDay[], alerts: [] as CaptureDay[] };
  for (const day of days) {
    const sum = await known.find({ atMs: sumDueMs(day), eventId: sumEventId(day) });
    if (sum?.kind !== 'day-summed') continue;
    if (Object.values(sum.reads).some(isSome)) held.reads.push(day);
    if (isSome(sum.quarantined)) held.quarantine.push(day);
    if (isSome(sum.alerts)) held.alerts.push(day);
  }
  return held;
}

function isSome(counts: Readonly<Record<string, number>>): boolean {
  return Object.values(counts).some((count) => count > 0);
}
