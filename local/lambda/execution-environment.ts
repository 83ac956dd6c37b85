import { type ChildProcess, fork } from 'node:child_process';
import type { Readable } from 'node:stream';
import { endOfOutput, type FromChild, type FunctionError, type ToChild } from './child/messages';
import type { FunctionSpec } from './function-spec';
import { onLines } from './output-lines';

export interface EnvironmentOptions {
  readonly spec: FunctionSpec;
  readonly program: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly clockOffsetMs: () => number;
  readonly onLine: (line: string) => void;
  /** Real time until the handler is loaded. */
  readonly startTimeoutMs: number;
}

export interface Work {
  readonly requestId: string;
  readonly functionArn: string;
  readonly payload: string;
  readonly timeoutMs: number;
  readonly traceId: string;
}

export type Outcome =
  | { readonly kind: 'answer'; readonly payload: string }
  | { readonly kind: 'error'; readonly error: FunctionError };

/** Real time to wait for the last output of an invocation once its answer is there. */
const outputWaitMs = 1_000;

/**
 * One process of one function, one invocation at a time. It is over after a time-out, a crash or `stop`; `isOver` says
 * so and the pool makes another.
 */
export class ExecutionEnvironment {
  readonly #options: EnvironmentOptions;
  readonly #child: ChildProcess;
  readonly #started: Promise<FunctionError | undefined>;
  #isOver = false;
  #outputEnded: { requestId: string; streamsLeft: number; resolve: () => void } | undefined;

  constructor(options: EnvironmentOptions) {
    this.#options = options;
    this.#child = fork(options.program, [], {
      cwd: options.spec.taskRoot,
      env: { ...options.variables },
      execArgv: [],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.#child.once('exit', () => {
      this.#isOver = true;
    });
    // A process that is gone cannot be written to; `exit` tells the rest.
    this.#child.on('error', () => undefined);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream !== null) this.#readLines(stream);
    }
    this.#started = this.#start();
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /** Runs the handler once. Always resolves: a time-out, a crash and a failed start are outcomes. */
  async run(work: Work): Promise<Outcome> {
    const failed = await this.#started;
    if (failed !== undefined) return { kind: 'error', error: failed };
    const outputEnded = this.#expectEndOfOutput(work.requestId);
    this.#send({ kind: 'invoke', ...work, clockOffsetMs: this.#options.clockOffsetMs() });
    const outcome = await this.#outcomeOf(work);
    await within(outputWaitMs, outputEnded);
    return outcome;
  }

  moveClock(clockOffsetMs: number): void {
    this.#send({ kind: 'clock', clockOffsetMs });
  }

  stop(): void {
    this.#isOver = true;
    this.#child.kill('SIGKILL');
  }

  async #start(): Promise<FunctionError | undefined> {
    const { taskRoot, handler, logFormat } = this.#options.spec;
    const answered = this.#next(
      (message) => message.kind === 'ready' || message.kind === 'failed-to-start',
      this.#options.startTimeoutMs,
    );
    const clockOffsetMs = this.#options.clockOffsetMs();
    this.#send({ kind: 'start', taskRoot, handler, logFormat, clockOffsetMs });
    const message = await answered;
    switch (message.kind) {
      case 'ready':
        return undefined;
      case 'failed-to-start':
        this.stop();
        return message.error;
      case 'exited':
        return exitError('', message.cause);
      default:
        this.stop();
        return {
          errorType: 'Sandbox.Timedout',
          errorMessage: 'the function did not start in time',
          trace: [],
        };
    }
  }

  async #outcomeOf({ requestId, timeoutMs }: Work): Promise<Outcome> {
    const message = await this.#next(
      (told) => (told.kind === 'answer' || told.kind === 'error') && told.requestId === requestId,
      timeoutMs,
    );
    switch (message.kind) {
      case 'answer':
        return { kind: 'answer', payload: message.payload };
      case 'error':
        return { kind: 'error', error: message.error };
      case 'exited':
        this.#endOutput();
        return { kind: 'error', error: exitError(requestId, message.cause) };
      default: {
        this.stop();
        this.#endOutput();
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`;
        this.#options.onLine(`${requestId} Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`);
        return { kind: 'error', error: { errorType: 'Sandbox.Timedout', errorMessage, trace: [] } };
      }
    }
  }

  /** The next message that fits, or that the process ended, or that the time is over. */
  #next(
    fits: (message: FromChild) => boolean,
    timeoutMs: number,
  ): Promise<FromChild | { kind: 'exited'; cause: string } | { kind: 'timed-out' }> {
    const child = this.#child;
    return new Promise((resolve) => {
      const settle = (message: FromChild | { kind: 'exited'; cause: string } | { kind: 'timed-out' }) => {
        clearTimeout(timer);
        child.off('message', onMessage);
        child.off('exit', onExit);
        resolve(message);
      };
      const onMessage = (message: FromChild) => {
        if (fits(message)) settle(message);
      };
      const onExit = (code: number | null, signal: string | null) =>
        settle({ kind: 'exited', cause: signal === null ? `exit status ${code}` : `signal: ${signal}` });
      const timer = setTimeout(() => settle({ kind: 'timed-out' }), timeoutMs);
      child.on('message', onMessage);
      child.once('exit', onExit);
      if (child.exitCode !== null || child.signalCode !== null) onExit(child.exitCode, child.signalCode);
    });
  }

  #send(message: ToChild): void {
    if (!this.#isOver && this.#child.connected) this.#child.send(message, () => undefined);
  }

  #readLines(stream: Readable): void {
    onLines(stream, (line) => {
      const ending = this.#outputEnded;
      if (ending !== undefined && line === endOfOutput(ending.requestId)) {
        ending.streamsLeft -= 1;
        if (ending.streamsLeft === 0) this.#endOutput();
        return;
      }
      if (line !== '' && !line.startsWith(endOfOutput(''))) this.#options.onLine(line);
    });
  }

  #expectEndOfOutput(requestId: string): Promise<void> {
    return new Promise((resolve) => {
      this.#outputEnded = { requestId, streamsLeft: 2, resolve };
    });
  }

  #endOutput(): void {
    this.#outputEnded?.resolve();
    this.#outputEnded = undefined;
  }
}

function exitError(requestId: string, cause: string): FunctionError {
  const errorMessage = `RequestId: ${requestId} Error: Runtime exited with error: ${cause}`;
  return { errorType: 'Runtime.ExitError', errorMessage, trace: [] };
}

async function within(ms: number, promise: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
