import { z } from 'zod';
import { type Plate, parsePlate } from '../plate/plate';
import type { CapturedRead, Read } from './read';

/** Ids are parts of keys: `#`, `|` and `/` separate there and never occur inside. */
export const networkId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/);
export const cameraId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/);
/** RFC 9562, lower case, so that one id has one spelling. */
export const readId = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
export const instantMs = z.int().min(0).max(9_999_999_999_999);

const plate = z.string().transform((text, context): Plate => {
  const parsed = parsePlate(text);
  if (parsed === text) return parsed;
  context.addIssue({ code: 'custom', message: 'not a normalised plate' });
  return z.NEVER;
});

const share = z.number().min(0).max(1);
const pixels = z.number().min(0).max(100_000);

const jpegBase64 = z
  .string()
  .min(4)
  .transform((text, context): Uint8Array => {
    const bytes = Buffer.from(text, 'base64');
    if (bytes.toString('base64') === text) return bytes;
    context.addIssue({ code: 'custom', message: 'not base64' });
    return z.NEVER;
  });

/** A read as it is written into sealed rows, and, without camera, into records in transit. */
export const readFields = {
  readId,
  network: networkId,
  capturedAtMs: instantMs,
  plate,
  candidates: z.array(z.strictObject({ plate, probability: share })).max(16),
  confidence: share,
  state: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional(),
  position: z.strictObject({
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
  }),
  box: z.strictObject({ x: pixels, y: pixels, width: pixels, height: pixels }),
};

/** At most this many reads travel in one record. */
const readsMax = 32;

/** The reads of one record in transit. */
export const wireReads = z
  .array(
    z.strictObject({
      ...readFields,
      images: z.strictObject({ plate: jpegBase64.optional(), vehicle: jpegBase64.optional() }),
    }),
  )
  .min(1)
  .max(readsMax);

/** Gives each read of a record the one camera that the record is from: no read names its own. */
export function fromWire(camera: string, reads: z.output<typeof wireReads>): readonly CapturedRead[] {
  return reads.map(({ images, state, ...fields }) => ({
    read: { ...fields, cameraId: camera, ...(state === undefined ? {} : { state }) },
    images: {
      ...(images.plate === undefined ? {} : { plate: images.plate }),
      ...(images.vehicle === undefined ? {} : { vehicle: images.vehicle }),
    },
  }));
}

/** The reverse of `fromWire`. Throws `RangeError` if a read is from another camera or there are too many. */
export function toWire(camera: string, reads: readonly CapturedRead[]): unknown {
  if (reads.length < 1 || reads.length > readsMax) throw new RangeError(`1 to ${readsMax} reads a record`);
  return reads.map(({ read, images }) => {
    if (read.cameraId !== camera) throw new RangeError('a record holds the reads of one camera');
    return {
      ...wireRead(read),
      images: {
        ...(images.plate === undefined ? {} : { plate: base64(images.plate) }),
        ...(images.vehicle === undefined ? {} : { vehicle: base64(images.vehicle) }),
      },
    };
  });
}

function wireRead(read: Read): Omit<Read, 'cameraId'> {
  const { readId, network, capturedAtMs, plate, candidates, confidence, state, position, box } = read;
  return {
    readId,
    network,
    capturedAtMs,
    plate,
    candidates,
    confidence,
    ...(state === undefined ? {} : { state }),
    position,
    box,
  };
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
