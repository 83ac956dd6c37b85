import { randomBytes, randomUUID } from 'node:crypto';
import type { Authorize, Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { LogSink } from '../logs/log-sink';
import { AsyncInvocations, type AsyncSettings } from './async-invocations';
import { ChildProgram } from './child-program';
import type { Deliveries } from './deliveries';
import { EnvironmentFactory } from './environment-factory';
import type { Outcome } from './execution-environment';
import { FunctionPool } from './function-pool';
import {
  type FunctionSpec,
  type IssueCredentials,
  type IssuedCredentials,
  lambdaPrincipal,
} from './function-spec';
import type { Invocation, InvocationResult, InvokeFunction } from './invoke';
import { asyncPayloadBytesMax, payloadBytesMax, requireSize, resultOf, withinAnswerLimit } from './payloads';
import { type LambdaIam, lambdaTime, type Permission, ResourcePolicies } from './resource-policies';

export interface RuntimeIam extends LambdaIam {
  readonly issueCredentials: IssueCredentials;
  readonly authorize: Authorize;
}

export interface LambdaRuntimeOptions {
  readonly clock: Clock;
  readonly iam: RuntimeIam;
  /** Where AWS is for a holder of these credentials: keys and `AWS_ENDPOINT_URL_*`. */
  readonly environment: (credentials: IssuedCredentials) => Record<string, string>;
  readonly logs: LogSink;
  readonly region: string;
  readonly accountId: string;
  /** Where failed and successful asynchronous invocations go. */
  readonly deliveries: Deliveries;
  /** Processes per function without reserved concurrency. */
  readonly environmentsMax?: number;
  /** Real time before each retry of an asynchronous invocation; AWS waits one, then two minutes. */
  readonly asyncRetryDelaysMs?: readonly number[];
}

/** Told around every invocation; for tests that break things at a chosen moment. */
export type InvocationEvent =
  | {
      readonly phase: 'start';
      readonly functionName: string;
      readonly requestId: string;
      readonly payload: unknown;
    }
  | {
      readonly phase: 'end';
      readonly functionName: string;
      readonly requestId: string;
      readonly result: InvocationResult;
    };

/** Calls that wait for a process of a function without reserved concurrency. */
const callsMaxUnreserved = 1_000;

interface Registered {
  spec: FunctionSpec;
  revisionId: string;
  lastModified: string;
  readonly pool: FunctionPool;
}

/** Runs Lambda functions as processes of this machine, with the permissions, limits and failures that Lambda has. */
export class LambdaRuntime {
  readonly #options: LambdaRuntimeOptions;
  readonly #program = new ChildProgram();
  readonly #functions = new Map<string, Registered>();
  readonly #qualifiers = new Set<string>();
  readonly #environments: EnvironmentFactory;
  readonly #policies: ResourcePolicies;
  readonly #async: AsyncInvocations;
  readonly #hooks = new Set<(event: InvocationEvent) => void>();

  constructor(options: LambdaRuntimeOptions) {
    this.#options = options;
    this.#environments = new EnvironmentFactory({ ...options, program: this.#program.file });
    this.#policies = new ResourcePolicies(options.iam);
    this.#async = new AsyncInvocations({
      clock: options.clock,
      deliveries: options.deliveries,
      run: (functionArn, payload, requestId) => this.#run(functionArn, payload, requestId),
      specOf: (functionArn) => this.#registered(functionArn).spec,
      retryDelaysMs: options.asyncRetryDelaysMs ?? [100, 200],
    });
  }

  /** Where inline code is written. */
  get inlineFolder(): string {
    return this.#program.folder;
  }

  create(spec: FunctionSpec): void {
    // Also proves that the role exists and trusts Lambda, as creating a function does.
    this.#options.iam.issueCredentials(spec.roleArn, spec.name, lambdaPrincipal);
    const environmentsMax = this.#options.environmentsMax ?? 4;
    const registered: Registered = {
      spec,
      revisionId: randomUUID(),
      lastModified: lambdaTime(this.#options.clock),
      pool: new FunctionPool({
        environmentsMax: Math.min(spec.reservedConcurrency ?? environmentsMax, environmentsMax),
        callsMax: spec.reservedConcurrency ?? callsMaxUnreserved,
        create: () => this.#environments.create(registered.spec),
        isFit: (environment) => this.#environments.isFit(environment),
      }),
    };
    this.#functions.set(spec.name, registered);
  }

  /** A version or alias: `<function arn>:<qualifier>` can be invoked and runs the function's one code. */
  addQualifier(functionArn: string, qualifier: string): void {
    this.#qualifiers.add(`${functionArn}:${qualifier}`);
  }

  addPermission(permission: Permission): void {
    this.#policies.add(permission);
  }

  setAsyncSettings(functionArn: string, settings: AsyncSettings): void {
    this.#async.configure(this.#registered(functionArn).spec.arn, settings);
  }

  /** Synchronous, by a service, if the function's resource policy lets it. */
  readonly invoke: InvokeFunction = async (invocation) => {
    this.#requirePermission(invocation);
    return this.invokeUnchecked(invocation.functionArn, invocation.payload);
  };

  /** Asynchronous, by a service: accepted (or refused) at once, run with retries, then to destination or DLQ. */
  readonly invokeAsync = async (invocation: Invocation): Promise<void> => {
    this.#requirePermission(invocation);
    this.acceptAsync(invocation.functionArn, invocation.payload);
  };

  /** As `invokeAsync`, and resolves only when the event has succeeded or been given up. */
  async completeAsyncFor(invocation: Invocation): Promise<void> {
    this.#requirePermission(invocation);
    await this.completeAsync(invocation.functionArn, invocation.payload);
  }

  /** As `acceptAsync`, and resolves only when the event has succeeded or been given up. */
  async completeAsync(functionArn: string, payload: unknown): Promise<void> {
    await this.#accept(functionArn, payload).done;
  }

  /** Synchronous, by a role, if IAM lets it. */
  async invokeAs(caller: Caller, functionArn: string, payload: unknown): Promise<InvocationResult> {
    this.#options.iam.authorize({ caller, action: 'lambda:InvokeFunction', resource: functionArn });
    return this.invokeUnchecked(functionArn, payload);
  }

  /** Synchronous, by Lambda itself (event source mappings), which needs no permission. */
  async invokeUnchecked(functionArn: string, payload: unknown): Promise<InvocationResult> {
    requireSize(payload, payloadBytesMax);
    const outcome = await this.#run(functionArn, payload, randomUUID());
    return resultOf(outcome);
  }

  /** Takes an asynchronous invocation whose permission has been checked. Returns its request id. */
  acceptAsync(functionArn: string, payload: unknown): string {
    return this.#accept(functionArn, payload).requestId;
  }

  /** Resolves when no asynchronous invocation is under way. */
  idle(): Promise<void> {
    return this.#async.idle();
  }

  /** Destinations and dead-letter queues that would not take what they were sent. */
  get undelivered(): readonly { readonly targetArn: string; readonly reason: string }[] {
    return this.#async.undelivered;
  }

  get pendingAsync(): number {
    return this.#async.pending;
  }

  /** A function by name or ARN (qualified or not). Throws `ResourceNotFoundException`. */
  configuration(nameOrArn: string) {
    const { spec, revisionId, lastModified } = this.#registered(nameOrArn);
    return { ...spec, revisionId, lastModified };
  }

  functionNames(): readonly string[] {
    return [...this.#functions.keys()];
  }

  /** Changes a function's configuration. Processes of before serve no further call. */
  update(
    nameOrArn: string,
    change: Partial<Pick<FunctionSpec, 'variables' | 'timeoutSeconds' | 'memoryMb'>>,
    revisionId?: string,
  ): void {
    const registered = this.#registered(nameOrArn);
    if (revisionId !== undefined && revisionId !== registered.revisionId) {
      throw new AwsError(
        'PreconditionFailedException',
        'The RevisionId provided does not match the latest one.',
        412,
      );
    }
    registered.spec = { ...registered.spec, ...change };
    registered.revisionId = randomUUID();
    registered.lastModified = lambdaTime(this.#options.clock);
    registered.pool.recycle();
  }

  /** Kills a process of this function that is working, as a crash would. False when none is. */
  kill(nameOrArn: string): boolean {
    return this.#registered(nameOrArn).pool.killBusy();
  }

  /** Ends every process; the next calls start cold. */
  recycleAll(): void {
    for (const { pool } of this.#functions.values()) pool.recycle();
  }

  onInvoke(hook: (event: InvocationEvent) => void): () => void {
    this.#hooks.add(hook);
    return () => this.#hooks.delete(hook);
  }

  /** Tells the processes at work the new time; call it after the virtual clock moved. */
  clockMoved(): void {
    for (const { pool } of this.#functions.values()) {
      for (const environment of pool.busy()) environment.moveClock(this.#environments.clockOffsetMs());
    }
  }

  stop(): void {
    this.#async.stop();
    for (const { pool } of this.#functions.values()) pool.stop();
    this.#program.remove();
  }

  #accept(functionArn: string, payload: unknown) {
    requireSize(payload, asyncPayloadBytesMax);
    this.#registered(functionArn);
    return this.#async.accept(functionArn, payload);
  }

  #requirePermission({ functionArn, principal, sourceArn }: Invocation): void {
    if (this.#options.iam.allowsService(functionArn, principal, 'lambda:InvokeFunction', sourceArn)) return;
    throw new AwsError(
      'AccessDeniedException',
      `${principal} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no resource-based policy allows it for source ${sourceArn ?? '(none)'}`,
      403,
    );
  }

  async #run(functionArn: string, payload: unknown, requestId: string): Promise<Outcome> {
    const { spec, pool } = this.#registered(functionArn);
    this.#tell({ phase: 'start', functionName: spec.name, requestId, payload });
    const outcome = await pool.run({
      requestId,
      functionArn: functionArn.startsWith('arn:') ? functionArn : spec.arn,
      payload: JSON.stringify(payload) ?? 'null',
      timeoutMs: spec.timeoutSeconds * 1000,
      traceId: `Root=1-${hex(4)}-${hex(12)};Parent=${hex(8)};Sampled=0`,
    });
    const limited = withinAnswerLimit(outcome);
    this.#tell({ phase: 'end', functionName: spec.name, requestId, result: resultOf(limited) });
    return limited;
  }

  #registered(nameOrArn: string): Registered {
    const parts = nameOrArn.split(':');
    const name = nameOrArn.startsWith('arn:') ? parts[6] : parts[0];
    const found = this.#functions.get(name ?? '');
    const qualifier = nameOrArn.startsWith('arn:') ? parts[7] : parts[1];
    const isKnown =
      qualifier === undefined ||
      qualifier === '$LATEST' ||
      this.#qualifiers.has(`${found?.spec.arn}:${qualifier}`);
    if (found === undefined || !isKnown) {
      throw new AwsError('ResourceNotFoundException', `Function not found: ${nameOrArn}`, 404);
    }
    return found;
  }

  #tell(event: InvocationEvent): void {
    for (const hook of this.#hooks) hook(event);
  }
}

const hex = (bytes: number) => randomBytes(bytes).toString('hex');
