/** One DER element. */
export interface DerElement {
  readonly tag: number;
  readonly content: Uint8Array;
  /** Tag, length and content, as they stand. */
  readonly whole: Uint8Array;
}

export const derTags = { integer: 0x02, bitString: 0x03, oid: 0x06, utf8: 0x0c, sequence: 0x30, set: 0x31 };

/** The elements that follow one another in `bytes`; `undefined` for anything that is not DER (X.690) to the end. */
export function readDer(bytes: Uint8Array): readonly DerElement[] | undefined {
  const elements: DerElement[] = [];
  for (let at = 0; at < bytes.length; ) {
    const head = readHead(bytes, at);
    if (head === undefined) return undefined;
    const end = head.contentAt + head.length;
    if (end > bytes.length) return undefined;
    elements.push({
      tag: head.tag,
      content: bytes.subarray(head.contentAt, end),
      whole: bytes.subarray(at, end),
    });
    at = end;
  }
  return elements;
}

/** One element of the parts, one after the other. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(parts);
  return Buffer.concat([Uint8Array.of(tag, ...lengthOf(content.length)), content]);
}

function readHead(bytes: Uint8Array, at: number) {
  const [tag, first] = [bytes[at], bytes[at + 1]];
  if (tag === undefined || first === undefined) return undefined;
  if (first < 0x80) return { tag, length: first, contentAt: at + 2 };
  const size = first & 0x7f;
  // Two bytes of length are more than what is read here ever needs; none is BER's indefinite form.
  if (size === 0 || size > 2) return undefined;
  let length = 0;
  for (let i = 0; i < size; i++) length = length * 256 + (bytes[at + 2 + i] ?? Number.POSITIVE_INFINITY);
  const isShortest = length >= (size === 1 ? 0x80 : 0x100);
  return isShortest ? { tag, length, contentAt: at + 2 + size } : undefined;
}

function lengthOf(length: number): number[] {
  if (length < 0x80) return [length];
  if (length < 0x100) return [0x81, length];
  if (length < 0x10000) return [0x82, length >> 8, length & 0xff];
  throw new RangeError('longer than what is written here ever is');
}
