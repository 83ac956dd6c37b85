import { beginsPicture, isSlice, nalType, typeOf } from '../nal';
import type { RtpPacket } from './packets';

/** The NAL units of one picture, whole. */
export interface AccessUnit {
  /** RTP's, 32 bits. */
  readonly timestamp: number;
  readonly units: readonly Buffer[];
  readonly isKeyframe: boolean;
}

const bytesMax = 8 * 1024 * 1024;
const unitsMax = 4096;
const partsMax = 16_384;
const stapA = 24;
const fuA = 28;

/**
 * Puts pictures together from RTP packets (RFC 6184: single NAL units, STAP-A, FU-A). After a gap, and after a packet
 * that is against the format or goes beyond the bounds, nothing is given until a keyframe is whole: a picture that hangs
 * on a lost one would show what was not there. Never throws.
 *
 * A picture ends where the next one begins, and not with the marker, which some cameras set on every slice.
 */
export class Depacketiser {
  #sequence: number | undefined;
  #needsKeyframe = true;
  /** What comes belongs to a picture whose beginning was seen. */
  #isWhole = false;
  #isMarked = false;
  #timestamp = 0;
  #units: Buffer[] = [];
  #bytes = 0;
  #hasSlice = false;
  #parts: Buffer[] | undefined;

  /** How many bytes wait for their picture to end. */
  get waitingBytes(): number {
    return this.#bytes;
  }

  push({ sequence, timestamp, isMarked, payload }: RtpPacket): AccessUnit[] {
    const step = this.#sequence === undefined ? 1 : (sequence - this.#sequence) & 0xffff;
    if (step === 0) return [];
    this.#sequence = sequence;
    const ended: AccessUnit[] = [];
    if (step !== 1) {
      ended.push(...this.end());
      this.#lose();
    }
    if (timestamp !== this.#timestamp) ended.push(...this.#close());
    this.#timestamp = timestamp;
    ended.push(...this.#unpack(payload));
    this.#isMarked = isMarked;
    return ended;
  }

  /** The last picture, where the camera said that it is whole. */
  end(): AccessUnit[] {
    return this.#isMarked ? this.#close() : [];
  }

  #unpack(payload: Buffer): AccessUnit[] {
    const type = typeOf(payload);
    if (type === fuA) return this.#addPart(payload);
    if (this.#parts !== undefined) this.#lose();
    if (type !== stapA) return this.#add(payload);
    const ended: AccessUnit[] = [];
    for (let at = 1; at < payload.length; ) {
      const length = at + 2 <= payload.length ? payload.readUInt16BE(at) : 0;
      if (length === 0 || at + 2 + length > payload.length) {
        this.#lose();
        break;
      }
      ended.push(...this.#add(payload.subarray(at + 2, at + 2 + length)));
      at += 2 + length;
    }
    return ended;
  }

  #addPart(payload: Buffer): AccessUnit[] {
    const [indicator = 0, header = 0] = payload;
    const isFirst = (header & 0x80) !== 0;
    if (payload.length < 3 || isFirst !== (this.#parts === undefined)) {
      this.#lose();
      if (payload.length < 3 || !isFirst) return [];
    }
    const parts = this.#parts ?? [Buffer.from([(indicator & 0xe0) | (header & 0x1f)])];
    this.#parts = parts;
    const part = Buffer.from(payload.subarray(2));
    parts.push(part);
    this.#bytes += part.length;
    if (this.#bytes > bytesMax || parts.length > partsMax) this.#lose();
    if ((header & 0x40) === 0 || this.#parts === undefined) return [];
    this.#parts = undefined;
    this.#bytes -= parts.reduce((sum, { length }) => sum + length, -1);
    return this.#add(Buffer.concat(parts));
  }

  #add(unit: Buffer): AccessUnit[] {
    const type = typeOf(unit);
    const isDamaged = unit.length < 2 || ((unit[0] ?? 0) & 0x80) !== 0 || type === 0 || type >= stapA;
    if (isDamaged) {
      this.#lose();
      return [];
    }
    if (!this.#isWhole && !beginsPicture(unit)) {
      // The beginning of a picture is missing, and with it what later pictures hang on.
      if (isSlice(unit)) this.#needsKeyframe = true;
      return [];
    }
    const ended = this.#hasSlice && beginsPicture(unit) ? this.#close() : [];
    this.#isWhole = true;
    if (type === nalType.delimiter || type === nalType.filler) return ended;
    // A copy: a view would keep all that came with it.
    this.#units.push(Buffer.from(unit));
    this.#bytes += unit.length;
    this.#hasSlice ||= isSlice(unit);
    if (this.#bytes > bytesMax || this.#units.length > unitsMax) this.#lose();
    return ended;
  }

  #close(): AccessUnit[] {
    if (this.#parts !== undefined) this.#lose();
    // Parameter sets that came with a time of their own belong to the next picture.
    if (!this.#hasSlice) return [];
    const units = this.#units;
    const isKeyframe = units.some((unit) => typeOf(unit) === nalType.idr);
    const isGiven = isKeyframe || !this.#needsKeyframe;
    this.#clear();
    if (!isGiven) return [];
    this.#needsKeyframe = false;
    return [{ timestamp: this.#timestamp, units, isKeyframe }];
  }

  #lose(): void {
    this.#clear();
    this.#needsKeyframe = true;
  }

  #clear(): void {
    this.#isWhole = false;
    this.#isMarked = false;
    this.#units = [];
    this.#bytes = 0;
    this.#hasSlice = false;
    this.#parts = undefined;
  }
}
