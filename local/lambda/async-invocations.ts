import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { Deliveries } from './deliveries';
import type { Outcome } from './execution-environment';
import type { FunctionSpec } from './function-spec';

/** `AWS::Lambda::EventInvokeConfig`. */
export interface AsyncSettings {
  /** Retries after the first try, 0 to 2. */
  readonly retriesMax: number;
  readonly ageSecondsMax: number;
  readonly onFailureArn: string | undefined;
  readonly onSuccessArn: string | undefined;
}

export interface AsyncInvocationsOptions {
  readonly clock: Clock;
  readonly deliveries: Deliveries;
  readonly run: (functionArn: string, payload: unknown, requestId: string) => Promise<Outcome>;
  readonly specOf: (functionArn: string) => FunctionSpec;
  /** Real time before each retry. */
  readonly retryDelaysMs: readonly number[];
}

const defaults: AsyncSettings = {
  retriesMax: 2,
  ageSecondsMax: 21_600,
  onFailureArn: undefined,
  onSuccessArn: undefined,
};

/** Real time between tries of a throttled event; throttling uses up age, not retries. */
const throttleDelayMs = 100;

interface Ending {
  readonly condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded';
  readonly tries: number;
  readonly outcome: Outcome | undefined;
}

/** Lambda's asynchronous invocation: at least once, two retries, then destination and dead-letter queue. */
export class AsyncInvocations {
  /** What a destination or dead-letter queue would not take: lost, as in the cloud, but told here. */
  readonly undelivered: { targetArn: string; reason: string }[] = [];
  readonly #options: AsyncInvocationsOptions;
  readonly #settings = new Map<string, AsyncSettings>();
  readonly #running = new Set<Promise<void>>();
  #isStopped = false;

  constructor(options: AsyncInvocationsOptions) {
    this.#options = options;
  }

  configure(functionArn: string, settings: AsyncSettings): void {
    this.#settings.set(functionArn, settings);
  }

  /** Takes an event; `done` resolves when it has succeeded or been given up. */
  accept(
    functionArn: string,
    payload: unknown,
  ): { readonly requestId: string; readonly done: Promise<void> } {
    const requestId = randomUUID();
    const done = this.#carryOut(functionArn, payload, requestId).finally(() => this.#running.delete(done));
    this.#running.add(done);
    return { requestId, done };
  }

  get pending(): number {
    return this.#running.size;
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  stop(): void {
    this.#isStopped = true;
  }

  async #carryOut(functionArn: string, payload: unknown, requestId: string): Promise<void> {
    const settings = this.#settings.get(this.#options.specOf(functionArn).arn) ?? defaults;
    const ending = await this.#tryUntilOver(functionArn, payload, requestId, settings);
    if (this.#isStopped) return;
    const spec = this.#options.specOf(functionArn);
    const isFailure = ending.condition !== 'Success';
    const record = JSON.stringify(this.#record(functionArn, payload, requestId, ending));
    await this.#deliver(isFailure ? settings.onFailureArn : settings.onSuccessArn, spec, requestId, record);
    if (isFailure) {
      await this.#deliver(spec.deadLetterArn, spec, requestId, JSON.stringify(payload), {
        RequestID: requestId,
        ErrorCode: '200',
        ErrorMessage: (ending.outcome?.kind === 'error' ? ending.outcome.error.errorMessage : '').slice(
          0,
          1024,
        ),
      });
    }
  }

  async #tryUntilOver(
    functionArn: string,
    payload: unknown,
    requestId: string,
    { retriesMax, ageSecondsMax }: AsyncSettings,
  ): Promise<Ending> {
    const { clock, run, retryDelaysMs } = this.#options;
    const deadlineMs = clock.now() + ageSecondsMax * 1000;
    let tries = 0;
    let outcome: Outcome | undefined;
    while (!this.#isStopped) {
      if (clock.now() > deadlineMs) break;
      const tried = await unlessThrottled(run(functionArn, payload, requestId));
      if (tried === 'throttled') {
        await realTime(throttleDelayMs);
        continue;
      }
      outcome = tried;
      tries += 1;
      if (outcome.kind === 'answer') return { condition: 'Success', tries, outcome };
      if (tries > retriesMax) return { condition: 'RetriesExhausted', tries, outcome };
      await realTime(retryDelaysMs[tries - 1] ?? 0);
    }
    return { condition: 'EventAgeExceeded', tries, outcome };
  }

  /** Source: "Capturing records of Lambda asynchronous invocations", Lambda developer guide. */
  #record(
    functionArn: string,
    payload: unknown,
    requestId: string,
    { condition, tries, outcome }: Ending,
  ): object {
    const error = outcome?.kind === 'error' ? outcome.error : undefined;
    const responsePayload = outcome?.kind === 'answer' ? JSON.parse(outcome.payload) : error;
    return {
      version: '1.0',
      timestamp: new Date(this.#options.clock.now()).toISOString(),
      requestContext: {
        requestId,
        functionArn: `${this.#options.specOf(functionArn).arn}:$LATEST`,
        condition,
        approximateInvokeCount: tries,
      },
      requestPayload: payload,
      responseContext: {
        statusCode: 200,
        executedVersion: '$LATEST',
        ...(error === undefined ? {} : { functionError: 'Unhandled' }),
      },
      ...(responsePayload === undefined ? {} : { responsePayload }),
    };
  }

  async #deliver(
    targetArn: string | undefined,
    spec: FunctionSpec,
    requestId: string,
    body: string,
    attributes?: Record<string, string>,
  ): Promise<void> {
    if (targetArn === undefined) return;
    const at = new Date(this.#options.clock.now()).toISOString();
    const objectKey = `aws/lambda/async/${spec.name}/${at.slice(0, 10).replaceAll('-', '/')}/${at.slice(0, 19).replaceAll(':', '.')}-${requestId}`;
    const optional = attributes === undefined ? {} : { attributes };
    try {
      await this.#options.deliveries({ targetArn, roleArn: spec.roleArn, body, objectKey, ...optional });
    } catch (error) {
      this.undelivered.push({ targetArn, reason: error instanceof Error ? error.message : String(error) });
    }
  }
}

async function unlessThrottled(running: Promise<Outcome>): Promise<Outcome | 'throttled'> {
  try {
    return await running;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'TooManyRequestsException') return 'throttled';
    const errorMessage = error instanceof Error ? error.message : String(error);
    return { kind: 'error', error: { errorType: 'ServiceException', errorMessage, trace: [] } };
  }
}

const realTime = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
