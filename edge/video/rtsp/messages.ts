import { VideoFault } from '../video';

/** What a camera sends over its connection (RFC 2326, 6, 7 and 10.12). */
export type CameraMessage =
  | {
      readonly kind: 'response';
      readonly status: number;
      /** By their names in small letters; a header may come more than once. */
      readonly headers: ReadonlyMap<string, readonly string[]>;
      readonly body: string;
    }
  /** Binary data of one of the channels that share the connection. */
  | { readonly kind: 'data'; readonly channel: number; readonly bytes: Buffer }
  /** A request of the camera's, which nothing here needs to hear. */
  | { readonly kind: 'request' };

export type CameraResponse = Extract<CameraMessage, { kind: 'response' }>;

const headBytesMax = 16 * 1024;
const bodyBytesMax = 64 * 1024;
const dataStart = 0x24;

/**
 * Takes what a camera sends apart, in pieces of any length. Throws `VideoFault` (`damaged`) on what is no RTSP, after
 * which the connection is of no more use; holds at most one message.
 */
export class CameraMessages {
  #waiting: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): CameraMessage[] {
    let rest = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    const messages: CameraMessage[] = [];
    for (;;) {
      rest = withoutLineEnds(rest);
      const taken = take(rest);
      if (taken === undefined) break;
      messages.push(taken.message);
      rest = rest.subarray(taken.bytes);
    }
    this.#waiting = Buffer.from(rest);
    return messages;
  }
}

interface Taken {
  readonly message: CameraMessage;
  readonly bytes: number;
}

function take(bytes: Buffer): Taken | undefined {
  return bytes[0] === dataStart ? takeData(bytes) : takeText(bytes);
}

/** Some cameras send line ends between messages. */
function withoutLineEnds(bytes: Buffer): Buffer {
  let start = 0;
  while (bytes[start] === 0x0d || bytes[start] === 0x0a) start++;
  return bytes.subarray(start);
}

function takeData(bytes: Buffer): Taken | undefined {
  if (bytes.length < 4) return undefined;
  const end = 4 + bytes.readUInt16BE(2);
  if (bytes.length < end) return undefined;
  return {
    message: { kind: 'data', channel: bytes.readUInt8(1), bytes: bytes.subarray(4, end) },
    bytes: end,
  };
}

function takeText(bytes: Buffer): Taken | undefined {
  const headEnd = bytes.subarray(0, headBytesMax).indexOf('\r\n\r\n');
  if (headEnd < 0) {
    if (bytes.length >= headBytesMax) throw new VideoFault('damaged', 'the camera speaks no RTSP');
    return undefined;
  }
  const [start = '', ...lines] = bytes.toString('latin1', 0, headEnd).split('\r\n');
  const headers = headersOf(lines);
  const bodyStart = headEnd + 4;
  const bodyBytes = lengthOf(headers);
  if (bytes.length < bodyStart + bodyBytes) return undefined;
  const end = bodyStart + bodyBytes;
  const [, status] = /^RTSP\/1\.\d (\d{3})(?: |$)/.exec(start) ?? [];
  if (status === undefined) {
    if (!/^[A-Z_]+ \S+ RTSP\/1\.\d$/.test(start))
      throw new VideoFault('damaged', 'the camera speaks no RTSP');
    return { message: { kind: 'request' }, bytes: end };
  }
  const body = bytes.toString('latin1', bodyStart, end);
  return { message: { kind: 'response', status: Number(status), headers, body }, bytes: end };
}

function headersOf(lines: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const headers = new Map<string, string[]>();
  for (const line of lines) {
    // Values go back to the camera: a stray line end in one would begin a header of its own.
    if (/[^\t -\xff]|\x7f/.test(line)) throw new VideoFault('damaged', 'the camera speaks no RTSP');
    const colon = line.indexOf(':');
    if (colon < 1) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    headers.set(name, [...(headers.get(name) ?? []), line.slice(colon + 1).trim()]);
  }
  return headers;
}

function lengthOf(headers: ReadonlyMap<string, readonly string[]>): number {
  const text = headers.get('content-length')?.[0] ?? '0';
  const length = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (length <= bodyBytesMax) return length;
  throw new VideoFault('damaged', 'the camera announces too long an answer');
}
