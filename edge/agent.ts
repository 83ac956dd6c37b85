import type { KeyObject } from 'node:crypto';
import { encodeEnvelope, signEnvelope } from '../core/reads/envelope';
import type { CapturedRead } from '../core/reads/read';
import { type PlateReader, type Sighting, UnreadableImage } from '../core/reads/reader';
import { fuse } from '../reader/fusion/fuse';
import { followPasses, type Pass, type PassLimits } from '../reader/fusion/passes';
import { captureRead } from './capture';
import type { CameraFrame, EdgeCamera } from './frame';
import { packReads, readsPerEnvelopeMax } from './packing';
import { stillWaiting, withPauses } from './pauses';

/** Takes one signed envelope: to the stream, or where that is out of reach to the spool. */
export type Deliver = (envelope: Uint8Array) => Promise<'sent' | 'spooled'>;

export interface AgentOptions {
  readonly camera: EdgeCamera;
  readonly frames: AsyncIterable<CameraFrame>;
  readonly reader: PlateReader;
  readonly deliver: Deliver;
  /** The device key, P-256: a key object or PEM. */
  readonly privateKey: KeyObject | string;
  readonly clock: () => number;
  /** Random UUIDs: a read's id says nothing about the vehicle. */
  readonly newId: () => string;
  /** A read waits at most this long for others to share its envelope; 1 second by default. */
  readonly waitMaxMs?: number;
  /**
   * Given where the frames are one camera's in sequence: the sightings of one vehicle become one read. Without it each
   * photo stands for itself.
   */
  readonly passes?: PassLimits;
  /** Called after each photo; for the device's own display. */
  readonly onPhoto?: (photo: PhotoOutcome) => void;
}

export type PhotoOutcome =
  /** `reads` and `abstained` count what was seen in this photo, before passes become one read. */
  | { readonly kind: 'read'; readonly name: string; readonly reads: number; readonly abstained: number }
  | { readonly kind: 'unreadable'; readonly name: string; readonly code: UnreadableImage['code'] };

export interface AgentCounts {
  readonly photos: number;
  readonly reads: number;
  readonly abstained: number;
  readonly unreadable: number;
  readonly envelopesSent: number;
  readonly envelopesSpooled: number;
}

/**
 * Reads every photo, and sends what was accepted as signed envelopes until the frames end. A photo that cannot be read
 * is counted and passed over; any other failure of the reader, and a failure to deliver, ends the agent. A pass is
 * read when it has ended, a pause of `waitMaxMs` included.
 */
export async function runAgent(options: AgentOptions): Promise<AgentCounts> {
  const { frames, waitMaxMs = 1000, onPhoto } = options;
  const counts = { photos: 0, reads: 0, abstained: 0, unreadable: 0, envelopesSent: 0, envelopesSpooled: 0 };
  let waiting: CapturedRead[] = [];
  const follow = followPasses<CapturedRead>(options.passes ?? eachPhotoAlone);
  const take = async (ended: readonly Pass<CapturedRead>[]) => {
    for (const pass of ended) {
      const sighting = fuse(pass.best.sighting, pass.sightings);
      if (sighting.outcome === 'accepted') waiting.push(asRead(sighting, pass.best.kept));
      counts[sighting.outcome === 'accepted' ? 'reads' : 'abstained']++;
    }
    if (waiting.length >= readsPerEnvelopeMax) await flush();
  };
  const flush = async () => {
    const packs = packReads(waiting);
    waiting = [];
    for (const pack of packs) {
      const outcome = await options.deliver(envelopeOf(pack, options));
      if (outcome === 'sent') counts.envelopesSent++;
      else counts.envelopesSpooled++;
    }
  };
  const isWaiting = () => waiting.length > 0 || follow.isOpen();
  for await (const frame of withPauses(frames, { waitMaxMs, isWaiting })) {
    if (frame === stillWaiting) {
      await take(follow.end());
      await flush();
      continue;
    }
    const sightings = await sightingsOf(frame, options.reader);
    counts.photos++;
    if (sightings instanceof UnreadableImage) {
      counts.unreadable++;
      onPhoto?.({ kind: 'unreadable', name: frame.name, code: sightings.code });
      continue;
    }
    const accepted = sightings.filter(({ outcome }) => outcome === 'accepted');
    const followed = options.passes === undefined ? accepted : sightings;
    counts.abstained += sightings.length - followed.length;
    const { camera, newId } = options;
    const keep = (sighting: Sighting) => captureRead(sighting, { camera, frame, readId: newId() });
    await take(
      await follow.add({ frame: frame.name, capturedAtMs: frame.capturedAtMs, sightings: followed, keep }),
    );
    if (options.passes === undefined) await take(follow.end());
    const abstained = sightings.length - accepted.length;
    onPhoto?.({ kind: 'read', name: frame.name, reads: accepted.length, abstained });
  }
  await take(follow.end());
  await flush();
  return counts;
}

/** No pass outlives the photo it began in. */
const eachPhotoAlone: PassLimits = { gapMaxMs: 0, windowMaxMs: 0, passesMax: Number.POSITIVE_INFINITY };

/** What the frames say together, with the pictures and the place of the surest. */
function asRead(
  { plate, candidates, confidence, state }: Sighting,
  { read, images }: CapturedRead,
): CapturedRead {
  const { state: _, ...seen } = read;
  return { read: { ...seen, plate, candidates, confidence, ...(state !== undefined && { state }) }, images };
}

function envelopeOf(reads: readonly CapturedRead[], { camera, clock, privateKey }: AgentOptions): Uint8Array {
  const content = { cameraId: camera.cameraId, sentAtMs: clock(), reads };
  return encodeEnvelope(signEnvelope(content, privateKey));
}

async function sightingsOf(
  frame: CameraFrame,
  reader: PlateReader,
): Promise<readonly Sighting[] | UnreadableImage> {
  try {
    return await reader.read(frame.image);
  } catch (error) {
    if (error instanceof UnreadableImage) return error;
    throw error;
  }
}
