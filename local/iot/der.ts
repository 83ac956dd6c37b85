/** Writes and reads the little DER (X.690) that certificates and their requests need. */
export const tags = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8: 0x0c,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

export interface Element {
  readonly tag: number;
  readonly content: Buffer;
  readonly whole: Buffer;
}

export function element(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([tag, ...lengthBytes(content.length)]), content]);
}

export const sequence = (...parts: readonly Uint8Array[]) => element(tags.sequence, ...parts);
export const oid = (hex: string) => element(tags.oid, Buffer.from(hex, 'hex'));
export const bitString = (bytes: Uint8Array) => element(tags.bitString, Buffer.of(0), bytes);

/** A positive integer; a leading zero byte keeps it positive. */
export function integer(bytes: Uint8Array): Buffer {
  const isNegative = ((bytes[0] ?? 0) & 0x80) !== 0;
  return element(tags.integer, isNegative ? Buffer.of(0) : Buffer.alloc(0), bytes);
}

/** The elements one after the other. Throws `RangeError` for what is cut short or has no definite length. */
export function elements(bytes: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const first = bytes.readUInt8(at + 1);
    const size = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80) throw new RangeError('no definite length');
    const length = size === 0 ? first : bytes.readUIntBE(at + 2, size);
    const from = at + 2 + size;
    if (from + length > bytes.length) throw new RangeError('cut short');
    found.push({
      tag: bytes.readUInt8(at),
      content: bytes.subarray(from, from + length),
      whole: bytes.subarray(at, from + length),
    });
    at = from + length;
  }
  return found;
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  return [0x82, length >> 8, length & 0xff];
}
