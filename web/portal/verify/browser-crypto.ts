import { joined } from '../../../core/audit/log/verifier/bytes';

/**
 * Stands in for `node:crypto` where the verifier runs in a browser: SHA-256 (FIPS 180-4) in plain script, because the
 * verifier hashes step by step, and Ed25519 by the browser itself. The browser only verifies asynchronously, so each
 * signature is verified before (`verifyBefore`) and looked up then; what was not verified before is no signature.
 */
export interface KeyObject {
  /** Base64url of the 32 bytes. */
  readonly x: string;
}

export function createHash(_algorithm: 'sha256') {
  const parts: Uint8Array[] = [];
  const hash = {
    update(part: Uint8Array | string, _encoding?: 'utf8') {
      parts.push(typeof part === 'string' ? new TextEncoder().encode(part) : part);
      return hash;
    },
    digest: () => sha256(joined(parts)),
  };
  return hash;
}

export function createPublicKey({ key }: { readonly key: { readonly x: string } }): KeyObject {
  return { x: key.x };
}

const verified = new Set<string>();

/** Whether `verifyBefore` found this signature to hold. */
export function verify(_: null, text: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  return verified.has(nameOf(text, key, signature));
}

/** Throws what the browser throws where it cannot verify Ed25519. */
export async function verifyBefore(text: Uint8Array, key: object, signature: Uint8Array): Promise<void> {
  const x = 'x' in key && typeof key.x === 'string' ? key.x : '';
  const jwk = { kty: 'OKP', crv: 'Ed25519', x };
  const imported = await crypto.subtle.importKey('jwk', jwk, 'Ed25519', false, ['verify']);
  const isTrue = await crypto.subtle.verify('Ed25519', imported, copyOf(signature), copyOf(text));
  if (isTrue) verified.add(nameOf(text, { x }, signature));
}

const nameOf = (text: Uint8Array, { x }: KeyObject, signature: Uint8Array) =>
  [x, hexOf(signature), hexOf(sha256(text))].join(' ');
const hexOf = (bytes: Uint8Array) => Array.from(bytes, (each) => each.toString(16).padStart(2, '0')).join('');
const copyOf = (bytes: Uint8Array) => new Uint8Array(bytes);

/** First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const constants = Uint32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
/** As above, of the square roots of the first eight. */
const start = Uint32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

function sha256(message: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((message.length + 9) / 64) * 64);
  padded.set(message);
  padded[message.length] = 0x80;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor((message.length * 8) / 2 ** 32));
  view.setUint32(padded.length - 4, (message.length * 8) >>> 0);
  const state = Uint32Array.from(start);
  for (let at = 0; at < padded.length; at += 64) addBlock(state, view, at);
  const digest = new DataView(new ArrayBuffer(32));
  for (const [at, word] of state.entries()) digest.setUint32(at * 4, word);
  return new Uint8Array(digest.buffer);
}

function addBlock(state: Uint32Array, view: DataView, offset: number): void {
  const words = new Uint32Array(64);
  const word = (at: number) => words[at] ?? 0;
  for (let at = 0; at < 16; at++) words[at] = view.getUint32(offset + at * 4);
  for (let at = 16; at < 64; at++) {
    const [early, late] = [word(at - 15), word(at - 2)];
    const small0 = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const small1 = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    words[at] = word(at - 16) + small0 + word(at - 7) + small1;
  }
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
  for (let at = 0; at < 64; at++) {
    const big1 = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + big1 + ((e & f) ^ (~e & g)) + (constants[at] ?? 0) + word(at)) | 0;
    const big0 = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (big0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
  }
  [a, b, c, d, e, f, g, h].forEach((each, at) => {
    state[at] = (state[at] ?? 0) + each;
  });
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function primes(count: number): readonly number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number++)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}

/** The first 32 bits behind the point; a double has enough of them for roots of primes below 312. */
function fraction(root: number): number {
  return Math.floor((root - Math.floor(root)) * 2 ** 32);
}
