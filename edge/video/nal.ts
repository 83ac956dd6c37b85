/** Types of NAL units (ITU-T H.264, table 7-1). */
export const nalType = { slice: 1, idr: 5, sei: 6, sps: 7, pps: 8, delimiter: 9, filler: 12 } as const;

export const typeOf = (unit: Buffer) => (unit[0] ?? 0) & 0x1f;

/** A coded slice: a part of a picture. */
export const isSlice = (unit: Buffer) => typeOf(unit) >= nalType.slice && typeOf(unit) <= nalType.idr;

/**
 * Whether a unit begins a new picture when slices of one came before it (ITU-T H.264, 7.4.1.2.3). A slice does when it
 * holds the first macroblock: its number 0 is coded as a single 1 bit.
 */
export function beginsPicture(unit: Buffer): boolean {
  const type = typeOf(unit);
  if (isSlice(unit)) return ((unit[1] ?? 0) & 0x80) !== 0;
  return (type >= nalType.sei && type <= nalType.delimiter) || (type >= 14 && type <= 18);
}

/** The decoder configuration record of one sequence and one picture parameter set, with 4-byte lengths. */
export function decoderConfiguration(sps: Buffer, pps: Buffer): Buffer {
  return Buffer.concat([
    Buffer.from([1, sps[1] ?? 0, sps[2] ?? 0, sps[3] ?? 0, 0xff, 0xe1]),
    lengthPrefixed(sps, 2),
    Buffer.from([1]),
    lengthPrefixed(pps, 2),
  ]);
}

export function lengthPrefixed(unit: Buffer, lengthBytes: 2 | 4): Buffer {
  const length = Buffer.alloc(lengthBytes);
  length.writeUIntBE(unit.length, 0, lengthBytes);
  return Buffer.concat([length, unit]);
}

/**
 * Takes a byte stream apart at its start codes (ITU-T H.264, annex B), in pieces of any length. `end` gives the last
 * unit, whose end only the stream's end tells.
 */
export class StartCodes {
  #waiting: Buffer = Buffer.alloc(0);
  #hasBegun = false;

  push(chunk: Buffer): Buffer[] {
    const bytes = Buffer.concat([this.#waiting, chunk]);
    const units: Buffer[] = [];
    let from = 0;
    // Two bytes that were looked at before may be the beginning of a start code.
    let at = bytes.indexOf(startCode, Math.max(0, this.#waiting.length - 2));
    while (at >= 0) {
      this.#add(units, bytes.subarray(from, at));
      from = at + startCode.length;
      at = bytes.indexOf(startCode, from);
    }
    this.#waiting = Buffer.from(bytes.subarray(from));
    return units;
  }

  end(): Buffer[] {
    const units: Buffer[] = [];
    this.#add(units, this.#waiting);
    this.#waiting = Buffer.alloc(0);
    return units;
  }

  /** How many bytes wait for their unit to end. */
  get waitingBytes(): number {
    return this.#waiting.length;
  }

  #add(units: Buffer[], bytes: Buffer): void {
    let end = bytes.length;
    while (end > 0 && bytes[end - 1] === 0) end--;
    if (this.#hasBegun && end > 0) units.push(Buffer.from(bytes.subarray(0, end)));
    this.#hasBegun = true;
  }
}

const startCode = Buffer.from([0, 0, 1]);
