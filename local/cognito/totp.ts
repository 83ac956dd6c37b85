import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const stepMs = 30_000;
/** Cognito accepts the step before and after the current one, for clocks that drift. */
const drifts = [0, -1, 1];

/** A new shared secret: 32 random bytes' worth of base32, as Cognito hands out. */
export function newTotpSecret(): string {
  return Array.from(randomBytes(52), (byte) => alphabet[byte % 32]).join('');
}

/** The time step (RFC 6238: 30 s, 6 digits, SHA-1) whose code this is at `nowMs`, or `undefined` for a wrong code. */
export function matchingStep(secret: string, code: string, nowMs: number): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const current = Math.floor(nowMs / stepMs);
  const given = Buffer.from(code);
  const key = fromBase32(secret);
  return drifts
    .map((drift) => current + drift)
    .find((step) => timingSafeEqual(given, Buffer.from(codeAt(key, step))));
}

function codeAt(key: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  const number = (mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000;
  return String(number).padStart(6, '0');
}

function fromBase32(text: string): Buffer {
  const bits = Array.from(text, (char) => alphabet.indexOf(char).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}
