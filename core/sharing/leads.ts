import type { Plate } from '../plate/plate';
import { parsePlaceTime } from '../reads/sealed-read';
import { daysBetween, isForgotten } from '../retention/day';
import { whileKept } from '../retention/while-kept';
import { mapBounded } from '../search/bounded';
import type { ReadStores } from '../search/find-reads';

/** Store calls under way at once. */
const callsAtOnce = 12;

/**
 * Which networks hold a read of a plate, by the keys of the sealed rows alone: no row is opened, so nothing of another
 * agency's record is known here but that there is one (Storage-C).
 */
export async function networksWithLeads(
  stores: Pick<ReadStores, 'dayKeys' | 'reads'>,
  query: {
    readonly plate: Plate;
    readonly fromMs: number;
    readonly toMs: number;
    readonly networks: readonly string[];
    readonly nowMs: number;
    readonly retentionDays: number;
  },
): Promise<readonly string[]> {
  const { plate, fromMs, toMs, networks, nowMs, retentionDays } = query;
  if (networks.length === 0) return [];
  const days = daysBetween(Math.max(0, fromMs), Math.min(toMs, nowMs)).filter(
    (day) => !isForgotten(day, nowMs, retentionDays),
  );
  const found = new Set<string>();
  await mapBounded(days, callsAtOnce, async (day) => {
    const key = await stores.dayKeys.forReading(day);
    const plateKey = key && whileKept(() => key.plateKey(plate));
    if (!plateKey) return;
    for (const row of await stores.reads.byPlate(day, plateKey)) {
      const place = parsePlaceTime(row.placeTime);
      if (place && fromMs <= place.capturedAtMs && place.capturedAtMs <= toMs) found.add(place.network);
    }
  });
  return networks.filter((each) => found.has(each));
}
