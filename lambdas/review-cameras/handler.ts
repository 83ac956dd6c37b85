import { clocksOff } from '../../core/cameras/clock';
import type { Enrolments } from '../../core/cameras/ports';
import { silentCameras } from '../../core/cameras/silent';
import type { Counters } from '../counters';

export interface ReviewCamerasDeps {
  readonly enrolments: Pick<Enrolments, 'list'>;
  readonly counters: Counters;
  readonly now: () => number;
}

export interface CamerasReviewed {
  readonly silent: number;
  readonly clocksOff: number;
}

/** Counts cars and cameras that went quiet (Policy-E), and clocks that are off: a read's thirty days begin with its time. */
export function makeHandler({ enrolments, counters, now }: ReviewCamerasDeps) {
  return async (): Promise<CamerasReviewed> => {
    const cameras = await enrolments.list();
    const silent = silentCameras(cameras, now()).length;
    const off = clocksOff(cameras).length;
    counters.gauge('CamerasSilent', silent);
    counters.gauge('CameraClocksOff', off);
    return { silent, clocksOff: off };
  };
}
