import { VideoFault } from './video';

export interface SequenceParameters {
  readonly width: number;
  readonly height: number;
  /** Where the stream says it. */
  readonly framesPerSecond?: number;
}

/** Profiles whose parameter sets speak of chroma and scaling (ITU-T H.264, 7.3.2.1.1). */
const highProfiles = new Set([44, 83, 86, 100, 110, 118, 122, 128, 134, 135, 138, 139, 244]);

/** Reads picture size and frame rate out of a sequence parameter set. Throws `VideoFault`. */
export function parseSequenceParameters(unit: Buffer): SequenceParameters {
  const bits = new Bits(withoutEmulation(unit));
  bits.skip(8);
  const profile = bits.fixed(8);
  bits.skip(16);
  bits.golomb();
  const chromaFormat = highProfiles.has(profile) ? skipHighProfile(bits) : 1;
  bits.golomb();
  skipPictureOrder(bits);
  bits.golomb();
  bits.skip(1);
  const widthMbs = bits.golomb() + 1;
  const heightUnits = bits.golomb() + 1;
  const isFrameOnly = bits.flag();
  if (!isFrameOnly) bits.skip(1);
  bits.skip(1);
  const crop = bits.flag() ? [bits.golomb(), bits.golomb(), bits.golomb(), bits.golomb()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const cropX = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const cropY = (chromaFormat === 1 ? 2 : 1) * (isFrameOnly ? 1 : 2);
  const framesPerSecond = bits.flag() ? frameRate(bits) : undefined;
  return {
    width: widthMbs * 16 - (left + right) * cropX,
    height: heightUnits * 16 * (isFrameOnly ? 1 : 2) - (top + bottom) * cropY,
    ...(framesPerSecond === undefined ? {} : { framesPerSecond }),
  };
}

function skipHighProfile(bits: Bits): number {
  const chromaFormat = bits.golomb();
  if (chromaFormat === 3) bits.skip(1);
  bits.golomb();
  bits.golomb();
  bits.skip(1);
  if (bits.flag()) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let list = 0; list < lists; list++) if (bits.flag()) skipScalingList(bits, list < 6 ? 16 : 64);
  }
  return chromaFormat;
}

function skipScalingList(bits: Bits, size: number): void {
  let [last, next] = [8, 8];
  for (let index = 0; index < size; index++) {
    if (next !== 0) next = (last + bits.signedGolomb() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function skipPictureOrder(bits: Bits): void {
  const type = bits.golomb();
  if (type === 0) bits.golomb();
  if (type !== 1) return;
  bits.skip(1);
  bits.golomb();
  bits.golomb();
  const cycle = Math.min(bits.golomb(), 255);
  for (let index = 0; index < cycle; index++) bits.golomb();
}

/** Of the video usability information (ITU-T H.264, annex E): its times count fields, two a frame. */
function frameRate(bits: Bits): number | undefined {
  if (bits.flag() && bits.fixed(8) === 255) bits.skip(32);
  if (bits.flag()) bits.skip(1);
  if (bits.flag()) {
    bits.skip(4);
    if (bits.flag()) bits.skip(24);
  }
  if (bits.flag()) {
    bits.golomb();
    bits.golomb();
  }
  if (!bits.flag()) return undefined;
  const unitsInTick = bits.fixed(32);
  const timeScale = bits.fixed(32);
  const rate = timeScale / (2 * unitsInTick);
  return rate >= 1 && rate <= 240 ? rate : undefined;
}

class Bits {
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  flag(): boolean {
    const byte = this.bytes[this.#at >> 3];
    if (byte === undefined) throw new VideoFault('damaged', 'a parameter set is too short');
    const bit = (byte >> (7 - (this.#at & 7))) & 1;
    this.#at++;
    return bit === 1;
  }

  fixed(count: number): number {
    let value = 0;
    for (let index = 0; index < count; index++) value = value * 2 + (this.flag() ? 1 : 0);
    return value;
  }

  skip(count: number): void {
    this.#at += count;
  }

  /** Exponential-Golomb (ITU-T H.264, 9.1). */
  golomb(): number {
    let zeros = 0;
    while (!this.flag()) if (++zeros > 32) throw new VideoFault('damaged', 'a parameter set is damaged');
    return 2 ** zeros - 1 + this.fixed(zeros);
  }

  signedGolomb(): number {
    const value = this.golomb();
    return value % 2 === 0 ? -value / 2 : (value + 1) / 2;
  }
}

/** Undoes the 3 that keeps start codes out of a unit. */
function withoutEmulation(unit: Buffer): Buffer {
  const bytes: number[] = [];
  for (const [index, byte] of unit.entries())
    if (byte !== 3 || unit[index - 1] !== 0 || unit[index - 2] !== 0) bytes.push(byte);
  return Buffer.from(bytes);
}
