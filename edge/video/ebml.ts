import { VideoFault } from './video';

/** Element ids of Matroska (RFC 9559, section 5). */
export const ids = {
  ebml: 0x1a45dfa3,
  ebmlVersion: 0x4286,
  ebmlReadVersion: 0x42f7,
  ebmlIdLengthMax: 0x42f2,
  ebmlSizeLengthMax: 0x42f3,
  docType: 0x4282,
  docTypeVersion: 0x4287,
  docTypeReadVersion: 0x4285,
  segment: 0x18538067,
  info: 0x1549a966,
  timecodeScale: 0x2ad7b1,
  muxingApp: 0x4d80,
  writingApp: 0x5741,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  trackName: 0x536e,
  codecId: 0x86,
  codecPrivate: 0x63a2,
  contentEncodings: 0x6d80,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
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

export const h264CodecId = 'V_MPEG4/ISO/AVC';

/** An element with its content; a size of 8 bytes can say any length. */
export function element(id: number, ...content: readonly Buffer[]): Buffer {
  const bytes = content.reduce((sum, part) => sum + part.length, 0);
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(bytes) | (1n << 56n));
  return Buffer.concat([idBytes(id), size, ...content]);
}

/** An element that ends with the stream. */
export function openElement(id: number): Buffer {
  return Buffer.concat([idBytes(id), Buffer.from('01ffffffffffffff', 'hex')]);
}

export const textElement = (id: number, text: string) => element(id, Buffer.from(text));

/** A whole number of at least 0. */
export function numberElement(id: number, value: number): Buffer {
  const digits = value.toString(16);
  return element(id, Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex'));
}

export interface ElementStart {
  readonly id: number;
  /** `undefined`: open until something of a higher level begins. */
  readonly sizeBytes: number | undefined;
  readonly headerBytes: number;
}

/** An element's id and size take at most 4 and 8 bytes. */
export const startBytesMax = 12;

/** Reads where an element begins. Throws `VideoFault` on bytes that are none. */
export function elementStart(bytes: Buffer): ElementStart {
  const id = variable(bytes, 0);
  const size = variable(bytes, id.bytes);
  if (id.bytes > 4) throw damaged();
  return {
    id: id.withMarker,
    sizeBytes: size.isAllOnes ? undefined : size.value,
    headerBytes: id.bytes + size.bytes,
  };
}

/** The elements that fill `bytes`. Throws `VideoFault` when one does not end in them. */
export function* elementsOf(bytes: Buffer): Generator<{ readonly id: number; readonly data: Buffer }> {
  for (let at = 0; at < bytes.length; ) {
    const { id, sizeBytes, headerBytes } = elementStart(bytes.subarray(at));
    const from = at + headerBytes;
    if (sizeBytes === undefined || from + sizeBytes > bytes.length) throw damaged();
    yield { id, data: bytes.subarray(from, from + sizeBytes) };
    at = from + sizeBytes;
  }
}

export function numberOf(data: Buffer): number {
  let value = 0;
  for (const byte of data) value = value * 256 + byte;
  if (!Number.isSafeInteger(value)) throw damaged();
  return value;
}

/** A variable-length integer (RFC 8794, section 4), with and without the bit that tells its length. */
export function variable(bytes: Buffer, at: number) {
  const first = bytes[at] ?? 0;
  const length = Math.clz32(first) - 23;
  if (first === 0 || at + length > bytes.length) throw damaged();
  const mask = (0x80 >> (length - 1)) - 1;
  const rest = bytes.subarray(at + 1, at + length);
  const grown = (start: number) => rest.reduce((sum, byte) => sum * 256 + byte, start);
  return {
    bytes: length,
    value: grown(first & mask),
    withMarker: grown(first),
    isAllOnes: (first & mask) === mask && rest.every((byte) => byte === 0xff),
  };
}

function idBytes(id: number): Buffer {
  return Buffer.from(id.toString(16), 'hex');
}

const damaged = () => new VideoFault('damaged', 'the Matroska structure is damaged');
