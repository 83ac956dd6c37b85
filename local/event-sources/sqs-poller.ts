import type { ReceivedMessage } from '../sqs/queue';
import type { Sqs } from '../sqs/sqs';
import { matches } from './filter';
import { failedItems } from './item-failures';
import type { SqsMapping } from './mapping';
import {
  backOff,
  invokeUnthrottled,
  longestBackOff,
  messageOf,
  type PollerContext,
  windowClosed,
} from './poller';
import { sqsEvent, sqsFilterView } from './sqs-event';

export type SqsPort = Pick<Sqs, 'receiveAs' | 'deleteAs' | 'counts' | 'onMessage' | 'queue'>;

export interface SqsPollerOptions {
  readonly mapping: SqsMapping;
  readonly context: PollerContext;
  readonly sqs: SqsPort;
}

/** SQS hands out at most this many messages a call. */
const receiveMax = 10;

/**
 * Batches from one queue, several at a time. A message is deleted once its function accepted it; one that failed comes
 * back when its visibility timeout is over on the virtual clock, until the queue's redrive policy takes it away.
 */
export class SqsPoller {
  readonly #options: SqsPollerOptions;
  readonly #running = new Set<Promise<void>>();
  #isGathering = false;

  constructor(options: SqsPollerOptions) {
    this.#options = options;
  }

  /** Nothing in sight and nothing in hand. What waits out its visibility timeout needs the clock, not patience. */
  get isDrained(): boolean {
    return !this.#isGathering && this.#running.size === 0 && !this.#hasVisible();
  }

  get position(): string {
    const { visible, inFlight } = this.#options.sqs.counts(this.#options.mapping.queueArn);
    return `${visible} messages waiting, ${inFlight} in flight`;
  }

  async run(): Promise<void> {
    const { context, mapping } = this.#options;
    while (!context.isStopped()) {
      if (!this.#hasVisible()) {
        await context.wakeup.wait(context.timing.pollIntervalMs);
        continue;
      }
      if (this.#running.size >= mapping.concurrencyMax) {
        await Promise.race(this.#running);
        continue;
      }
      this.#isGathering = true;
      try {
        const messages = await this.#gather();
        for (const batch of withinPayload(messages)) this.#launch(batch);
        context.report(undefined);
      } catch (error) {
        context.report(messageOf(error));
        await backOff(context, longestBackOff);
      } finally {
        this.#isGathering = false;
      }
    }
    await Promise.all(this.#running);
  }

  async #gather(): Promise<readonly ReceivedMessage[]> {
    const { context, mapping } = this.#options;
    const messages: ReceivedMessage[] = [];
    const receive = () => {
      for (let left = mapping.batchSize - messages.length; left > 0; ) {
        const received = this.#receive(Math.min(left, receiveMax));
        messages.push(...received);
        left -= received.length;
        if (received.length === 0) break;
      }
      return messages.length >= mapping.batchSize;
    };
    receive();
    if (messages.length > 0) await windowClosed(context, mapping.windowSeconds, receive);
    return messages;
  }

  #receive(max: number): readonly ReceivedMessage[] {
    const { context, mapping, sqs } = this.#options;
    const received = sqs.receiveAs(context.caller, mapping.queueArn, { max });
    if (mapping.patterns.length === 0) return received;
    const passing = received.filter((message) => {
      const view = sqsFilterView(message);
      return mapping.patterns.some((pattern) => matches(pattern, view));
    });
    for (const message of received) if (!passing.includes(message)) this.#delete(message);
    context.counters.filtered += received.length - passing.length;
    return passing;
  }

  #launch(messages: readonly ReceivedMessage[]): void {
    const running = this.#handle(messages)
      .catch((error: unknown) => this.#options.context.report(messageOf(error)))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #handle(messages: readonly ReceivedMessage[]): Promise<void> {
    const { context, mapping } = this.#options;
    context.counters.retries += messages.filter(({ receiveCount }) => receiveCount > 1).length;
    const event = sqsEvent(messages, { queueArn: mapping.queueArn, region: context.region });
    const result = await invokeUnthrottled(context, event);
    if (result === undefined) return;
    const ids = messages.map(({ messageId }) => messageId);
    const failed = failedItems(result, ids, mapping.reportsItemFailures);
    if (failed === 'all') return;
    const accepted = messages.filter(({ messageId }) => !failed.has(messageId));
    for (const message of accepted) this.#delete(message);
    context.counters.records += accepted.length;
  }

  #delete({ receiptHandle }: ReceivedMessage): void {
    const { sqs, mapping, context } = this.#options;
    sqs.deleteAs(context.caller, mapping.queueArn, receiptHandle);
  }

  #hasVisible(): boolean {
    return this.#options.sqs.counts(this.#options.mapping.queueArn).visible > 0;
  }
}

const payloadBytesMax = 5 * 1024 * 1024;

/** Batches that each fit in one invocation, frame included. */
function withinPayload(messages: readonly ReceivedMessage[]): ReceivedMessage[][] {
  const batches: ReceivedMessage[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const message of messages) {
    const size = Buffer.byteLength(JSON.stringify(message));
    bytes += size;
    if (bytes > payloadBytesMax) {
      batches.push([]);
      bytes = size;
    }
    batches.at(-1)?.push(message);
  }
  return batches;
}
