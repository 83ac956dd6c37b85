import type { Configuration } from '../contract/configuration';
import { dayMs } from '../retention/day';
import { finishChange } from './finish-change';
import type { Activities, Activity, PeopleRecords } from './ports';
import type { PersonRecord } from './record';
import { type StoreChangeDeps, storeChange, tellLastChange } from './store-change';

export interface ReviewAccountsDeps extends StoreChangeDeps {
  readonly records: Pick<PeopleRecords, 'find' | 'store' | 'list'>;
  readonly activities: Activities;
  readonly configuration: Configuration;
}

export interface AccountsReview {
  readonly disabled: number;
  /** A Chief's accounts that were not used for as long: somebody has to be left who can reinstate. */
  readonly spared: number;
  /** Neither used nor with a time of admission, so that nothing can be said of them. */
  readonly undated: number;
  /** What failed for one account; the others were reviewed all the same. */
  readonly failures: readonly unknown[];
}

type Verdict = 'disable' | 'spare' | 'undated' | 'keep';

/** What was cut off is completed for so long after the change, so that a log or directory that was down catches up. */
const completedMs = 3 * dayMs;

/**
 * Disables accounts that were not used for `access.unusedDays` (Access-C), and completes what earlier changes left
 * undone: their event, and where they ended an access, sign-ins and open connections. Running twice changes nothing
 * more, and one account's failure holds back no other.
 */
export function reviewAccounts(deps: ReviewAccountsDeps) {
  return async (): Promise<AccountsReview> => {
    const nowMs = deps.events.now();
    const records = await deps.records.list();
    const activities = await deps.activities.of(records.map(({ username }) => username));
    const { unusedDays } = deps.configuration.access;
    const failures: unknown[] = [];
    const verdicts: Verdict[] = [];
    for (const record of records) {
      const verdict = verdictOn(record, activities.get(record.username), { unusedDays, nowMs });
      try {
        await completeLastChange(deps, record, nowMs);
        if (verdict === 'disable') await disable(deps, record, nowMs);
        verdicts.push(verdict);
      } catch (error) {
        failures.push(error);
      }
    }
    const count = (verdict: Verdict) => verdicts.filter((each) => each === verdict).length;
    return { disabled: count('disable'), spared: count('spare'), undated: count('undated'), failures };
  };
}

/**
 * Counted from the last sign-in, or from the last admission (enrolment or reinstatement) where that was later.
 * Suspended accounts wait for the Chief's decision, which a disablement would take away; the personnel system's
 * identity signs in nowhere.
 */
export function verdictOn(
  record: PersonRecord,
  activity: Activity | undefined,
  { unusedDays, nowMs }: { readonly unusedDays: number; readonly nowMs: number },
): Verdict {
  const { role, suspended, disabled, admittedAtMs = 0 } = record;
  if (disabled || suspended || role === 'personnel-feed') return 'keep';
  const sinceMs = Math.max(activity?.lastUsedMs ?? 0, admittedAtMs);
  if (sinceMs === 0) return 'undated';
  if (nowMs - sinceMs <= unusedDays * dayMs) return 'keep';
  return role === 'chief' ? 'spare' : 'disable';
}

async function completeLastChange(
  deps: ReviewAccountsDeps,
  record: PersonRecord,
  nowMs: number,
): Promise<void> {
  const { lastEvent } = record;
  if (lastEvent === undefined || nowMs - lastEvent.atMs >= completedMs) return;
  await tellLastChange(deps, record);
  const { change } = lastEvent;
  if (change === 'disabled' || change === 'suspended') await finishChange(deps, record, change);
}

/** Throws when others kept changing the record: the next run looks again. */
async function disable(deps: ReviewAccountsDeps, { username }: PersonRecord, nowMs: number): Promise<void> {
  const actor = { kind: 'system', name: 'review-accounts' } as const;
  const change = { kind: 'disabled', because: 'unused' } as const;
  const { kind } = await storeChange(deps)(username, change, { actor, nowMs });
  if (kind !== 'stored') throw new AccountBusy();
}

class AccountBusy extends Error {
  override readonly name = 'AccountBusy';
}
