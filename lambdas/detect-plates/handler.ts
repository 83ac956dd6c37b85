import type { SQSBatchResponse } from 'aws-lambda';
import type { Cameras } from '../../adapters/cameras/cameras';
import type { Frames } from '../../adapters/frames/frames';
import type { Refusals } from '../../adapters/quarantine/refusals';
import type { DetectedReads } from '../../adapters/streams/detected-reads';
import { type FrameNotice, frameMessages } from '../../adapters/streams/frame-events';
import { hashedUuid } from '../../core/hashed-uuid';
import { cameraRefusal, type QuarantineReason } from '../../core/reads/admit';
import { type FrameName, parseFrameName } from '../../core/reads/frame-name';
import type { Box, CapturedRead } from '../../core/reads/read';
import { type PlateReader, UnreadableImage } from '../../core/reads/reader';
import { type Frame, readOfSighting } from '../../core/reads/sightings';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

/** Cuts a box out of an encoded image and gives it as JPEG. */
export type Crop = (image: Uint8Array, box: Box, use: 'plate' | 'vehicle') => Promise<Uint8Array>;

export interface DetectPlatesDeps {
  readonly cameras: Pick<Cameras, 'find'>;
  readonly frames: Pick<Frames, 'get' | 'delete'>;
  readonly reader: PlateReader;
  readonly crop: Crop;
  readonly detected: Pick<DetectedReads, 'put'>;
  readonly refusals: Pick<Refusals, 'put'>;
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

/** A street camera's JPEG has 1 to 4 MB; more is no picture we asked for. */
const frameBytesMax = 8 * 1024 * 1024;

type Outcome = { readonly kind: 'done' } | { readonly kind: 'refused'; readonly reason: QuarantineReason };

/**
 * Finds the plates in the frames of fixed cameras. Frames are hostile input: one is looked at only if its camera is
 * enrolled at an approved site (Policy-E), and only below a size. A frame is deleted once its reads are in the stream or
 * its refusal is in quarantine; a failure before that brings the message, and no other, back.
 */
export function makeHandler(deps: DetectPlatesDeps) {
  return async (event: unknown): Promise<SQSBatchResponse> => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const { messageId, frames } of frameMessages(event)) {
      try {
        if (frames === undefined) throw new UnknownMessage();
        for (const notice of frames) await handleFrame(notice, deps);
      } catch (cause) {
        deps.log.warn('a frame message will be tried again', { messageId, ...errorFacts(cause) });
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { batchItemFailures };
  };
}

/** Goes to the dead-letter queue after its attempts: nobody but the bucket may send to this queue. */
class UnknownMessage extends Error {
  constructor() {
    super('a message that is no notification of the bucket');
    this.name = 'UnknownMessage';
  }
}

async function handleFrame(notice: FrameNotice, deps: DetectPlatesDeps): Promise<void> {
  const name = parseFrameName(notice.key);
  const outcome = await detect(notice, name, deps);
  if (outcome.kind === 'refused') await refuse(outcome.reason, notice, name, deps);
  await deps.frames.delete(notice);
}

async function detect(
  notice: FrameNotice,
  name: FrameName | undefined,
  deps: DetectPlatesDeps,
): Promise<Outcome> {
  if (name === undefined) return refused('frame-name');
  if (notice.sizeBytes > frameBytesMax) return refused('frame-too-large');

  const camera = (await deps.cameras.find([name.cameraId])).get(name.cameraId);
  const reason = cameraRefusal(camera);
  if (camera === undefined || reason !== undefined) return refused(reason ?? 'unknown-camera');
  if (camera.site === undefined) return refused('no-approved-site');

  const image = await deps.frames.get(notice, frameBytesMax);
  if (image === 'gone') return { kind: 'done' };
  if (image === 'too-large') return refused('frame-too-large');
  return readFrame(image, { ...name, key: notice.key, camera }, deps);
}

async function readFrame(image: Uint8Array, frame: Frame, deps: DetectPlatesDeps): Promise<Outcome> {
  try {
    const sightings = await deps.reader.read(image);
    const reads: CapturedRead[] = [];
    for (const [index, sighting] of sightings.entries()) {
      if (sighting.outcome === 'abstained') continue;
      const read = readOfSighting(sighting, frame, index);
      if (read === undefined) return refused('no-approved-site');
      const plate = await deps.crop(image, sighting.box, 'plate');
      const vehicle = await deps.crop(image, sighting.vehicleBox, 'vehicle');
      reads.push({ read, images: { plate, vehicle } });
    }
    const { cameraId, key } = frame;
    await deps.detected.put(reads.map((read) => ({ cameraId, frame: key, reads: [read] })));
    deps.counters.count('Detected', reads.length);
    deps.counters.count('Abstained', sightings.length - reads.length);
    return { kind: 'done' };
  } catch (error) {
    if (error instanceof UnreadableImage) return refused('frame-unreadable');
    throw error;
  }
}

async function refuse(
  reason: QuarantineReason,
  notice: FrameNotice,
  name: FrameName | undefined,
  deps: DetectPlatesDeps,
): Promise<void> {
  await deps.refusals.put({
    reason,
    arrivedAtMs: notice.arrivedAtMs,
    id: hashedUuid(notice.key),
    ...(name === undefined ? {} : { cameraId: name.cameraId }),
  });
  deps.counters.count('Quarantined', 1, { reason });
}

function refused(reason: QuarantineReason): Outcome {
  return { kind: 'refused', reason };
}
