import type { Authorize, Caller } from '../aws/caller';
import type { Clock } from '../clock';
import type { Deliveries } from '../lambda/deliveries';
import { type IssueCredentials, lambdaPrincipal } from '../lambda/function-spec';
import type { InvocationResult } from '../lambda/invoke';
import { KinesisLane, type KinesisPort } from './kinesis-lane';
import type { KinesisMapping, Mapping, SqsMapping } from './mapping';
import { type Counters, defaultTiming, newCounters, type PollerContext, sumOf, type Timing } from './poller';
import { SqsPoller, type SqsPort } from './sqs-poller';
import { Wakeup } from './wakeup';

/** What event sources need of the Lambda runtime. */
export interface FunctionsPort {
  configuration(nameOrArn: string): {
    readonly arn: string;
    readonly roleArn: string;
    readonly timeoutSeconds: number;
  };
  /** Lambda's own invocation, which needs no permission. Throws `TooManyRequestsException` when throttled. */
  invokeUnchecked(functionArn: string, payload: unknown): Promise<InvocationResult>;
}

export interface EventSourcesOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly functions: FunctionsPort;
  readonly kinesis: KinesisPort;
  readonly sqs: SqsPort;
  readonly iam: { readonly authorize: Authorize; readonly issueCredentials: IssueCredentials };
  readonly deliveries: Deliveries;
  readonly timing?: Partial<Timing>;
}

export interface MappingState {
  readonly mapping: Mapping;
  readonly counters: Counters;
  /** Why it stands still, if it does. */
  readonly problem: string | undefined;
}

interface Running {
  readonly mapping: Mapping;
  readonly counters: Counters;
  readonly context: PollerContext;
  readonly pollers: readonly (KinesisLane | SqsPoller)[];
  readonly unlisten: () => void;
  problem: string | undefined;
}

/** Real time that a stop gives to batches in hand; after it their functions are cut off by whoever stops those. */
const stopWaitMs = 5_000;

/** Real time between two looks at whether all is drained. */
const idleStepMs = 10;

/** Lambda's event source mappings: reads streams and queues as each function's role and invokes the function. */
export class EventSources {
  readonly #options: EventSourcesOptions;
  readonly #mappings = new Map<string, Running>();
  readonly #loops: Promise<void>[] = [];
  readonly #stopping = new Wakeup();
  #isStarted = false;
  #isStopped = false;

  constructor(options: EventSourcesOptions) {
    this.#options = options;
  }

  /** Registers a mapping: `LATEST` is what comes from now on. Throws where AWS would refuse to create it. */
  add(mapping: Mapping): void {
    const { arn, roleArn, timeoutSeconds } = this.#options.functions.configuration(mapping.functionName);
    if (mapping.kind === 'sqs') this.#requireVisibility(mapping, timeoutSeconds);
    const { accessKeyId } = this.#options.iam.issueCredentials(roleArn, 'awslambda', lambdaPrincipal);
    const counters = newCounters();
    const wakeup = new Wakeup();
    const functionArn = mapping.functionName.startsWith('arn:') ? mapping.functionName : arn;
    const context: PollerContext = {
      clock: this.#options.clock,
      region: this.#options.region,
      timing: { ...defaultTiming, ...this.#options.timing },
      authorize: this.#options.iam.authorize,
      caller: { accessKeyId, roleArn },
      functionArn,
      invoke: (payload) => this.#options.functions.invokeUnchecked(functionArn, payload),
      deliveries: this.#options.deliveries,
      counters,
      wakeup,
      stopping: this.#stopping,
      report: (problem) => {
        running.problem = problem;
      },
      isStopped: () => this.#isStopped,
    };
    const running: Running = {
      mapping,
      counters,
      context,
      pollers: this.#pollers(mapping, context),
      unlisten: this.#listen(mapping, wakeup),
      problem: undefined,
    };
    this.#mappings.set(mapping.id, running);
    if (this.#isStarted) this.#start(running);
  }

  /** Begins to read. Throws when a function's role may not read its source, as AWS refuses such a mapping. */
  start(): void {
    this.#isStarted = true;
    for (const running of this.#mappings.values()) this.#start(running);
  }

  states(): readonly MappingState[] {
    return [...this.#mappings.values()];
  }

  /** Of the mappings with this UUID, logical id, function name or function ARN, added up. */
  counters(reference: string): Counters {
    const found = [...this.#mappings.values()].filter(({ mapping, context }) =>
      [mapping.id, mapping.logicalId, mapping.functionName, context.functionArn].includes(reference),
    );
    if (found.length === 0) throw new Error(`there is no event source mapping ${reference}`);
    return sumOf(found.map(({ counters }) => counters));
  }

  get isDrained(): boolean {
    return [...this.#mappings.values()].every(({ pollers }) => pollers.every(({ isDrained }) => isDrained));
  }

  /**
   * Resolves when every stream and queue is read to its end and every batch is done with. Polls and windows are not
   * waited for in full. Throws after `timeoutMs` of real time, naming what is left and why.
   */
  async idle(timeoutMs = 60_000): Promise<void> {
    for (const endsAt = performance.now() + timeoutMs; !this.isDrained; ) {
      if (performance.now() > endsAt) throw new Error(`event sources are not drained: ${this.#left()}`);
      this.wake();
      await new Promise((resolve) => setTimeout(resolve, idleStepMs));
    }
  }

  /** Looks at once at everything; call it after the virtual clock moved, which makes windows and messages due. */
  wake(): void {
    for (const { context } of this.#mappings.values()) context.wakeup.wake();
  }

  /** Ends reading after the batches in hand, or some seconds at the latest. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    for (const { unlisten } of this.#mappings.values()) unlisten();
    this.wake();
    this.#stopping.wake();
    const waiting = new Wakeup();
    await Promise.race([Promise.all(this.#loops), waiting.wait(stopWaitMs)]);
    waiting.wake();
  }

  #start({ mapping, context, pollers }: Running): void {
    this.#requireReadable(mapping, context.caller);
    for (const poller of pollers) this.#loops.push(poller.run());
  }

  #pollers(mapping: Mapping, context: PollerContext): (KinesisLane | SqsPoller)[] {
    const { kinesis, sqs } = this.#options;
    if (mapping.kind === 'sqs') return [new SqsPoller({ mapping, context, sqs })];
    return kinesis
      .shards(mapping.streamName)
      .flatMap(({ shardId }) =>
        Array.from(
          { length: mapping.parallelizationFactor },
          (_, lane) => new KinesisLane({ mapping, context, kinesis, shardId, lane }),
        ),
      );
  }

  /** Without enhanced fan-out nobody tells Lambda of a record: it finds it at its next poll. */
  #listen(mapping: Mapping, wakeup: Wakeup): () => void {
    const { kinesis, sqs } = this.#options;
    if (mapping.kind === 'sqs') return sqs.onMessage(mapping.queueArn, () => wakeup.wake());
    if (mapping.consumerArn === undefined) return () => undefined;
    return kinesis.onRecord(mapping.streamName, () => wakeup.wake());
  }

  #requireReadable(mapping: Mapping, caller: Caller): void {
    for (const { action, resource } of this.#needs(mapping)) {
      try {
        this.#options.iam.authorize({ caller, action, resource });
      } catch (cause) {
        throw new Error(
          `event source mapping ${mapping.logicalId}: its function may not ${action} ${resource}`,
          {
            cause,
          },
        );
      }
    }
  }

  #needs(mapping: Mapping): { action: string; resource: string }[] {
    if (mapping.kind === 'sqs') {
      return ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => ({
        action,
        resource: mapping.queueArn,
      }));
    }
    return kinesisNeeds(mapping, this.#options.kinesis.streamArn(mapping.streamName));
  }

  #requireVisibility(mapping: SqsMapping, timeoutSeconds: number): void {
    const { visibilityTimeoutSeconds } = this.#options.sqs.queue(mapping.queueArn).settings;
    if (visibilityTimeoutSeconds >= timeoutSeconds) return;
    throw new Error(
      `event source mapping ${mapping.logicalId}: Queue visibility timeout: ${visibilityTimeoutSeconds} seconds is less than Function timeout: ${timeoutSeconds} seconds`,
    );
  }

  #left(): string {
    return [...this.#mappings.values()]
      .filter(({ pollers }) => pollers.some(({ isDrained }) => !isDrained))
      .map(({ mapping, problem, pollers }) => {
        const where = pollers.filter(({ isDrained }) => !isDrained).map(({ position }) => position);
        return `${mapping.logicalId} (${where.join('; ')}${problem === undefined ? '' : `: ${problem}`})`;
      })
      .join(', ');
  }
}

function kinesisNeeds({ consumerArn }: KinesisMapping, streamArn: string) {
  const onStream = [
    'kinesis:DescribeStream',
    'kinesis:GetShardIterator',
    'kinesis:GetRecords',
    'kinesis:ListShards',
  ];
  const onConsumer = ['kinesis:DescribeStreamConsumer', 'kinesis:SubscribeToShard'];
  return [
    ...onStream.map((action) => ({ action, resource: streamArn })),
    ...(consumerArn === undefined ? [] : onConsumer.map((action) => ({ action, resource: consumerArn }))),
  ];
}
