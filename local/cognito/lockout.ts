/** Failed sign-ins of one user. */
export interface Lockout {
  readonly failures: number;
  readonly lockedUntilMs: number;
  readonly lastAttemptAtMs: number;
}

export const noFailures: Lockout = { failures: 0, lockedUntilMs: 0, lastAttemptAtMs: 0 };

const freeFailures = 5;
const forgottenAfterMs = 15 * 60_000;

/** Whether an attempt at `nowMs` is refused unheard ("Password attempts exceeded"). */
export function isLocked(lockout: Lockout, nowMs: number): boolean {
  return nowMs < lockout.lockedUntilMs;
}

/**
 * After the fifth failure each one locks the user for 2^(n-5) seconds, 15 minutes at most; 15 minutes without an
 * attempt forget them. Source: Cognito developer guide, "Lockout behavior for failed sign-in attempts".
 */
export function afterFailure(lockout: Lockout, nowMs: number): Lockout {
  const isForgotten = nowMs - Math.max(lockout.lastAttemptAtMs, lockout.lockedUntilMs) >= forgottenAfterMs;
  const failures = (isForgotten ? 0 : lockout.failures) + 1;
  const lockMs =
    failures < freeFailures ? 0 : Math.min(1000 * 2 ** (failures - freeFailures), forgottenAfterMs);
  return { failures, lockedUntilMs: nowMs + lockMs, lastAttemptAtMs: nowMs };
}
