import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { MessageAttributes } from './message-attributes';

export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeoutSeconds: number;
  readonly retentionSeconds: number;
  readonly delaySeconds: number;
  readonly waitSeconds: number;
  readonly messageBytesMax: number;
  readonly redrive?: { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number };
  /** ARN, id or alias of the key that encrypts the queue; absent: encrypted by SQS itself. */
  readonly keyId?: string;
}

export const defaultQueueSettings = {
  visibilityTimeoutSeconds: 30,
  retentionSeconds: 4 * 24 * 3600,
  delaySeconds: 0,
  waitSeconds: 0,
  messageBytesMax: 1024 * 1024,
} satisfies Partial<QueueSettings>;

export interface Message {
  readonly messageId: string;
  readonly body: string;
  readonly attributes: MessageAttributes;
  readonly senderId: string;
  readonly sentAtMs: number;
  /** The queue whose redrive policy moved it here. */
  readonly deadLetteredFrom?: string | undefined;
}

export interface ReceivedMessage extends Message {
  readonly receiptHandle: string;
  readonly receiveCount: number;
  readonly firstReceivedAtMs: number;
}

interface Kept {
  readonly message: Message;
  visibleAtMs: number;
  receiveCount: number;
  firstReceivedAtMs: number;
}

const inFlightMax = 120_000;

/** A standard queue. It has no clock: callers say when. Messages are looked at in order of arrival. */
export class Queue {
  readonly #kept = new Map<string, Kept>();

  constructor(
    readonly arn: string,
    readonly settings: QueueSettings,
    readonly createdAtMs: number,
  ) {}

  add(message: Message, visibleAtMs: number): void {
    this.#kept.set(message.messageId, { message, visibleAtMs, receiveCount: 0, firstReceivedAtMs: 0 });
  }

  /**
   * Takes at most `max` visible messages out of sight for `visibilityTimeoutMs`. What was received too often already
   * goes to `deadLetter` instead of the caller.
   */
  receive(options: {
    readonly nowMs: number;
    readonly max: number;
    readonly visibilityTimeoutMs: number;
    readonly deadLetter: (message: Message) => void;
  }): readonly ReceivedMessage[] {
    const { nowMs, max, visibilityTimeoutMs, deadLetter } = options;
    this.expire(nowMs);
    if (this.counts(nowMs).inFlight >= inFlightMax) {
      throw new AwsError('OverLimit', `more than ${inFlightMax} messages are in flight`, 403);
    }
    const received: ReceivedMessage[] = [];
    for (const [id, kept] of this.#kept) {
      if (received.length >= max) break;
      if (kept.visibleAtMs > nowMs) continue;
      if (kept.receiveCount >= (this.settings.redrive?.maxReceiveCount ?? Number.POSITIVE_INFINITY)) {
        this.#kept.delete(id);
        deadLetter(kept.message);
        continue;
      }
      kept.receiveCount += 1;
      if (kept.receiveCount === 1) kept.firstReceivedAtMs = nowMs;
      kept.visibleAtMs = nowMs + visibilityTimeoutMs;
      received.push(toReceived(kept));
    }
    return received;
  }

  /**
   * Deletes what was received under this handle. A handle of an earlier receive deletes nothing, and says nothing, as
   * in AWS. Throws `ReceiptHandleIsInvalid` for what was never a handle.
   */
  delete(receiptHandle: string): void {
    const found = this.#find(receiptHandle);
    if (found !== undefined) this.#kept.delete(found.message.messageId);
  }

  /** Throws `MessageNotInflight` unless the message is still held under this handle. */
  changeVisibility(receiptHandle: string, options: { nowMs: number; timeoutMs: number }): void {
    const found = this.#find(receiptHandle);
    if (found === undefined || found.visibleAtMs <= options.nowMs) {
      throw new AwsError('MessageNotInflight', 'The specified message is not in flight.');
    }
    found.visibleAtMs = options.nowMs + options.timeoutMs;
  }

  /** Drops what is older than the retention period. */
  expire(nowMs: number): void {
    const keptFromMs = nowMs - this.settings.retentionSeconds * 1000;
    for (const [id, { message }] of this.#kept) if (message.sentAtMs < keptFromMs) this.#kept.delete(id);
  }

  counts(nowMs: number): { readonly visible: number; readonly inFlight: number; readonly delayed: number } {
    let [visible, inFlight, delayed] = [0, 0, 0];
    for (const kept of this.#kept.values()) {
      if (kept.visibleAtMs <= nowMs) visible += 1;
      else if (kept.receiveCount > 0) inFlight += 1;
      else delayed += 1;
    }
    return { visible, inFlight, delayed };
  }

  /** When the next message that is out of sight comes back; `undefined` when none will. */
  nextVisibleAtMs(nowMs: number): number | undefined {
    const later = [...this.#kept.values()].map(({ visibleAtMs }) => visibleAtMs).filter((at) => at > nowMs);
    return later.length === 0 ? undefined : Math.min(...later);
  }

  purge(): void {
    this.#kept.clear();
  }

  /** Takes everything that nobody holds, for moving it elsewhere. */
  takeVisible(nowMs: number): readonly Message[] {
    const taken = [...this.#kept.values()].filter(({ visibleAtMs }) => visibleAtMs <= nowMs);
    for (const { message } of taken) this.#kept.delete(message.messageId);
    return taken.map(({ message }) => message);
  }

  messages(): readonly Message[] {
    return [...this.#kept.values()].map(({ message }) => message);
  }

  #find(receiptHandle: string): Kept | undefined {
    const match = /^([0-9a-f-]{36})#(\d+)$/.exec(Buffer.from(receiptHandle, 'base64').toString('latin1'));
    if (match === null) {
      throw new AwsError('ReceiptHandleIsInvalid', 'The specified receipt handle is not valid.');
    }
    const kept = this.#kept.get(match[1] ?? '');
    return kept !== undefined && kept.receiveCount === Number(match[2]) ? kept : undefined;
  }
}

export const newMessageId = () => randomUUID();

function toReceived({ message, receiveCount, firstReceivedAtMs }: Kept): ReceivedMessage {
  const receiptHandle = Buffer.from(`${message.messageId}#${receiveCount}`, 'latin1').toString('base64');
  return { ...message, receiptHandle, receiveCount, firstReceivedAtMs };
}
