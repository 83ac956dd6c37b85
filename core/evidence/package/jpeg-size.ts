export interface JpegSize {
  readonly width: number;
  readonly height: number;
  /** Components of a pixel: 1 grey, 3 colour. */
  readonly components: 1 | 3;
}

/**
 * The size in the first frame header of a JPEG (ITU-T T.81, B.2.2); `undefined` for bytes in which there is none that a
 * page can show. The picture comes from a camera and is not trusted: no length in it leads outside of it.
 */
export function jpegSize(jpeg: Uint8Array): JpegSize | undefined {
  const bytes = Buffer.from(jpeg.buffer, jpeg.byteOffset, jpeg.length);
  if (bytes.length < 4 || bytes.readUInt16BE(0) !== 0xffd8) return undefined;
  let at = 2;
  while (at + 4 <= bytes.length) {
    const marker = bytes.readUInt16BE(at);
    if (marker < 0xffc0) return undefined;
    if (marker === 0xffff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    if (length < 2) return undefined;
    if (isFrameHeader(marker)) return sizeAt(bytes, at, length);
    at += 2 + length;
  }
  return undefined;
}

/** Baseline, extended and progressive: what readers of PDF decode. */
function isFrameHeader(marker: number): boolean {
  return marker === 0xffc0 || marker === 0xffc1 || marker === 0xffc2;
}

function sizeAt(bytes: Buffer, at: number, length: number): JpegSize | undefined {
  if (length < 8 || at + 10 > bytes.length) return undefined;
  const height = bytes.readUInt16BE(at + 5);
  const width = bytes.readUInt16BE(at + 7);
  const components = bytes.readUInt8(at + 9);
  if (width === 0 || height === 0 || (components !== 1 && components !== 3)) return undefined;
  return { width, height, components };
}
