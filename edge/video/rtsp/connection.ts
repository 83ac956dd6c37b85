import { connect, type Socket } from 'node:net';
import { VideoFault } from '../video';
import type { CameraAddress } from './address';
import { authorization, type Challenge, strongestChallenge } from './authentication';
import { type CameraMessage, CameraMessages, type CameraResponse } from './messages';

export interface ConnectionOptions {
  readonly address: CameraAddress;
  readonly onData: (channel: number, bytes: Buffer) => void;
  /** Once, when nothing comes any more: broken, or closed by the camera or by us. */
  readonly onEnd: (fault: VideoFault) => void;
}

const pendingMax = 8;
const authorizationsMax = 3;
const farewellMs = 1000;

/** An RTSP connection to a camera: requests, and the channels that share it. */
export class CameraConnection {
  readonly #options: ConnectionOptions;
  readonly #socket: Socket;
  readonly #messages = new CameraMessages();
  readonly #pending = new Map<string, (response: CameraResponse | VideoFault) => void>();
  #sequence = 0;
  #challenge: Challenge | undefined;
  /** Requests that answered the challenge. */
  #answers = 0;
  #fault: VideoFault | undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    const { host, port } = options.address;
    this.#socket = connect({ host, port, noDelay: true, keepAlive: true });
    this.#socket.on('data', (chunk) => this.#hear(chunk));
    this.#socket.on('error', (cause) => this.fail(cutBy(cause)));
    this.#socket.on('close', () => this.fail(cutBy(undefined)));
    this.#socket.on('end', () => this.fail(cutBy(undefined)));
  }

  /**
   * Resolves with the answer, whatever its status; shows the credentials when asked for them. Rejects with `VideoFault`:
   * the connection's own, or `no-entry`.
   */
  async ask(method: string, uri: string, headers: readonly string[] = []): Promise<CameraResponse> {
    for (let refusals = 1; ; refusals++) {
      const response = await this.#exchange(method, uri, headers);
      if (response.status !== 401) return response;
      const challenge = strongestChallenge(response.headers.get('www-authenticate') ?? []);
      // The first refusal of a request may be of no or of an old answer; a second one is of the credentials.
      const mayTry = refusals === 1 || (challenge?.kind === 'digest' && challenge.isStale);
      if (
        challenge === undefined ||
        !mayTry ||
        refusals >= authorizationsMax ||
        !this.#options.address.credentials
      )
        throw new VideoFault('no-entry', 'the camera does not let the agent in');
      this.#challenge = challenge;
      this.#answers = 0;
    }
  }

  /** The camera is not listened to until `resume`. */
  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  /** Ends the connection at once. */
  fail(fault: VideoFault): void {
    if (this.#fault !== undefined) return;
    this.#fault = fault;
    this.#socket.destroy();
    for (const settle of this.#pending.values()) settle(fault);
    this.#pending.clear();
    this.#options.onEnd(fault);
  }

  /** Ends with a last request, for whose answer it does not wait longer than a second. */
  async close(method: string, uri: string, headers: readonly string[]): Promise<void> {
    if (this.#fault !== undefined) return;
    const timer = setTimeout(() => this.fail(closed()), farewellMs);
    this.resume();
    await this.#exchange(method, uri, headers).catch(() => undefined);
    clearTimeout(timer);
    this.fail(closed());
  }

  async #exchange(method: string, uri: string, headers: readonly string[]): Promise<CameraResponse> {
    if (this.#fault !== undefined) throw this.#fault;
    const sequence = String(++this.#sequence);
    const answer = new Promise<CameraResponse | VideoFault>((resolve) => {
      this.#pending.set(sequence, resolve);
    });
    // Some cameras never answer a keep-alive.
    const [oldest] = this.#pending.keys();
    if (this.#pending.size > pendingMax && oldest !== undefined) this.#pending.delete(oldest);
    const lines = [
      `CSeq: ${sequence}`,
      'User-Agent: Platekeeper',
      ...headers,
      ...this.#authorization(method, uri),
    ];
    this.#socket.write(`${[`${method} ${uri} RTSP/1.0`, ...lines].join('\r\n')}\r\n\r\n`, 'utf8');
    const response = await answer;
    if (response instanceof VideoFault) throw response;
    return response;
  }

  #authorization(method: string, uri: string): readonly string[] {
    const { credentials } = this.#options.address;
    if (this.#challenge === undefined || credentials === undefined) return [];
    const count = ++this.#answers;
    return [`Authorization: ${authorization(this.#challenge, credentials, { method, uri, count })}`];
  }

  #hear(chunk: Buffer): void {
    try {
      for (const message of this.#messages.push(chunk)) this.#take(message);
    } catch (error) {
      if (!(error instanceof VideoFault)) throw error;
      this.fail(error);
    }
  }

  #take(message: CameraMessage): void {
    if (this.#fault !== undefined) return;
    if (message.kind === 'data') this.#options.onData(message.channel, message.bytes);
    if (message.kind !== 'response') return;
    const sequence = message.headers.get('cseq')?.[0] ?? '';
    this.#pending.get(sequence)?.(message);
    this.#pending.delete(sequence);
  }
}

const cutBy = (cause: Error | undefined) =>
  new VideoFault('cut', 'the connection to the camera broke', cause === undefined ? {} : { cause });
const closed = () => new VideoFault('cut', 'the connection to the camera was closed');
