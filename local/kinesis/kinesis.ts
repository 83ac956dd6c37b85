import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Listening } from '../aws/http';
import { jsonProtocol } from '../aws/json-protocol';
import { partitionOf } from '../aws/partition';
import type { Clock } from '../clock';
import { CustomerKey } from './customer-key';
import { listenHttp1And2 } from './http1-and-2';
import { kinesisOperations } from './operations';
import type { KinesisRecord, Shard } from './shard';
import { type RecordToPut, Stream, type StreamSettings, sizeBytes } from './stream';
import { type ShardLimits, Throughput } from './throughput';

export interface KinesisOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  readonly region: string;
  readonly accountId: string;
  /** What a shard takes per second (`awsShardLimits`); absent: anything. */
  readonly shardLimits?: ShardLimits;
}

export interface ShardView {
  readonly shardId: string;
  /** Index of the oldest record still kept. */
  readonly firstIndex: number;
  /** Index the next record will get: reading after `nextIndex - 1` is `LATEST`. */
  readonly nextIndex: number;
}

export interface StreamConsumer {
  readonly name: string;
  readonly arn: string;
  readonly streamName: string;
  readonly createdAtMs: number;
}

export interface KeptRecord {
  readonly shardId: string;
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  readonly data: Buffer;
  readonly arrivedAtMs: number;
}

/**
 * Kinesis Data Streams in memory: retention on the virtual clock, limits of a record and of a call, consumers as
 * facts, encryption as a permission that callers need. Resharding and `SubscribeToShard` over HTTP are not modelled.
 */
export class Kinesis {
  readonly key: CustomerKey;
  readonly #streams = new Map<string, Stream>();
  readonly #consumers = new Map<string, StreamConsumer>();
  readonly #listeners = new Map<string, Set<(shardId: string) => void>>();
  readonly #throughput: Throughput;

  constructor(readonly options: KinesisOptions) {
    this.#throughput = new Throughput(options.clock, options.shardLimits);
    this.key = new CustomerKey({
      ...options,
      service: 'kinesis',
      refusalCode: 'KMSAccessDeniedException',
    });
  }

  /** Serves the JSON protocol on one port, over HTTP/1.1 and (as SDK clients speak to Kinesis) HTTP/2. */
  listen(): Promise<Listening> {
    return listenHttp1And2(
      jsonProtocol({
        service: 'kinesis',
        version: '1.1',
        operations: kinesisOperations(this),
        credentials: this.options.credentials,
        clock: this.options.clock,
      }),
    );
  }

  createStream(settings: StreamSettings): Stream {
    if (this.#streams.has(settings.name)) {
      throw new AwsError(
        'ResourceInUseException',
        `Stream ${settings.name} under account ${this.options.accountId} already exists.`,
      );
    }
    const stream = new Stream(this.streamArn(settings.name), settings, this.options.clock.now());
    this.#streams.set(settings.name, stream);
    return stream;
  }

  streamArn(name: string): string {
    return `arn:${partitionOf(this.options.region)}:kinesis:${this.options.region}:${this.options.accountId}:stream/${name}`;
  }

  streamNames(): readonly string[] {
    return [...this.#streams.keys()].sort();
  }

  /** Throws `ResourceNotFoundException`. */
  stream(name: string): Stream {
    const stream = this.#streams.get(name);
    if (stream === undefined) {
      throw new AwsError(
        'ResourceNotFoundException',
        `Stream ${name} under account ${this.options.accountId} not found.`,
      );
    }
    stream.expire(this.options.clock.now());
    return stream;
  }

  /** ARN of the customer key whose `kms:Decrypt` a reader of the stream needs. */
  keyArn(streamName: string): string | undefined {
    return this.key.arn(this.stream(streamName).settings.keyId);
  }

  /** Throws `ProvisionedThroughputExceededException` when the shard is full for this second. */
  put(stream: Stream, record: RecordToPut): { shardId: string; sequenceNumber: string } {
    const shard = stream.shardFor(record);
    if (!this.#throughput.admits(shard, sizeBytes(record))) {
      throw new AwsError(
        'ProvisionedThroughputExceededException',
        `Rate exceeded for shard ${shard.id} in stream ${stream.settings.name} under account ${this.options.accountId}.`,
      );
    }
    const { sequenceNumber } = stream.append(shard, record, this.options.clock.now());
    for (const listener of this.#listeners.get(stream.settings.name) ?? []) listener(shard.id);
    return { shardId: shard.id, sequenceNumber };
  }

  shards(streamName: string): readonly ShardView[] {
    return this.stream(streamName).shards.map(({ id, firstIndex, nextIndex }) => ({
      shardId: id,
      firstIndex,
      nextIndex,
    }));
  }

  /** At most `limit` records whose index is greater than `afterIndex`; -1 reads from the oldest (`TRIM_HORIZON`). */
  read(streamName: string, shardId: string, afterIndex: number, limit: number): readonly KinesisRecord[] {
    return this.shard(this.stream(streamName), shardId).slice(afterIndex + 1, limit);
  }

  /** Index of the first record that arrived at `ms` or later; the shard's `nextIndex` when none did. */
  indexAt(streamName: string, shardId: string, ms: number): number {
    return this.shard(this.stream(streamName), shardId).firstWhere((record) => record.arrivedAtMs >= ms);
  }

  /** Calls `listener` with the shard after each record. Returns how to stop. */
  onRecord(streamName: string, listener: (shardId: string) => void): () => void {
    const listeners = this.#listeners.get(streamName) ?? new Set();
    this.#listeners.set(streamName, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Every record that the stream still holds, decoded. */
  dump(streamName: string): readonly KeptRecord[] {
    return this.stream(streamName).shards.flatMap((shard) =>
      shard.slice(shard.firstIndex, Number.POSITIVE_INFINITY).map((record) => ({
        shardId: shard.id,
        sequenceNumber: record.sequenceNumber,
        partitionKey: record.partitionKey,
        data: Buffer.from(record.data, 'base64'),
        arrivedAtMs: record.arrivedAtMs,
      })),
    );
  }

  /** Throws `ResourceInUseException` for a name that the stream already has. */
  registerConsumer(streamName: string, name: string): StreamConsumer {
    const arn = this.consumerArn(streamName, name);
    if (this.#consumers.has(arn)) {
      throw new AwsError(
        'ResourceInUseException',
        `Consumer ${name} of stream ${streamName} already exists.`,
      );
    }
    const { settings } = this.stream(streamName);
    const consumer = { name, arn, streamName: settings.name, createdAtMs: this.options.clock.now() };
    this.#consumers.set(arn, consumer);
    return consumer;
  }

  /** A stream's consumers, registered once each: the `:1` stands for the creation time that AWS puts there. */
  consumerArn(streamName: string, name: string): string {
    return `${this.streamArn(streamName)}/consumer/${name}:1`;
  }

  consumer(arn: string): StreamConsumer | undefined {
    return this.#consumers.get(arn);
  }

  consumers(streamName: string): readonly StreamConsumer[] {
    return [...this.#consumers.values()].filter((consumer) => consumer.streamName === streamName);
  }

  deregisterConsumer(arn: string): void {
    this.#consumers.delete(arn);
  }

  /** Throws `ResourceNotFoundException`. */
  shard(stream: Stream, shardId: string): Shard {
    const shard = stream.shard(shardId);
    if (shard !== undefined) return shard;
    throw new AwsError(
      'ResourceNotFoundException',
      `Shard ${shardId} in stream ${stream.settings.name} under account ${this.options.accountId} does not exist.`,
    );
  }

  authorize(caller: Caller, action: string, resource: string): void {
    this.options.authorize({ caller, action, resource, context: { 'aws:SecureTransport': 'true' } });
  }
}
