import { AwsError } from '../aws/errors';
import type { ExecutionEnvironment, Outcome, Work } from './execution-environment';

export interface PoolOptions {
  /** Processes at once. */
  readonly environmentsMax: number;
  /** Calls at once, running and waiting; one more is throttled. */
  readonly callsMax: number;
  readonly create: () => ExecutionEnvironment;
  /** False for one that must not be used again (its credentials are over). */
  readonly isFit: (environment: ExecutionEnvironment) => boolean;
}

/** The processes of one function: made when needed, kept when idle, replaced when over. */
export class FunctionPool {
  readonly #options: PoolOptions;
  readonly #idle: ExecutionEnvironment[] = [];
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #retired = new WeakSet<ExecutionEnvironment>();
  readonly #waiting: (() => void)[] = [];
  #calls = 0;
  #isStopped = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Runs one invocation. Throws `TooManyRequestsException` when `callsMax` are under way. */
  async run(work: Work): Promise<Outcome> {
    if (this.#calls >= this.#options.callsMax) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    this.#calls += 1;
    try {
      const environment = await this.#take();
      try {
        return await environment.run(work);
      } finally {
        this.#giveBack(environment);
      }
    } finally {
      this.#calls -= 1;
    }
  }

  /** The processes at work. An idle one is frozen, as in the cloud: its next call tells it the time. */
  busy(): readonly ExecutionEnvironment[] {
    return [...this.#busy];
  }

  /** Ends a busy process as a crash would. False when none is busy. */
  killBusy(): boolean {
    const [victim] = this.#busy;
    victim?.stop();
    return victim !== undefined;
  }

  /** No process of now serves another call: idle ones end at once, busy ones after what they do. */
  recycle(): void {
    for (const environment of this.#idle.splice(0)) environment.stop();
    for (const environment of this.#busy) this.#retired.add(environment);
  }

  /** Ends every process. What waits fails, and so does every later call. */
  stop(): void {
    this.#isStopped = true;
    for (const environment of [...this.#idle, ...this.#busy]) environment.stop();
    this.#idle.length = 0;
  }

  async #take(): Promise<ExecutionEnvironment> {
    while (this.#busy.size >= this.#options.environmentsMax) {
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
    if (this.#isStopped) throw new AwsError('ServiceException', 'the local runtime has stopped', 500);
    let environment = this.#idle.pop();
    while (environment !== undefined && (environment.isOver || !this.#options.isFit(environment))) {
      environment.stop();
      environment = this.#idle.pop();
    }
    environment ??= this.#options.create();
    this.#busy.add(environment);
    return environment;
  }

  #giveBack(environment: ExecutionEnvironment): void {
    this.#busy.delete(environment);
    if (this.#retired.has(environment)) environment.stop();
    if (!environment.isOver) this.#idle.push(environment);
    this.#waiting.shift()?.();
  }
}
