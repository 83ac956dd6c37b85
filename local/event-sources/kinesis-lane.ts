import { createHash } from 'node:crypto';
import type { Kinesis } from '../kinesis/kinesis';
import type { KinesisRecord } from '../kinesis/shard';
import type { InvocationResult } from '../lambda/invoke';
import { discardedBatchMessage } from './discarded-batch';
import { matches } from './filter';
import { failedItems } from './item-failures';
import { eventBytes, filterView, kinesisEvent } from './kinesis-event';
import type { KinesisMapping } from './mapping';
import {
  backOff,
  invokeUnthrottled,
  longestBackOff,
  messageOf,
  type PollerContext,
  windowClosed,
} from './poller';

export type KinesisPort = Pick<
  Kinesis,
  'shards' | 'read' | 'indexAt' | 'onRecord' | 'stream' | 'streamArn' | 'key'
>;

export interface LaneOptions {
  readonly mapping: KinesisMapping;
  readonly context: PollerContext;
  readonly kinesis: KinesisPort;
  readonly shardId: string;
  /** Which of the mapping's parallel batches of this shard; a partition key always takes the same. */
  readonly lane: number;
}

const eventBytesMax = 6 * 1024 * 1024;
const readRecordsMax = 10_000;

/** One shard (or one of its parallel lanes): batches in order, none before the one ahead is done with. */
export class KinesisLane {
  readonly #options: LaneOptions;
  readonly #streamArn: string;
  /** Index in the shard of the next record to look at. */
  #next: number;
  #isBusy = false;

  constructor(options: LaneOptions) {
    this.#options = options;
    this.#streamArn = options.kinesis.streamArn(options.mapping.streamName);
    this.#next = startIndex(options);
  }

  /** Nothing read that is not done with, and nothing left to read. */
  get isDrained(): boolean {
    return !this.#isBusy && this.#next >= this.#shard().nextIndex;
  }

  get position(): string {
    return `${this.#options.shardId} at ${this.#next} of ${this.#shard().nextIndex}`;
  }

  async run(): Promise<void> {
    const { context, mapping } = this.#options;
    while (!context.isStopped()) {
      if (this.#next >= this.#shard().nextIndex) {
        await context.wakeup.wait(context.timing.pollIntervalMs);
        continue;
      }
      this.#isBusy = true;
      try {
        this.#requirePermission();
        await windowClosed(context, mapping.windowSeconds, () => this.#gather().isFull);
        const { records, filtered, next } = this.#gather();
        context.counters.filtered += filtered;
        if (records.length > 0) await this.#handle(records);
        // A stop in the middle leaves the batch undone.
        if (!context.isStopped()) this.#next = next;
        context.report(undefined);
      } catch (error) {
        context.report(messageOf(error));
        await backOff(context, longestBackOff);
      } finally {
        this.#isBusy = false;
      }
    }
  }

  /** Every read is the role's own, and the key's. */
  #requirePermission(): void {
    const { context, mapping, kinesis } = this.#options;
    const { authorize, caller } = context;
    if (mapping.consumerArn === undefined) {
      authorize({ caller, action: 'kinesis:GetRecords', resource: this.#streamArn });
    } else {
      authorize({ caller, action: 'kinesis:SubscribeToShard', resource: mapping.consumerArn });
    }
    const { keyId } = kinesis.stream(mapping.streamName).settings;
    kinesis.key.require(caller, ['kms:Decrypt'], keyId, { 'aws:kinesis:arn': this.#streamArn });
  }

  /** The next batch, as far as it has come in. */
  #gather() {
    const { mapping, kinesis, shardId } = this.#options;
    const records: KinesisRecord[] = [];
    let bytes = 0;
    let filtered = 0;
    let next = this.#next;
    for (const record of kinesis.read(mapping.streamName, shardId, this.#next - 1, readRecordsMax)) {
      if (this.#isMine(record)) {
        bytes += eventBytes(record);
        if (records.length >= mapping.batchSize || (records.length > 0 && bytes > eventBytesMax)) {
          return { records, filtered, next, isFull: true };
        }
        if (passes(mapping, record)) records.push(record);
        else filtered += 1;
      }
      next = record.index + 1;
    }
    return { records, filtered, next, isFull: records.length >= mapping.batchSize };
  }

  #isMine({ partitionKey }: KinesisRecord): boolean {
    const { mapping, lane } = this.#options;
    if (mapping.parallelizationFactor === 1) return true;
    const hash = createHash('md5').update(partitionKey).digest().readUInt32BE(0);
    return hash % mapping.parallelizationFactor === lane;
  }

  /**
   * Hands over the records until each is accepted, discarded or gone. A failure at a later record checkpoints those
   * before it; what is left starts anew. Halving a batch uses up no retry. A failure destination that refuses (a
   * missing grant) throws, and the shard stands still with that problem rather than lose the records.
   */
  async #handle(batch: readonly KinesisRecord[]): Promise<void> {
    const { context, mapping } = this.#options;
    let rest = batch;
    let result: InvocationResult | undefined;
    let invocations = 0;
    for (let retries = 0; ; retries += 1) {
      rest = await this.#withoutOld(rest, { invocations, result });
      if (rest.length === 0) return;
      result = await invokeUnthrottled(context, this.#event(rest));
      if (result === undefined) return;
      invocations += 1;
      const failedAt = firstFailure(result, rest, mapping.reportsItemFailures);
      context.counters.records += failedAt;
      rest = rest.slice(failedAt);
      if (rest.length === 0) return;
      const isNewBatch = failedAt > 0;
      if (!isNewBatch && mapping.bisects && rest.length > 1) {
        context.counters.retries += 1;
        const middle = Math.ceil(rest.length / 2);
        await this.#handle(rest.slice(0, middle));
        return this.#handle(rest.slice(middle));
      }
      if (isNewBatch) retries = -1;
      if (retries >= mapping.retriesMax) {
        return this.#discard(rest, 'RetryAttemptsExhausted', { invocations, result });
      }
      context.counters.retries += 1;
      await backOff(context, Math.max(retries, 0));
      if (context.isStopped()) return;
    }
  }

  /** Drops what the stream no longer has and discards what is past the mapping's age. */
  async #withoutOld(
    records: readonly KinesisRecord[],
    tried: { invocations: number; result: InvocationResult | undefined },
  ): Promise<readonly KinesisRecord[]> {
    const { context, mapping } = this.#options;
    const { firstIndex } = this.#shard();
    const kept = records.filter(({ index }) => index >= firstIndex);
    context.counters.expired += records.length - kept.length;
    const oldestMs = context.clock.now() - mapping.ageMsMax;
    const old = kept.filter(({ arrivedAtMs }) => arrivedAtMs < oldestMs);
    if (old.length === 0) return kept;
    await this.#discard(old, 'RecordAgeExceeded', tried);
    return kept.filter(({ arrivedAtMs }) => arrivedAtMs >= oldestMs);
  }

  async #discard(
    records: readonly KinesisRecord[],
    condition: 'RetryAttemptsExhausted' | 'RecordAgeExceeded',
    tried: { invocations: number; result: InvocationResult | undefined },
  ): Promise<void> {
    const { context, mapping, shardId } = this.#options;
    context.counters.discarded += records.length;
    const targetArn = mapping.onFailureArn;
    if (targetArn === undefined) return;
    const message = discardedBatchMessage(
      {
        records,
        condition,
        ...tried,
        mappingId: mapping.id,
        functionArn: context.functionArn,
        shardId,
        streamArn: this.#streamArn,
        nowMs: context.clock.now(),
        event: this.#event(records),
      },
      targetArn,
    );
    await context.deliveries({ targetArn, roleArn: context.caller.roleArn, ...message });
  }

  #event(records: readonly KinesisRecord[]) {
    const { context, shardId } = this.#options;
    const { caller, region } = context;
    return kinesisEvent(records, { shardId, streamArn: this.#streamArn, roleArn: caller.roleArn, region });
  }

  #shard() {
    const { kinesis, mapping, shardId } = this.#options;
    const found = kinesis.shards(mapping.streamName).find((shard) => shard.shardId === shardId);
    if (found === undefined) throw new Error(`stream ${mapping.streamName} has lost ${shardId}`);
    return found;
  }
}

function startIndex({ mapping, kinesis, shardId }: LaneOptions): number {
  const shard = kinesis.shards(mapping.streamName).find((view) => view.shardId === shardId);
  switch (mapping.start.kind) {
    case 'TRIM_HORIZON':
      return shard?.firstIndex ?? 0;
    case 'LATEST':
      return shard?.nextIndex ?? 0;
    case 'AT_TIMESTAMP':
      return kinesis.indexAt(mapping.streamName, shardId, mapping.start.atMs);
    default:
      return mapping.start satisfies never;
  }
}

function passes({ patterns }: KinesisMapping, record: KinesisRecord): boolean {
  if (patterns.length === 0) return true;
  const view = filterView(record);
  return patterns.some((pattern) => matches(pattern, view));
}

/** Position of the first record that failed; the number of records when none did. */
function firstFailure(
  result: InvocationResult,
  records: readonly KinesisRecord[],
  reportsItemFailures: boolean,
): number {
  const ids = records.map(({ sequenceNumber }) => sequenceNumber);
  const failed = failedItems(result, ids, reportsItemFailures);
  if (failed === 'all') return 0;
  const first = ids.findIndex((id) => failed.has(id));
  return first < 0 ? records.length : first;
}
