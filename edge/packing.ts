import { envelopeBytesMax } from '../core/reads/envelope';
import type { CapturedRead } from '../core/reads/read';

export const readsPerEnvelopeMax = 10;

/** More than the JSON of a read without its images ever takes. */
const fieldBytesMax = 4 * 1024;
const frameBytes = 1024;

/** Splits reads, in order, into as few envelopes as their limits allow. A single read always fits. */
export function packReads(reads: readonly CapturedRead[]): CapturedRead[][] {
  const packs: CapturedRead[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const read of reads) {
    const size = sizeOf(read);
    const pack = packs.at(-1);
    if (pack === undefined || pack.length >= readsPerEnvelopeMax || bytes + size > envelopeBytesMax) {
      packs.push([read]);
      bytes = frameBytes + size;
    } else {
      pack.push(read);
      bytes += size;
    }
  }
  return packs;
}

/** Bytes of a read in an envelope, at most: images travel as base64. */
function sizeOf({ images }: CapturedRead): number {
  const imageBytes = (images.plate?.byteLength ?? 0) + (images.vehicle?.byteLength ?? 0);
  return fieldBytesMax + Math.ceil(imageBytes / 3) * 4 + 8;
}
