import { randomBytes } from 'node:crypto';
import type { Authorize } from '../aws/caller';
import { partitionOf } from '../aws/partition';
import type { Clock } from '../clock';
import type { LogSink } from '../logs/log-sink';
import { realNowMs } from './child/virtual-date';
import { ExecutionEnvironment } from './execution-environment';
import {
  childEnvironment,
  type FunctionSpec,
  type IssueCredentials,
  type IssuedCredentials,
  lambdaPrincipal,
} from './function-spec';

export interface EnvironmentFactoryOptions {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
  readonly iam: { readonly issueCredentials: IssueCredentials; readonly authorize: Authorize };
  readonly environment: (credentials: IssuedCredentials) => Record<string, string>;
  readonly logs: LogSink;
  /** The file that a child runs. */
  readonly program: string;
}

/** Real time to load a handler: models and WebAssembly on a busy machine. */
const startTimeoutMs = 60_000;

/** Makes the processes of functions: fresh credentials of the role, a log stream, the virtual time. */
export class EnvironmentFactory {
  readonly #options: EnvironmentFactoryOptions;
  readonly #expiry = new WeakMap<ExecutionEnvironment, number>();

  constructor(options: EnvironmentFactoryOptions) {
    this.#options = options;
  }

  create(spec: FunctionSpec): ExecutionEnvironment {
    const { iam, clock, region, environment: endpoints, program } = this.#options;
    const credentials = iam.issueCredentials(spec.roleArn, spec.name, lambdaPrincipal);
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll('-', '/');
    const logStream = `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
    const environment = new ExecutionEnvironment({
      spec,
      program,
      variables: childEnvironment(spec, { aws: endpoints(credentials), region, logStream }),
      clockOffsetMs: () => this.clockOffsetMs(),
      onLine: this.#logWriter(spec, logStream, credentials),
      startTimeoutMs,
    });
    if (credentials.expiresAtMs !== undefined) this.#expiry.set(environment, credentials.expiresAtMs);
    return environment;
  }

  /** False once its credentials are over. */
  isFit(environment: ExecutionEnvironment): boolean {
    return (this.#expiry.get(environment) ?? Number.POSITIVE_INFINITY) > this.#options.clock.now();
  }

  /** How far the virtual clock is ahead of the real one; a child adds it to its own. */
  clockOffsetMs(): number {
    return this.#options.clock.now() - realNowMs();
  }

  /** Without permission for its log group a function runs, and its lines are lost, as in the cloud. */
  #logWriter(spec: FunctionSpec, stream: string, { accessKeyId }: IssuedCredentials): (line: string) => void {
    const { iam, logs, clock, region, accountId } = this.#options;
    const group = spec.logGroup;
    try {
      iam.authorize({
        caller: { accessKeyId, roleArn: spec.roleArn },
        action: 'logs:PutLogEvents',
        resource: `arn:${partitionOf(region)}:logs:${region}:${accountId}:log-group:${group}:log-stream:${stream}`,
      });
    } catch (error) {
      logs.lose({
        group,
        roleArn: spec.roleArn,
        reason: error instanceof Error ? error.message : String(error),
      });
      return () => undefined;
    }
    return (line) => logs.write({ group, stream, atMs: clock.now(), line });
  }
}
