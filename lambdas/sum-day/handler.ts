import type { KnownEvents } from '../../adapters/reports/known-events';
import { newEvent } from '../../core/audit/event';
import type { AuditLog } from '../../core/audit/ports';
import type { Enrolment, Enrolments } from '../../core/cameras/ports';
import { daysToSum, sumDueMs, sumEventId } from '../../core/reports/day-sum';
import { type SumDayDeps, sumDay } from '../../core/reports/sum-day';
import type { CaptureDay } from '../../core/retention/day';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface SumDayHandlerDeps extends SumDayDeps {
  readonly enrolments: Pick<Enrolments, 'list'>;
  readonly known: Pick<KnownEvents, 'find'>;
  readonly audit: AuditLog;
  readonly counters: Counters;
  readonly log: { error(message: string, facts: Readonly<Record<string, string>>): void };
}

/** Some day could not be counted; the scheduler calls again, and tomorrow's run tries it, too. */
export class SummingUnfinished extends Error {
  constructor() {
    super('the summing is unfinished');
    this.name = 'SummingUnfinished';
  }
}

/**
 * Gives each day that is over its sum, those that are forgotten first going first. A day has one sum: its event is
 * found, or written under the day's own key, and of two runs at once the second one fails and finds it when it is called
 * again. The gauge `DaysUnsummed` says how many days lack theirs after the run.
 */
export function makeHandler(deps: SumDayHandlerDeps) {
  return async (): Promise<{ readonly summed: readonly CaptureDay[] }> => {
    const enrolments = await deps.enrolments.list();
    const summed: CaptureDay[] = [];
    let unsummed = 0;
    for (const day of daysToSum(deps.now(), { retentionDays: deps.retentionDays, enrolments }))
      try {
        if (await giveSum(deps, day, enrolments)) summed.push(day);
      } catch (error) {
        unsummed++;
        deps.log.error('a day could not be summed', { day, ...errorFacts(error) });
      }
    deps.counters.gauge('DaysUnsummed', unsummed);
    if (unsummed > 0) throw new SummingUnfinished();
    return { summed };
  };
}

/** Whether this run summed it: `false` if it has its sum already, or was forgotten while it was counted. */
async function giveSum(
  deps: SumDayHandlerDeps,
  day: CaptureDay,
  enrolments: readonly Enrolment[],
): Promise<boolean> {
  const place = { atMs: sumDueMs(day), eventId: sumEventId(day) };
  if ((await deps.known.find(place)) !== undefined) return false;
  const sum = await sumDay(deps, day, enrolments);
  if (sum === undefined) return false;
  const stamp = { now: () => place.atMs, newId: () => place.eventId };
  await deps.audit.append(
    newEvent(stamp, {
      kind: 'day-summed',
      actor: { kind: 'system', name: 'sum-day' },
      day,
      countedAtMs: deps.now(),
      reads: Object.fromEntries(
        Object.entries(sum.reads).map(([network, counts]) => [network, { ...counts }]),
      ),
      quarantined: { ...sum.quarantined },
      alerts: { ...sum.alerts },
    }),
  );
  return true;
}
