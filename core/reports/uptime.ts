import type { PublicReport } from '../contract/report';
import { cameraKinds } from '../reads/camera';
import { add, type Counts, completed, sumOf } from './counts';
import type { MonthSources } from './month-report';

/** Days on which a camera was in service, and of them those on which it sent no read. */
export interface CameraDays {
  readonly byKind: Counts;
  readonly silentByKind: Counts;
  readonly byActivity: Counts;
}

/** A day's sum has a line for each camera that was in service on it. */
export function cameraDays({ sums, enrolments }: Pick<MonthSources, 'sums' | 'enrolments'>): CameraDays {
  const kindOf = new Map(enrolments.map(({ cameraId, kind }) => [cameraId, kind]));
  const byKind: Counts = {};
  const silentByKind: Counts = {};
  for (const { reads } of sums)
    for (const cameras of Object.values(reads))
      for (const [cameraId, count] of Object.entries(cameras)) {
        const kind = kindOf.get(cameraId) ?? 'unknown';
        add(byKind, kind);
        if (count === 0) add(silentByKind, kind);
      }
  const silent = sumOf(silentByKind);
  return {
    byKind: completed(cameraKinds, byKind),
    silentByKind,
    byActivity: { 'with-reads': sumOf(byKind) - silent, silent },
  };
}

/** Shares from 0 to 1, to three places; `null` where no camera of the kind was in service. */
export function uptimeOf({ byKind, silentByKind }: CameraDays): PublicReport['uptime'] {
  return Object.entries(byKind).map(([kind, days]) => {
    const silentDays = silentByKind[kind] ?? 0;
    return { kind, cameraDays: days, silentDays, share: shareOf(days - silentDays, days) };
  });
}

export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : Math.round((part / whole) * 1000) / 1000;
}
