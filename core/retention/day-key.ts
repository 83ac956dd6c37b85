import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { uuidOf } from '../hashed-uuid';
import { foldPlate } from '../plate/fold';
import type { Plate } from '../plate/plate';
import type { CaptureDay } from './day';

/** Source of unpredictable bytes, for example `randomBytes` of `node:crypto`. */
export type RandomBytes = (size: number) => Uint8Array;

export interface DayKeyOptions {
  readonly day: CaptureDay;
  /** The day's data key, 32 bytes. Copied: the caller wipes its own. */
  readonly bytes: Uint8Array;
  /** From this moment the key refuses every use, cached or not. */
  readonly expiresAtMs: number;
  readonly now: () => number;
  readonly randomBytes: RandomBytes;
}

/** The sealed bytes are not what this key sealed for this context. */
export class SealBroken extends Error {
  constructor(options?: { cause?: unknown }) {
    super('the seal is broken', options);
    this.name = 'SealBroken';
  }
}

/** The key was destroyed, or its day is forgotten. */
export class DayKeyGone extends Error {
  constructor(readonly code: 'destroyed' | 'forgotten') {
    super(`the day key is gone: ${code}`);
    this.name = 'DayKeyGone';
  }
}

const keyBytes = 32;
const tableKeyBytes = 16;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * What seals and finds everything of one capture day. Two keys are derived from the day's data key (HKDF-SHA256,
 * RFC 5869): one indexes (HMAC-SHA256), one seals (AES-256-GCM). Each use checks the clock first, so a key kept in
 * memory dies at the same hour as the stored one (Storage-A); every method throws `DayKeyGone` then.
 */
export class DayKey {
  readonly day: CaptureDay;
  readonly expiresAtMs: number;
  readonly #now: () => number;
  readonly #randomBytes: RandomBytes;
  readonly #indexKey: Uint8Array;
  readonly #sealKey: Uint8Array;
  #destroyed = false;

  constructor(options: DayKeyOptions) {
    if (options.bytes.length !== keyBytes) throw new RangeError('a day key has 32 bytes');
    this.day = options.day;
    this.expiresAtMs = options.expiresAtMs;
    this.#now = options.now;
    this.#randomBytes = options.randomBytes;
    this.#indexKey = derive(options.bytes, 'platekeeper day index key 1');
    this.#sealKey = derive(options.bytes, 'platekeeper day seal key 1');
  }

  /** Neither destroyed nor forgotten. For caches of what was opened with this key. */
  get isUsable(): boolean {
    return !this.#destroyed && this.#now() < this.expiresAtMs;
  }

  /** Table key of a plate on this day, 16 bytes; plates that fold to the same text share it. */
  plateKey(plate: Plate): Uint8Array {
    return this.#tableKey(foldPlate(plate));
  }

  /** Table key of a camera's hour (`YYYY-MM-DDTHH`), 16 bytes. Plates hold no `|`, so the two kinds never meet. */
  placeKey(network: string, cameraId: string, hourUtc: string): Uint8Array {
    return this.#tableKey(`${network}|${cameraId}|${hourUtc}`);
  }

  /**
   * Id (UUID) of something of this day that may outlive it: the same for the same text, and nobody can tell by trying
   * which text it was made of once the day is forgotten. Texts begin with what they name, so that kinds never meet.
   */
  idOf(text: string): string {
    this.#check();
    return uuidOf(createHmac('sha256', this.#indexKey).update(`id|${text}`, 'utf8').digest());
  }

  /** Nonce, ciphertext, tag. The context is authenticated, not stored: what is moved elsewhere does not open. */
  seal(plaintext: Uint8Array, context: string): Uint8Array {
    this.#check();
    const nonce = this.#randomBytes(nonceBytes);
    const cipher = createCipheriv('aes-256-gcm', this.#sealKey, nonce, { authTagLength: tagBytes });
    cipher.setAAD(Buffer.from(context, 'utf8'));
    return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }

  /** Throws `SealBroken` for bytes that were altered, cut, or sealed under another key or context. */
  open(sealed: Uint8Array, context: string): Uint8Array {
    this.#check();
    if (sealed.length < nonceBytes + tagBytes) throw new SealBroken();
    const nonce = sealed.subarray(0, nonceBytes);
    const decipher = createDecipheriv('aes-256-gcm', this.#sealKey, nonce, { authTagLength: tagBytes });
    decipher.setAAD(Buffer.from(context, 'utf8'));
    decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
    try {
      const opened = decipher.update(sealed.subarray(nonceBytes, sealed.length - tagBytes));
      return Buffer.concat([opened, decipher.final()]);
    } catch (cause) {
      throw new SealBroken({ cause });
    }
  }

  /** Wipes the key from memory; every later use throws. */
  destroy(): void {
    this.#destroyed = true;
    this.#indexKey.fill(0);
    this.#sealKey.fill(0);
  }

  #tableKey(text: string): Uint8Array {
    this.#check();
    return createHmac('sha256', this.#indexKey).update(text, 'utf8').digest().subarray(0, tableKeyBytes);
  }

  #check(): void {
    if (this.#now() >= this.expiresAtMs) this.destroy();
    else if (!this.#destroyed) return;
    throw new DayKeyGone(this.#now() >= this.expiresAtMs ? 'forgotten' : 'destroyed');
  }
}

function derive(bytes: Uint8Array, label: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', bytes, new Uint8Array(0), label, keyBytes));
}
