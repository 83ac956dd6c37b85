/** One RTP packet (RFC 3550, 5.1). */
export interface RtpPacket {
  readonly payloadType: number;
  /** The last packet of its picture, where the camera says so. */
  readonly isMarked: boolean;
  /** 16 bits. */
  readonly sequence: number;
  /** 32 bits, of a clock that began anywhere. */
  readonly timestamp: number;
  readonly payload: Buffer;
}

const fixedBytes = 12;

/** `undefined` for what is none. */
export function parseRtpPacket(bytes: Buffer): RtpPacket | undefined {
  const [first, second] = bytes;
  if (first === undefined || second === undefined || bytes.length < fixedBytes || first >> 6 !== 2)
    return undefined;
  let start = fixedBytes + (first & 0x0f) * 4;
  if ((first & 0x10) !== 0) {
    if (bytes.length < start + 4) return undefined;
    start += 4 + bytes.readUInt16BE(start + 2) * 4;
  }
  const padding = (first & 0x20) === 0 ? 0 : (bytes.at(-1) ?? 0);
  const end = bytes.length - padding;
  if (start > end || ((first & 0x20) !== 0 && padding === 0)) return undefined;
  return {
    payloadType: second & 0x7f,
    isMarked: (second & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    payload: bytes.subarray(start, end),
  };
}
