import type { Chance } from './chance';
import type { Ledger } from './ledger';

const dayMs = 86_400_000;

/** A fault of cameras, strangers or clocks that was planted, and the finding that tells it. */
export interface PlantedFault {
  readonly misuse: 'silent-camera' | 'clock-drift' | 'stranger';
  /** The finding's cause, or its username. */
  readonly about: string;
  readonly fromMs: number;
}

/** The sums of a year of days: cameras that read, and rest a day now and then; and the faults planted among them. */
export function machineYear(
  ledger: Ledger,
  setting: {
    readonly startMs: number;
    readonly days: number;
    readonly cameras: number;
    readonly faults: number;
    readonly chance: Chance;
  },
): readonly PlantedFault[] {
  const { startMs, days, cameras, faults, chance } = setting;
  const silent = Array.from({ length: faults }, () => ({
    cameraId: `camera-${chance.between(1, cameras)}`,
    from: chance.between(5, days - 45),
    days: chance.between(8, 14),
  }));
  const drifting = Array.from({ length: faults }, () => chance.between(5, days - 45));
  for (let day = 0; day < days; day++) {
    const reads: Record<string, number> = {};
    for (let at = 1; at <= cameras; at++) {
      const cameraId = `camera-${at}`;
      const isSilent = silent.some(
        (each) => each.cameraId === cameraId && day >= each.from && day < each.from + each.days,
      );
      reads[cameraId] = isSilent || chance.isTrue(0.001) ? 0 : chance.between(200, 4000);
    }
    const drift = drifting.some((from) => day >= from && day < from + 3) ? chance.between(30, 400) : 0;
    const atMs = startMs + (day + 1) * dayMs + 130 * 60_000;
    ledger.add({
      kind: 'day-summed',
      actor: { kind: 'system', name: 'sum-day' },
      atMs,
      day: new Date(startMs + day * dayMs).toISOString().slice(0, 10),
      countedAtMs: atMs,
      reads: { bloomington: reads },
      quarantined: drift > 0 ? { 'captured-in-future': drift } : {},
      alerts: {},
    });
  }
  const strangers = Array.from({ length: faults }, (_, at) =>
    stranger(ledger, `nobody-${at}`, startMs + chance.between(5, days - 45) * dayMs),
  );
  return [
    ...silent.map(
      ({ cameraId, from }) =>
        ({ misuse: 'silent-camera', about: cameraId, fromMs: startMs + from * dayMs }) as const,
    ),
    ...drifting.map(
      (from) => ({ misuse: 'clock-drift', about: 'month', fromMs: startMs + from * dayMs }) as const,
    ),
    ...strangers,
  ];
}

function stranger(ledger: Ledger, username: string, fromMs: number): PlantedFault {
  for (let at = 0; at < 14; at++)
    ledger.add({
      kind: 'refused',
      actor: { kind: 'stranger', username },
      operation: 'search-reads',
      atMs: fromMs + at * 60_000,
      decision: { outcome: 'deny', clause: 'Access-C', rules: ['standing'] },
    });
  return { misuse: 'stranger', about: username, fromMs };
}
