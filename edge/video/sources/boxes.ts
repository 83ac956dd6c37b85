import { VideoFault } from '../video';

/** A box of the ISO base media file format (ISO/IEC 14496-12, 4.2). */
export interface Box {
  readonly type: string;
  readonly data: Buffer;
}

/** The size of a box may take 16 bytes with its type. */
export const boxStartBytesMax = 16;

/** Type, header and whole length of the box that begins here; `restBytes` is what an open-ended box takes. */
export function boxStart(
  bytes: Buffer,
  restBytes: number,
): { readonly type: string; readonly headerBytes: number; readonly boxBytes: number } {
  if (bytes.length < 8) throw damaged();
  const type = bytes.toString('latin1', 4, 8);
  const size = bytes.readUInt32BE(0);
  if (size === 0) return { type, headerBytes: 8, boxBytes: restBytes };
  if (size !== 1) return checked({ type, headerBytes: 8, boxBytes: size });
  if (bytes.length < 16) throw damaged();
  return checked({ type, headerBytes: 16, boxBytes: Number(bytes.readBigUInt64BE(8)) });
}

/** The boxes that fill `bytes`. Throws `VideoFault` when one does not end in them. */
export function* boxesOf(bytes: Buffer): Generator<Box> {
  for (let at = 0; at < bytes.length; ) {
    const { type, headerBytes, boxBytes } = boxStart(bytes.subarray(at), bytes.length - at);
    if (at + boxBytes > bytes.length) throw damaged();
    yield { type, data: bytes.subarray(at + headerBytes, at + boxBytes) };
    at += boxBytes;
  }
}

/** The content of the first box along a path such as `mdia/minf/stbl`. */
export function boxAt(bytes: Buffer, path: string): Buffer | undefined {
  let data: Buffer | undefined = bytes;
  for (const type of path.split('/')) {
    if (data === undefined) return undefined;
    data = [...boxesOf(data)].find((box) => box.type === type)?.data;
  }
  return data;
}

export function requiredBox(bytes: Buffer, path: string): Buffer {
  const data = boxAt(bytes, path);
  if (data === undefined) throw damaged();
  return data;
}

export const damaged = () => new VideoFault('damaged', 'the MP4 structure is damaged');

function checked<T extends { readonly headerBytes: number; readonly boxBytes: number }>(start: T): T {
  if (start.boxBytes < start.headerBytes || !Number.isSafeInteger(start.boxBytes)) throw damaged();
  return start;
}
