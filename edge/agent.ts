import type { KeyObject } from 'node:crypto';
import { encodeEnvelope, signEnvelope } from '../core/reads/envelope';
import type { CapturedRead } from '../core/reads/read';
import { type PlateReader, type Sighting, UnreadableImage } from '../core/reads/reader';
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
  /** Called after each photo; for the device's own display. */
  readonly onPhoto?: (photo: PhotoOutcome) => void;
}

export type PhotoOutcome =
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
 * is counted and passed over; any other failure of the reader, and a failure to deliver, ends the agent.
 */
export async function runAgent(options: AgentOptions): Promise<AgentCounts> {
  const { frames, waitMaxMs = 1000, onPhoto } = options;
  const counts = { photos: 0, reads: 0, abstained: 0, unreadable: 0, envelopesSent: 0, envelopesSpooled: 0 };
  let waiting: CapturedRead[] = [];
  const flush = async () => {
    const packs = packReads(waiting);
    waiting = [];
    for (const pack of packs) {
      const outcome = await options.deliver(envelopeOf(pack, options));
      if (outcome === 'sent') counts.envelopesSent++;
      else counts.envelopesSpooled++;
    }
  };
  for await (const frame of withPauses(frames, { waitMaxMs, isWaiting: () => waiting.length > 0 })) {
    if (frame === stillWaiting) {
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
    const abstained = sightings.length - accepted.length;
    for (const sighting of accepted) {
      waiting.push(await captureRead(sighting, { camera: options.camera, frame, readId: options.newId() }));
    }
    counts.reads += accepted.length;
    counts.abstained += abstained;
    onPhoto?.({ kind: 'read', name: frame.name, reads: accepted.length, abstained });
    if (waiting.length >= readsPerEnvelopeMax) await flush();
  }
  await flush();
  return counts;
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
