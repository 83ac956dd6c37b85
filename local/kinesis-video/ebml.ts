/** Element ids of Matroska (RFC 9559) that the service looks at. */
export const ids = {
  ebml: 0x1a45dfa3,
  segment: 0x18538067,
  info: 0x1549a966,
  timecodeScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  cluster: 0x1f43b675,
  timecode: 0xe7,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  referenceBlock: 0xfb,
  tags: 0x1254c367,
  tag: 0x7373,
  simpleTag: 0x67c8,
  tagName: 0x45a3,
  tagString: 0x4487,
} as const;

export interface ElementStart {
  readonly id: number;
  /** `undefined`: until an element of the same or a higher level begins. */
  readonly sizeBytes: number | undefined;
  readonly headerBytes: number;
}

export interface Element {
  readonly id: number;
  readonly data: Buffer;
}

/** The bytes are not EBML. */
export class EbmlFault extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EbmlFault';
  }
}

/** Reads an element's id and size; `undefined` where more bytes are needed to tell. Throws `EbmlFault`. */
export function elementStart(bytes: Buffer, at = 0): ElementStart | undefined {
  const id = variableInteger(bytes, at, { keepsMarker: true });
  if (id === undefined) return undefined;
  if (id.bytes > 4) throw new EbmlFault('an element id has more than 4 bytes');
  const size = variableInteger(bytes, at + id.bytes, { keepsMarker: false });
  if (size === undefined) return undefined;
  return {
    id: id.value,
    sizeBytes: size.isAllOnes ? undefined : size.value,
    headerBytes: id.bytes + size.bytes,
  };
}

/** The elements that fill `bytes`. Throws `EbmlFault` when one does not end in them. */
export function* elementsOf(bytes: Buffer): Generator<Element> {
  let at = 0;
  while (at < bytes.length) {
    const start = elementStart(bytes, at);
    if (start?.sizeBytes === undefined) throw new EbmlFault('an element inside another has no end');
    const from = at + start.headerBytes;
    const to = from + start.sizeBytes;
    if (to > bytes.length) throw new EbmlFault('an element ends after the one it is in');
    yield { id: start.id, data: bytes.subarray(from, to) };
    at = to;
  }
}

export function element(id: number, ...content: readonly Buffer[]): Buffer {
  const data = Buffer.concat(content);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(data.length) | (1n << 56n));
  return Buffer.concat([idBytes(id), size, data]);
}

/** The start of an element whose end is told by what follows it. */
export function openElement(id: number): Buffer {
  return Buffer.concat([idBytes(id), Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])]);
}

export function unsignedInteger(data: Buffer): number {
  if (data.length > 8) throw new EbmlFault('an integer has more than 8 bytes');
  let value = 0;
  for (const byte of data) value = value * 256 + byte;
  if (!Number.isSafeInteger(value)) throw new EbmlFault('an integer is too large');
  return value;
}

export interface VariableInteger {
  readonly value: number;
  readonly bytes: number;
  readonly isAllOnes: boolean;
}

/** An integer that says its own length by the place of its first 1 bit. */
export function variableInteger(
  bytes: Buffer,
  at: number,
  { keepsMarker }: { readonly keepsMarker: boolean },
): VariableInteger | undefined {
  const first = bytes[at];
  if (first === undefined) return undefined;
  const length = Math.clz32(first) - 23;
  if (length > 8) throw new EbmlFault('a variable-length integer has more than 8 bytes');
  if (at + length > bytes.length) return undefined;
  const marker = 0x80 >> (length - 1);
  let value = keepsMarker ? first : first & (marker - 1);
  let isAllOnes = (first & (marker - 1)) === marker - 1;
  for (let index = 1; index < length; index++) {
    const byte = bytes[at + index] ?? 0;
    value = value * 256 + byte;
    isAllOnes &&= byte === 0xff;
  }
  if (!isAllOnes && !Number.isSafeInteger(value)) throw new EbmlFault('a size is too large');
  return { value, bytes: length, isAllOnes };
}

function idBytes(id: number): Buffer {
  const digits = id.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex');
}
