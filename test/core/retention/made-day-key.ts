import { randomBytes } from 'node:crypto';
import { type CaptureDay, captureDay, forgottenAtMs } from '../../../core/retention/day';
import { DayKey } from '../../../core/retention/day-key';

/** A day's key for a test, of 32 equal bytes, that lives 30 days by the given clock. */
export function madeDayKey(options: { day?: CaptureDay; fill?: number; now?: () => number } = {}): DayKey {
  const day = options.day ?? captureDay(Date.parse('2026-11-02T00:00:00Z'));
  return new DayKey({
    day,
    bytes: new Uint8Array(32).fill(options.fill ?? 7),
    expiresAtMs: forgottenAtMs(day, 30),
    now: options.now ?? (() => Date.parse('2026-11-02T12:00:00Z')),
    randomBytes,
  });
}
