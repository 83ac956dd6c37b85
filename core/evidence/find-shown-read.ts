import type { EvidenceRequest } from '../contract/evidence';
import type { CapturedRead, ImageKind, Read } from '../reads/read';
import { openRead, parsePlaceTime, type SealedRead } from '../reads/sealed-read';
import { type CaptureDay, captureDay, captureHour } from '../retention/day';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';

/** The sealed rows under a camera's hour of one day. */
export interface ReadsByPlace {
  byPlace(day: CaptureDay, placeKey: Uint8Array): Promise<readonly SealedRead[]>;
}

export interface SealedPictures {
  get(name: {
    readonly day: CaptureDay;
    readonly readId: string;
    readonly image: ImageKind;
  }): Promise<Uint8Array | undefined>;
}

export interface FindShownReadDeps {
  readonly dayKeys: Pick<DayKeys, 'forReading'>;
  readonly reads: ReadsByPlace;
  readonly images: SealedPictures;
}

/**
 * One read by its camera, time and id, with the pictures that its camera sent: no other row is opened. `undefined`: there
 * is none, or its day is forgotten.
 */
export async function findShownRead(
  deps: FindShownReadDeps,
  { readId, network, cameraId, capturedAt }: EvidenceRequest['read'],
): Promise<CapturedRead | undefined> {
  const capturedAtMs = Date.parse(capturedAt);
  const day = captureDay(Math.max(0, capturedAtMs));
  const key = await deps.dayKeys.forReading(day);
  const placeKey = whileKept(() => key?.placeKey(network, cameraId, captureHour(capturedAtMs)));
  if (key === undefined || placeKey === undefined) return undefined;
  const row = (await deps.reads.byPlace(day, placeKey)).find((each) => {
    const place = parsePlaceTime(each.placeTime);
    return place?.readId === readId && place.network === network && place.capturedAtMs === capturedAtMs;
  });
  const read: Read | undefined = row && whileKept(() => openRead(key, row));
  if (read === undefined) return undefined;
  const [plate, vehicle] = await Promise.all([
    deps.images.get({ day, readId, image: 'plate' }),
    deps.images.get({ day, readId, image: 'vehicle' }),
  ]);
  return {
    read,
    images: { ...(plate === undefined ? {} : { plate }), ...(vehicle === undefined ? {} : { vehicle }) },
  };
}
