import { type SealDeps, type Sealed, type SealLimits, sealAll, sealLimits } from '../../core/audit/log/seal';
import type { Counters } from '../counters';

export interface SealAuditLogDeps extends SealDeps {
  readonly counters: Counters;
  readonly limits?: SealLimits;
}

/**
 * Seals the audit events that wait. Throws when a step fails; the next minute goes on where it stopped. The gauge
 * `OldestUnsealedAgeSeconds` is 0 when nothing waits, and missing when no run came to its end.
 */
export function makeHandler(deps: SealAuditLogDeps) {
  return async (): Promise<Sealed> => {
    const sealed = await sealAll(deps, deps.limits ?? sealLimits);
    const { oldestWaitingAtMs } = sealed;
    const ageMs = oldestWaitingAtMs === undefined ? 0 : Math.max(0, deps.now() - oldestWaitingAtMs);
    deps.counters.count('EventsSealed', sealed.sealed);
    deps.counters.count('UnsealableEvents', sealed.unreadable);
    deps.counters.gauge('OldestUnsealedAgeSeconds', Math.round(ageMs / 1000));
    return sealed;
  };
}
