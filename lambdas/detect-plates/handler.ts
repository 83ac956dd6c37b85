import type { SQSBatchResponse } from 'aws-lambda';
import type { Cameras } from '../../adapters/cameras/cameras';
import type { Frames } from '../../adapters/frames/frames';
import type { Refusals } from '../../adapters/quarantine/refusals';
import type { DetectedReads } from '../../adapters/streams/detected-reads';
import { type FrameNotice, frameMessages } from '../../adapters/streams/frame-events';
import { hashedUuid } from '../../core/hashed-uuid';
import type { DetectedRecord } from '../../core/reads/detected';
import type { Box } from '../../core/reads/read';
import type { PlateReader } from '../../core/reads/reader';
import { readOfSighting } from '../../core/reads/sightings';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';
import { type Look, type LookedAt, lookAt } from './look';
import { deletedFirst, type FusedPass, passesIn } from './passes';

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

/**
 * Finds the plates in the frames of fixed cameras; the frames of one vehicle in a batch become one read. A frame is
 * deleted once its reads are in the stream or its refusal is in quarantine, or just before where another frame carries
 * its read; a failure before that brings back the messages of that pass, and no others.
 */
export function makeHandler(deps: DetectPlatesDeps) {
  return async (event: unknown): Promise<SQSBatchResponse> => {
    const messages = frameMessages(event);
    const failed = new Map<string, unknown>();
    /** Runs one step for frames; when it fails, they come back. */
    const attempt = async <T>(keys: readonly string[], step: () => Promise<T>): Promise<T | undefined> => {
      try {
        return await step();
      } catch (cause) {
        for (const key of keys) if (!failed.has(key)) failed.set(key, cause);
        return undefined;
      }
    };
    const notices = new Map(messages.flatMap(({ frames = [] }) => frames.map((each) => [each.key, each])));
    await detect(notices, { deps, attempt, hasFailed: (key) => failed.has(key) });
    const batchItemFailures = messages.flatMap(({ messageId, frames }) => {
      const key = frames?.find((frame) => failed.has(frame.key))?.key;
      if (frames !== undefined && key === undefined) return [];
      const cause = key === undefined ? new UnknownMessage() : failed.get(key);
      deps.log.warn('a frame message will be tried again', { messageId, ...errorFacts(cause) });
      return [{ itemIdentifier: messageId }];
    });
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

interface Batch {
  readonly deps: DetectPlatesDeps;
  readonly attempt: <T>(keys: readonly string[], step: () => Promise<T>) => Promise<T | undefined>;
  readonly hasFailed: (key: string) => boolean;
}

async function detect(notices: ReadonlyMap<string, FrameNotice>, batch: Batch): Promise<void> {
  const { deps, attempt, hasFailed } = batch;
  const seen: LookedAt[] = [];
  for (const [key, notice] of notices) {
    const look = await attempt([key], () => lookAt(notice, deps));
    if (look?.kind === 'refused') await attempt([key], () => refuse(look, notice, deps));
    if (look?.kind === 'looked') seen.push(look);
  }
  const passes = await passesIn(seen);
  const remove = (key: string, alsoFail: readonly string[]) =>
    attempt([key, ...alsoFail], async () => {
      const notice = notices.get(key);
      if (notice !== undefined) await deps.frames.delete(notice);
    });
  const first = deletedFirst(passes);
  for (const key of first) await remove(key, keysWith(passes, key));
  for (const pass of passes) {
    if (!pass.keys.some(hasFailed)) await attempt(pass.keys, () => send(pass, deps));
  }
  for (const key of notices.keys()) if (!first.has(key) && !hasFailed(key)) await remove(key, []);
}

/** The frames of all passes that a frame is part of. */
const keysWith = (passes: readonly FusedPass[], key: string) =>
  passes.flatMap(({ keys }) => (keys.includes(key) ? keys : []));

async function send({ sighting, best, keys }: FusedPass, deps: DetectPlatesDeps): Promise<void> {
  const { frame, image } = best.looked;
  const read = sighting.outcome === 'accepted' ? readOfSighting(sighting, frame, best.index) : undefined;
  if (read !== undefined) {
    const plate = await deps.crop(image, sighting.box, 'plate');
    const vehicle = await deps.crop(image, sighting.vehicleBox, 'vehicle');
    const { cameraId, key } = frame;
    const record: DetectedRecord = { cameraId, frame: key, reads: [{ read, images: { plate, vehicle } }] };
    await deps.detected.put([record]);
  }
  deps.counters.count(read === undefined ? 'Abstained' : 'Detected', 1);
  if (keys.length > 1) deps.counters.count('Fused', keys.length - 1);
}

async function refuse(
  { reason, name }: Extract<Look, { kind: 'refused' }>,
  { key, arrivedAtMs }: FrameNotice,
  { refusals, counters }: DetectPlatesDeps,
): Promise<void> {
  await refusals.put({
    reason,
    arrivedAtMs,
    id: hashedUuid(key),
    ...(name === undefined ? {} : { cameraId: name.cameraId }),
  });
  counters.count('Quarantined', 1, { reason });
}
