import type { Enrolment } from './ports';

/** A car or camera that was not heard of for this long is listed (Policy-E: cars use their reader daily). */
export const silentAfterMs = 24 * 3_600_000;

/** Active cameras of which no read was admitted for a day, the longest silent first. */
export function silentCameras(enrolments: readonly Enrolment[], nowMs: number): readonly Enrolment[] {
  return enrolments
    .filter((each) => each.retiredAtMs === undefined && nowMs - heardMs(each) >= silentAfterMs)
    .sort((a, b) => heardMs(a) - heardMs(b) || (a.cameraId < b.cameraId ? -1 : 1));
}

/** One that was never heard of counts from its enrolment. */
const heardMs = ({ lastSeenMs, enrolledAtMs }: Enrolment) => lastSeenMs ?? enrolledAtMs;
