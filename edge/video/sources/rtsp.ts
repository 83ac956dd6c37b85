import { Arrivals } from '../arrivals';
import type { CameraAddress } from '../rtsp/address';
import { CameraConnection } from '../rtsp/connection';
import { LivePictures } from '../rtsp/live-pictures';
import type { CameraResponse } from '../rtsp/messages';
import { isUri, type OfferedVideo, offeredVideo } from '../rtsp/session-description';
import { type LiveVideo, VideoFault, type VideoFrame } from '../video';

export interface RtspOptions {
  readonly address: CameraAddress;
  readonly clock: () => number;
  /** Gives up while the video is being opened. */
  readonly signal?: AbortSignal;
  /** From the connection to the first whole keyframe; 15 seconds by default. */
  readonly openingMsMax?: number;
  /** Without a whole picture, or without anybody reading them; 10 seconds by default. */
  readonly silenceMsMax?: number;
}

const waitingBytesMax = 16 * 1024 * 1024;
const sessionSecondsDefault = 60;

/**
 * The first H.264 video of a camera that speaks RTSP 1.0 (RFC 2326), over one TCP connection. Resolves at the first
 * whole keyframe. Throws `VideoFault`, as do the frames when the connection breaks, the camera falls silent or changes
 * its pictures: `cut` where a new connection may help.
 */
export async function openRtsp(options: RtspOptions): Promise<LiveVideo> {
  const session = new RtspSession(options);
  const onAbort = () => session.giveUp('the agent was told to stop');
  options.signal?.addEventListener('abort', onAbort);
  try {
    if (options.signal?.aborted) onAbort();
    return await session.begin();
  } catch (error) {
    await session.close();
    throw error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

class RtspSession {
  readonly #options: RtspOptions;
  readonly #connection: CameraConnection;
  readonly #frames = new Arrivals<VideoFrame>();
  #pictures: LivePictures | undefined;
  #channel = 0;
  #waitingBytes = 0;
  #deadline: NodeJS.Timeout | undefined;
  #isOver = false;
  #keepAlive: NodeJS.Timeout | undefined;
  /** What keep-alive and TEARDOWN name. */
  #session: { readonly uri: string; readonly headers: readonly string[] } | undefined;
  #onFirst: { resolve: () => void; reject: (fault: VideoFault) => void } | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: RtspOptions) {
    this.#options = options;
    this.#connection = new CameraConnection({
      address: options.address,
      onData: (channel, bytes) => this.#hear(channel, bytes),
      onEnd: (fault) => this.#end(fault),
    });
    this.#awaitPicture(options.openingMsMax ?? 15_000, 'the camera gave no video in time');
  }

  async begin(): Promise<LiveVideo> {
    const { uri } = this.#options.address;
    const options = await this.#connection.ask('OPTIONS', uri);
    const described = await this.#ask('DESCRIBE', uri, ['Accept: application/sdp']);
    const offered = offeredVideo(described.body, baseOf(described, uri));
    const setUp = await this.#ask('SETUP', offered.control, [
      'Transport: RTP/AVP/TCP;unicast;interleaved=0-1',
    ]);
    this.#channel = channelOf(setUp);
    const { id, seconds } = sessionOf(setUp);
    this.#session = { uri: offered.aggregateControl, headers: [`Session: ${id}`] };
    const first = this.#firstFrame(offered);
    await this.#ask('PLAY', offered.aggregateControl, this.#session.headers);
    this.#keepAliveEach(seconds, methodsOf(options).has('GET_PARAMETER') ? 'GET_PARAMETER' : 'OPTIONS');
    await first;
    const { track, startedAtMs } = this.#pictures ?? {};
    if (track === undefined || startedAtMs === undefined)
      throw new VideoFault('damaged', 'the camera gave no picture');
    this.#awaitPicture(this.#options.silenceMsMax ?? 10_000, 'the camera fell silent');
    return { track, startedAtMs, frames: () => this.#given(), close: () => this.close() };
  }

  giveUp(why: string): void {
    this.#connection.fail(new VideoFault('cut', why));
  }

  close(): Promise<void> {
    this.#closing ??= this.#tearDown();
    return this.#closing;
  }

  async #tearDown(): Promise<void> {
    if (this.#session === undefined) this.giveUp('the video was closed before it was opened');
    else await this.#connection.close('TEARDOWN', this.#session.uri, this.#session.headers);
  }

  async *#given(): AsyncGenerator<VideoFrame> {
    for await (const frame of this.#frames) {
      this.#waitingBytes -= frame.data.length;
      if (this.#waitingBytes <= waitingBytesMax) this.#connection.resume();
      yield frame;
    }
  }

  /** Rejects when the connection ends before. */
  #firstFrame(offered: OfferedVideo): Promise<void> {
    this.#pictures = new LivePictures(offered, this.#options.clock);
    const first = new Promise<void>((resolve, reject) => {
      this.#onFirst = { resolve, reject };
    });
    // PLAY may fail with the same fault before this one is waited for.
    first.catch(() => undefined);
    return first;
  }

  async #ask(method: string, uri: string, headers: readonly string[]): Promise<CameraResponse> {
    const response = await this.#connection.ask(method, uri, headers);
    if (response.status === 200) return response;
    throw new VideoFault('cut', `the camera answered ${method} with ${response.status}`);
  }

  #hear(channel: number, bytes: Buffer): void {
    if (channel !== this.#channel || this.#closing !== undefined || this.#pictures === undefined) return;
    this.#show(this.#pictures.push(bytes));
  }

  #show(frames: readonly VideoFrame[]): void {
    for (const frame of frames) {
      this.#frames.push(frame);
      this.#waitingBytes += frame.data.length;
      this.#onFirst?.resolve();
      this.#deadline?.refresh();
    }
    if (this.#waitingBytes > waitingBytesMax) this.#connection.pause();
  }

  #end(fault: VideoFault): void {
    this.#show(this.#pictures?.end() ?? []);
    this.#isOver = true;
    clearTimeout(this.#deadline);
    clearInterval(this.#keepAlive);
    this.#frames.end(this.#closing !== undefined ? undefined : { error: fault });
    this.#onFirst?.reject(fault);
  }

  /** Each picture begins the time anew. */
  #awaitPicture(ms: number, why: string): void {
    clearTimeout(this.#deadline);
    // The connection may be over before its first picture is looked at.
    if (!this.#isOver) this.#deadline = setTimeout(() => this.giveUp(why), ms);
  }

  #keepAliveEach(sessionSeconds: number, method: string): void {
    if (this.#isOver) return;
    this.#keepAlive = setInterval(() => {
      if (this.#session === undefined) return;
      // A camera that has let go of the session shows it by falling silent.
      this.#connection.ask(method, this.#session.uri, this.#session.headers).catch(() => undefined);
    }, sessionSeconds * 500);
  }
}

function baseOf({ headers }: CameraResponse, uri: string): string {
  const base = headers.get('content-base')?.[0] ?? headers.get('content-location')?.[0];
  return base !== undefined && isUri(base) ? base : uri;
}

function methodsOf({ headers }: CameraResponse): ReadonlySet<string> {
  return new Set((headers.get('public') ?? []).flatMap((line) => line.split(',').map((each) => each.trim())));
}

function channelOf({ headers }: CameraResponse): number {
  const transport = headers.get('transport')?.[0] ?? '';
  const [, channel] = /;\s*interleaved=(\d{1,3})(?:-|;|$)/i.exec(transport) ?? [];
  if (!/^RTP\/AVP\/TCP\b/i.test(transport))
    throw new VideoFault('unsupported', 'the camera gives no video over its connection');
  return Number(channel ?? 0);
}

function sessionOf({ headers }: CameraResponse): { id: string; seconds: number } {
  const [id = '', ...parameters] = (headers.get('session')?.[0] ?? '').split(';').map((each) => each.trim());
  if (!/^[\x21-\x7e]{1,256}$/.test(id))
    throw new VideoFault('damaged', 'the camera gives its session no name');
  const timeout = parameters
    .find((parameter) => /^timeout=\d{1,6}$/i.test(parameter))
    ?.slice('timeout='.length);
  return { id, seconds: Math.min(3600, Math.max(2, Number(timeout ?? sessionSecondsDefault))) };
}
