import { createHash } from 'node:crypto';
import { base64Of, utf8 } from './bytes';
import type { Checkpoint } from './open-checkpoint';

/** How many links of the chain are looked at for one draw: far more than any draw of up to 100 leaves needs. */
const linksMax = 100_000;
const words = 2 ** 32;

/** What a draw begins with: the text of the checkpoint, so that nobody can choose it who cannot choose the log. */
export function drawSeed(origin: string, { size, root }: Checkpoint): Uint8Array {
  const text = `platekeeper draw v1\n${origin}\n${size}\n${base64Of(root)}\n`;
  return createHash('sha256').update(utf8(text)).digest();
}

/**
 * The first `count` places of the draw of this checkpoint, in the order drawn: the same for everybody, always. Link n of
 * the chain is SHA-256 of link n-1, link 0 the seed; its first eight bytes as a big-endian number, modulo the size, are a
 * place. Numbers beyond the last whole multiple of the size, and places that were drawn already, are passed over. A
 * longer draw begins with the shorter one, so there is nothing to choose but the length. Throws `RangeError` for more
 * places than the log has.
 */
export function drawPlaces(origin: string, checkpoint: Checkpoint, count: number): readonly number[] {
  const { size } = checkpoint;
  if (!Number.isSafeInteger(count) || count < 0 || count > size)
    throw new RangeError('a draw has at most as many places as the log');
  const limit = ((1n << 64n) / BigInt(Math.max(1, size))) * BigInt(size);
  const places = new Set<number>();
  let link: Uint8Array = drawSeed(origin, checkpoint);
  for (let links = 0; places.size < count; links++) {
    if (links === linksMax) throw new RangeError('the draw has no end');
    link = createHash('sha256').update(link).digest();
    const number = BigInt(wordAt(link, 0)) * BigInt(words) + BigInt(wordAt(link, 4));
    if (number < limit) places.add(Number(number % BigInt(size)));
  }
  return [...places];
}

const wordAt = (bytes: Uint8Array, at: number) =>
  bytes.subarray(at, at + 4).reduce((sum, each) => sum * 256 + each, 0);
