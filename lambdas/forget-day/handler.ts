import type { KeyDestruction } from '../../adapters/day-keys/key-destruction';
import type { FunctionEnvironments } from '../../adapters/functions/function-environments';
import { newEvent } from '../../core/audit/event';
import type { AuditLog } from '../../core/audit/ports';
import type { CaptureDay } from '../../core/retention/day';
import {
  type DayKeyState,
  daysDue,
  daysKept,
  forgottenEventId,
  oldestKeyAgeHours,
} from '../../core/retention/forgetting';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface ForgetDayDeps {
  readonly keys: Pick<KeyDestruction, 'states' | 'destroy' | 'settle'>;
  readonly audit: AuditLog;
  readonly environments: Pick<FunctionEnvironments, 'recycle'>;
  readonly functions: readonly string[];
  readonly retentionDays: number;
  readonly counters: Counters;
  readonly log: { error(message: string, facts: Readonly<Record<string, string>>): void };
  readonly now: () => number;
}

export interface Forgotten {
  /** Days whose key this run destroyed. */
  readonly destroyed: readonly CaptureDay[];
  /** Days that are recorded and recycled, too. */
  readonly settled: readonly CaptureDay[];
}

/** Something is left to do; the scheduler calls again, and the next hour does, too. */
export class ForgettingUnfinished extends Error {
  constructor() {
    super('the forgetting is unfinished');
    this.name = 'ForgettingUnfinished';
  }
}

/**
 * Forgets every day that is due. The order survives a crash after each step: (1) the keys of all due days are
 * destroyed, before anything that could fail for another reason; (2) each destruction is recorded, under an id and
 * time taken from the tombstone, so that recording it again changes nothing; (3) the functions that may hold a key are
 * recycled; (4) the tombstone is marked settled. A run that dies leaves tombstones that are not settled, and the next
 * one begins with those. A failure of one day or function does not keep the others; the run throws at its end.
 */
export function makeHandler(deps: ForgetDayDeps) {
  return async (): Promise<Forgotten> => {
    const run = new Run(deps);
    const nowMs = deps.now();
    const due = daysDue(nowMs, deps.retentionDays);
    const states = await deps.keys.states(due);
    const tombstones = await run.destroyAll(states, nowMs);
    const recorded = await run.recordAll(tombstones);
    const settled = (await run.recycleAll([...tombstones.values()]))
      ? await run.settleAll(recorded, nowMs)
      : [];
    const after = await deps.keys.states([...due, ...daysKept(nowMs, deps.retentionDays)]);
    deps.counters.gauge('OldestDayKeyAgeHours', oldestKeyAgeHours(after, nowMs));
    if (run.hasFailed) throw new ForgettingUnfinished();
    return { destroyed: run.destroyed, settled };
  };
}

class Run {
  readonly destroyed: CaptureDay[] = [];
  hasFailed = false;

  constructor(readonly deps: ForgetDayDeps) {}

  /** Gives the days that are destroyed now, with the time, and not settled. */
  async destroyAll(states: ReadonlyMap<CaptureDay, DayKeyState>, nowMs: number) {
    const tombstones = new Map<CaptureDay, number>();
    for (const [day, state] of [...states].sort()) {
      if (state.kind === 'destroyed') tombstones.set(day, state.destroyedAtMs);
      if (state.kind !== 'live') continue;
      await this.#attempt('destroy', async () => {
        tombstones.set(day, await this.deps.keys.destroy(day, nowMs));
        this.destroyed.push(day);
      });
    }
    return tombstones;
  }

  async recordAll(tombstones: ReadonlyMap<CaptureDay, number>): Promise<readonly CaptureDay[]> {
    const recorded: CaptureDay[] = [];
    for (const [day, destroyedAtMs] of tombstones) {
      const stamp = { now: () => destroyedAtMs, newId: () => forgottenEventId(day) };
      const actor = { kind: 'system', name: 'forget-day' } as const;
      await this.#attempt('record', async () => {
        const facts = { kind: 'day-forgotten', actor, day, forgottenAtMs: destroyedAtMs } as const;
        await this.deps.audit.append(newEvent(stamp, facts));
        recorded.push(day);
      });
    }
    return recorded;
  }

  /** Whether no function can hold a key any more that was destroyed at these times. */
  async recycleAll(destroyedAtMs: readonly number[]): Promise<boolean> {
    if (destroyedAtMs.length === 0) return true;
    const last = Math.max(...destroyedAtMs);
    let areAll = true;
    for (const name of this.deps.functions)
      areAll = (await this.#attempt('recycle', () => this.deps.environments.recycle(name, last))) && areAll;
    return areAll;
  }

  async settleAll(days: readonly CaptureDay[], nowMs: number): Promise<readonly CaptureDay[]> {
    const settled: CaptureDay[] = [];
    for (const day of days)
      if (await this.#attempt('settle', () => this.deps.keys.settle(day, nowMs))) settled.push(day);
    return settled;
  }

  async #attempt(step: string, work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work();
      return true;
    } catch (error) {
      this.hasFailed = true;
      this.deps.log.error('a step of the forgetting failed', { step, ...errorFacts(error) });
      return false;
    }
  }
}
