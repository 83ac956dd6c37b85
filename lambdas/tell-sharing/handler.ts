import { type TellSharingDeps, tellSharing } from '../../core/sharing/tell-sharing';
import type { Counters } from '../counters';

export interface TellSharingHandlerDeps extends TellSharingDeps {
  readonly now: () => number;
  readonly counters: Counters;
}

/**
 * Tells the administrator of what changed in sharing. The gauge `OldestUntoldAgeSeconds` is 0 when no notice waits, and
 * missing when no run came to its end.
 */
export function makeHandler(deps: TellSharingHandlerDeps) {
  return async (): Promise<void> => {
    const { told, oldestWaitingSinceMs } = await tellSharing(deps);
    const ageMs = oldestWaitingSinceMs === undefined ? 0 : Math.max(0, deps.now() - oldestWaitingSinceMs);
    deps.counters.count('SharingChangesTold', told);
    deps.counters.gauge('OldestUntoldAgeSeconds', Math.round(ageMs / 1000));
  };
}
