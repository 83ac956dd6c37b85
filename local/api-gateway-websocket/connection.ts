import type { WebSocket } from 'ws';
import type { Snapshot } from './definition';
import type { Opening } from './events';
import type { StageProperties } from './template-schemas';

/** The gateway's own limits. */
export const idleMs = 10 * 60_000;
export const lifetimeMs = 2 * 60 * 60_000;
export const messageBytesMax = 128 * 1024;

export interface ConnectionFacts {
  readonly opening: Opening;
  readonly stage: StageProperties;
  readonly snapshot: Snapshot;
  /** What the authorizer said of the caller. */
  readonly authorizer: Readonly<Record<string, unknown>> | undefined;
}

/** One open socket. Until it is open, the management API says that it is gone, as in AWS. */
export class Connection {
  readonly opening: Opening;
  readonly stage: StageProperties;
  readonly snapshot: Snapshot;
  readonly authorizer: ConnectionFacts['authorizer'];
  #socket: WebSocket | undefined;
  lastActiveAtMs: number;

  constructor(facts: ConnectionFacts) {
    this.opening = facts.opening;
    this.stage = facts.stage;
    this.snapshot = facts.snapshot;
    this.authorizer = facts.authorizer;
    this.lastActiveAtMs = facts.opening.connectedAtMs;
  }

  open(socket: WebSocket, atMs: number): void {
    this.#socket = socket;
    this.lastActiveAtMs = atMs;
  }

  get isOpen(): boolean {
    return this.#socket !== undefined && this.#socket.readyState === this.#socket.OPEN;
  }

  /** Resolves when the message is written. Data in either direction keeps a connection from being idle. */
  send(data: string | Buffer, atMs: number): Promise<void> {
    this.lastActiveAtMs = atMs;
    return new Promise((resolve, reject) => {
      this.#socket?.send(data.toString(), (error) => (error ? reject(error) : resolve()));
    });
  }

  close(code: number, reason: string): void {
    this.#socket?.close(code, reason);
  }

  /** Why the gateway would end it at this moment. */
  overdue(nowMs: number): string | undefined {
    if (nowMs - this.opening.connectedAtMs >= lifetimeMs) return 'Connection duration exceeded';
    if (nowMs - this.lastActiveAtMs >= idleMs) return 'Going away';
    return undefined;
  }
}
