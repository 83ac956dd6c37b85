import type { CameraKind } from '../reads/camera';
import type { Enrolment } from './ports';

/**
 * How far a camera's clock may be off, milliseconds. A fixed one keeps time by its network; a car's reader is without any
 * for hours, and a partner's are both. Beyond this its reads still come in, until they are ahead by what admission refuses.
 */
export const clockOffMaxMs: Readonly<Record<CameraKind, number>> = {
  fixed: 1000,
  mobile: 5000,
  partner: 5000,
};

/** Active cameras whose clock was off when they were last heard of, the worst first. */
export function clocksOff(enrolments: readonly Enrolment[]): readonly Enrolment[] {
  const offMs = ({ clockAheadMs = 0 }: Enrolment) => Math.abs(clockAheadMs);
  return enrolments
    .filter((each) => each.retiredAtMs === undefined && offMs(each) > clockOffMaxMs[each.kind])
    .sort((a, b) => offMs(b) - offMs(a));
}
