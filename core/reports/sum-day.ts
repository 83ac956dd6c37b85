import type { Enrolment } from '../cameras/ports';
import { type CaptureDay, captureHour, dayMs, dayStartMs, isForgotten } from '../retention/day';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { mapBounded } from '../search/bounded';
import { add, type Counts } from './counts';
import { camerasOfDay, type DaySum } from './day-sum';
import type { DayCounts } from './ports';

export interface SumDayDeps {
  readonly dayKeys: Pick<DayKeys, 'forReading'>;
  readonly counts: DayCounts;
  readonly retentionDays: number;
  readonly now: () => number;
}

const callsAtOnce = 12;
const hourMs = 3_600_000;

/**
 * Counts a day that is over, each camera hour by hour under the day's key. `undefined`: it was forgotten meanwhile; a
 * sum is whole or there is none. Rejects with what a store rejected with.
 */
export async function sumDay(
  deps: SumDayDeps,
  day: CaptureDay,
  enrolments: readonly Enrolment[],
): Promise<DaySum | undefined> {
  const cameras = camerasOfDay(enrolments, day);
  const hours = hoursOf(day);
  const key = await deps.dayKeys.forReading(day);
  const perHour = await mapBounded(
    cameras.flatMap((camera) => hours.map((hour) => ({ camera, hour }))),
    callsAtOnce,
    async ({ camera, hour }) => {
      const placeKey = whileKept(() => key?.placeKey(camera.network, camera.cameraId, hour));
      return { camera, count: placeKey === undefined ? 0 : await deps.counts.reads(placeKey) };
    },
  );
  const refused = await mapBounded(hours, callsAtOnce, (hour) => deps.counts.quarantined(hour));
  const alerts = await deps.counts.alerts(day);
  if (isForgotten(day, deps.now(), deps.retentionDays)) return undefined;

  const reads: Record<string, Counts> = {};
  for (const { camera, count } of perHour) {
    const network = reads[camera.network] ?? {};
    reads[camera.network] = network;
    add(network, camera.cameraId, count);
  }
  const quarantined: Counts = {};
  for (const hour of refused)
    for (const [reason, count] of Object.entries(hour)) add(quarantined, reason, count);
  return { day, reads, quarantined, alerts };
}

function hoursOf(day: CaptureDay): readonly string[] {
  const hours: string[] = [];
  for (let ms = dayStartMs(day); ms < dayStartMs(day) + dayMs; ms += hourMs) hours.push(captureHour(ms));
  return hours;
}
