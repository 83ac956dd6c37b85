import { z } from 'zod';
import { isComplete, parsePlate } from '../../plate/plate';
import { cautions, concerns } from '../listed-vehicle';
import type { Standing } from './compare';
import { type Delivery, digestBytes, idBytes } from './gather';
import type { OutsideEntry } from './outside-entry';

/**
 * The details of a delivery in one file, made so that one entry can be read without the others:
 *
 *     0   8   magic `PKLIST1\n`
 *     8   4   count, unsigned, little-endian
 *     12  4   zero
 *     16      count × 16: id · count × 8: digest · (count + 1) × 8: where each entry's JSON begins, from the file's start
 *     …       the entries, JSON, one after another
 *
 * An entry's place is the same as in the delivery's packed index.
 */
const magic = Buffer.from('PKLIST1\n', 'latin1');
const headBytes = 16;
const offsetBytes = 8;

/** A details file that is no such file, or was cut. */
export class DetailsDamaged extends Error {
  constructor() {
    super('the details of an outside list are damaged');
    this.name = 'DetailsDamaged';
  }
}

export function encodeDetails(delivery: Delivery): Uint8Array {
  const { ids, digests, texts, textEnds } = delivery;
  const offsets = Buffer.alloc((textEnds.length + 1) * offsetBytes);
  const textsAt = headBytes + ids.length + digests.length + offsets.length;
  offsets.writeBigUInt64LE(BigInt(textsAt), 0);
  textEnds.forEach((end, place) => {
    offsets.writeBigUInt64LE(BigInt(textsAt + end), (place + 1) * offsetBytes);
  });
  const head = Buffer.alloc(headBytes);
  magic.copy(head);
  head.writeUInt32LE(textEnds.length, magic.length);
  return Buffer.concat([head, ids, digests, offsets, texts]);
}

/** Ids and digests, for the comparison with the next delivery; views of the file. Throws `DetailsDamaged`. */
export function decodeStanding(file: Uint8Array): Standing {
  const head = Buffer.from(file.buffer, file.byteOffset, Math.min(headBytes, file.byteLength));
  if (head.length < headBytes || !head.subarray(0, magic.length).equals(magic)) throw new DetailsDamaged();
  const count = head.readUInt32LE(magic.length);
  const digestsAt = headBytes + count * idBytes;
  const end = digestsAt + count * digestBytes;
  if (file.length < end) throw new DetailsDamaged();
  return { ids: file.subarray(headBytes, digestsAt), digests: file.subarray(digestsAt, end) };
}

/** The bytes of a file that say where the entry at `place` lies and which it is; for `entryPlace`. Ends are exclusive. */
export function placeRange(count: number, place: number): { readonly from: number; readonly to: number } {
  const from = headBytes + count * (idBytes + digestBytes) + place * offsetBytes;
  return { from, to: from + 2 * offsetBytes };
}

/** Where the id of the entry at `place` lies. */
export function idRange(place: number): { readonly from: number; readonly to: number } {
  const from = headBytes + place * idBytes;
  return { from, to: from + idBytes };
}

/** Of the bytes of `placeRange`: where the entry lies. Throws `DetailsDamaged`. */
export function entryRange(bytes: Uint8Array): { readonly from: number; readonly to: number } {
  if (bytes.length !== 2 * offsetBytes) throw new DetailsDamaged();
  const view = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = Number(view.readBigUInt64LE(0));
  const to = Number(view.readBigUInt64LE(offsetBytes));
  if (!(to > from)) throw new DetailsDamaged();
  return { from, to };
}

const stored = z.strictObject({
  plate: z.string().transform((text, context) => {
    const plate = parsePlate(text);
    if (plate !== undefined && isComplete(plate)) return plate;
    context.addIssue({ code: 'custom', message: 'is not a complete plate' });
    return z.NEVER;
  }),
  state: z.string().optional(),
  concern: z.enum(concerns),
  description: z.string().optional(),
  cautions: z.array(z.enum(cautions)),
  reference: z.string().optional(),
});

/** The entry whose JSON these bytes are. Throws `DetailsDamaged`. */
export function decodeEntry(bytes: Uint8Array): OutsideEntry {
  try {
    return stored.parse(JSON.parse(Buffer.from(bytes).toString('utf8'))) as OutsideEntry;
  } catch {
    throw new DetailsDamaged();
  }
}

/** The id as alerts name an entry: a UUID of its 16 bytes (version 8, RFC 9562). */
export function entryUuid(id: string): string {
  const variant = ((Number.parseInt(id.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${id.slice(0, 8)}-${id.slice(8, 12)}-8${id.slice(13, 16)}-${variant}${id.slice(17, 20)}-${id.slice(20, 32)}`;
}
