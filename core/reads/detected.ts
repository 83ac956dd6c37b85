import { z } from 'zod';
import { hashedUuid } from '../hashed-uuid';
import { cameraId, fromWire, toWire, wireReads } from './captured-read-wire';
import { envelopeBytesMax, jsonOf } from './envelope';
import type { CapturedRead } from './read';

/**
 * A record of `detected-reads`: the reads that `detect-plates` found in one frame of one camera. It is not signed,
 * because that stream lets nobody else write.
 */
export interface DetectedRecord {
  readonly cameraId: string;
  /** Key of the frame in the raw-frames bucket, for the operator; the frame itself is gone by then. */
  readonly frame: string;
  readonly reads: readonly CapturedRead[];
}

const content = z.strictObject({
  version: z.literal(1),
  cameraId,
  frame: z.string().min(1).max(200),
  reads: wireReads,
});

/** UTF-8 JSON. Throws `RangeError` above 900 KiB or for reads of another camera. */
export function encodeDetected(record: DetectedRecord): Uint8Array {
  const { cameraId: camera, frame, reads } = record;
  const bytes = Buffer.from(
    JSON.stringify({ version: 1, cameraId: camera, frame, reads: toWire(camera, reads) }),
    'utf8',
  );
  if (bytes.length > envelopeBytesMax) throw new RangeError('a record has at most 900 KiB');
  return bytes;
}

/** `undefined` for bytes that are no such record. Never throws. */
export function parseDetected(bytes: Uint8Array): DetectedRecord | undefined {
  if (bytes.length > envelopeBytesMax) return undefined;
  const parsed = content.safeParse(jsonOf(bytes));
  if (!parsed.success) return undefined;
  const { cameraId: camera, frame, reads } = parsed.data;
  return { cameraId: camera, frame, reads: fromWire(camera, reads) };
}

/**
 * Id of the n-th read of a frame: made of the frame's key, which holds a random UUID. The same frame
 * detected twice gives the same ids, so a repeated message stores nothing twice, and no id says what was read. A video
 * fragment that a camera sends twice is sampled twice, under two random names: its plates are then two reads of one
 * moment. Nothing in the frames' names tells them from two frames, so both are kept.
 */
export function detectedReadId(frame: string, index: number): string {
  return hashedUuid(`${frame}#${index}`);
}
