import { partitionOf } from './aws/partition';
import type { IssuedCredentials } from './iam/sessions';
import type { ClientCredentials } from './system-endpoints';
import { type RunningServices, type Services, startServices } from './system-services';
import { type Thinning, Timeline } from './system-time';
import { type Assembly, readAssembly } from './template/assembly';
import { type Deployment, deploy } from './template/deployment';
import type { Resource } from './template/resource-model';
import { VirtualClock } from './virtual-clock';

export interface SystemOptions {
  /** The folder of the synthesised app: `cdk.out`. */
  readonly assembly: string;
  /** Told what is being done. */
  readonly log?: (line: string) => void;
  /** Where the virtual clock starts, milliseconds since the epoch; now unless given. */
  readonly startAt?: number;
}

export interface LocalSystem {
  readonly clock: VirtualClock;
  readonly region: string;
  readonly accountId: string;
  /**
   * Stack outputs by `<stack>.<key>`, by export name and, where only one stack has it, by key. URLs of REST APIs are
   * those of this machine.
   */
  readonly outputs: Readonly<Record<string, string>>;
  /** Everything that was made, with physical ids and resolved properties. */
  readonly resources: readonly Resource[];
  readonly services: Services;
  readonly runtime: Services['runtime'];
  readonly sinks: {
    readonly logs: Services['logs'];
    readonly metrics: Services['logs']['metrics'];
    /** E-mails that topics sent. */
    readonly notifications: Services['sns']['sent'];
    /** E-mails that user pools sent to new users, with their temporary passwords. */
    readonly invitations: Services['cognito']['invitations'];
  };
  /** Of the person who deployed: administrator rights, yet bound by explicit denies of resource policies. */
  readonly operator: IssuedCredentials;
  /** Environment variables for a process that works with these credentials. */
  endpointsFor(credentials: ClientCredentials): Record<string, string>;
  /** Credentials of a role, by its ARN or by an output that holds it; for devices with the name that IAM knows them by. */
  assumeRole(roleArnOrOutput: string, sessionName?: string, thingName?: string): IssuedCredentials;
  /**
   * Lets `ms` of virtual time pass: schedules fire in order and are awaited, what expires is deleted. Work in hand is
   * not waited for first: call `idle` where it belongs to the time before.
   */
  advance(ms: number, thinning?: Thinning): Promise<void>;
  /** Resolves when streams, queues, notifications and asynchronous invocations are drained. */
  idle(): Promise<void>;
  /** Ends every process and port, and gives `Date` back. */
  stop(): Promise<void>;
}

const accountId = '000000000000';

/** Runs a synthesised CDK app on this machine. Throws for anything in it that cannot be run faithfully. */
export async function startSystem(options: SystemOptions): Promise<LocalSystem> {
  const log = options.log ?? (() => undefined);
  const assembly = readAssembly(options.assembly);
  const region = regionOf(assembly);
  const clock = new VirtualClock(options.startAt);
  clock.install();
  let running: RunningServices | undefined;
  try {
    running = await startServices({
      clock,
      region,
      accountId,
      partition: partitionOf(region),
      assetFolder: (key) => assembly.assetPath(key),
    });
    log(`services are up in ${region}`);
    const deployment = await deploy({ assembly, models: running.models, accountId });
    log(`${deployment.resources.length} resources of ${assembly.stacks.length} stacks made`);
    running.services.scheduler.start();
    running.services.eventSources.start();
    return runningSystem({ clock, region, running, deployment });
  } catch (error) {
    await running?.close();
    clock.uninstall();
    throw error;
  }
}

interface Parts {
  readonly clock: VirtualClock;
  readonly region: string;
  readonly running: RunningServices;
  readonly deployment: Deployment;
}

function runningSystem({ clock, region, running, deployment }: Parts): LocalSystem {
  const { services } = running;
  const timeline = new Timeline({
    clock,
    schedules: services.scheduler,
    onMoved: () => {
      services.runtime.clockMoved();
      services.eventSources.wake();
      services.sockets.sweep(clock.now());
    },
    sweep: async (nowMs) => {
      await services.dynamodb.expire(nowMs);
      services.s3.sweep(nowMs);
      services.kinesisVideo.sweep(nowMs);
      services.logs.sweep(nowMs);
    },
  });
  const activity = countInvocations(services);
  const outputs = localOutputs(deployment.outputs, running);
  return {
    clock,
    region,
    accountId,
    outputs,
    resources: deployment.resources,
    services,
    runtime: services.runtime,
    sinks: {
      logs: services.logs,
      metrics: services.logs.metrics,
      notifications: services.sns.sent,
      invitations: services.cognito.invitations,
    },
    operator: services.iam.issueCredentials(services.iam.operatorRoleArn, 'operator'),
    endpointsFor: running.endpointsFor,
    assumeRole: (role, sessionName = 'local', thingName) =>
      services.iam.issueCredentials(outputs[role] ?? role, sessionName, undefined, undefined, {
        ...(thingName === undefined ? {} : { context: { 'credentials-iot:ThingName': thingName } }),
      }),
    advance: (ms, thinning) => timeline.advance(ms, thinning),
    idle: () => drained(services, activity),
    stop: async () => {
      await timeline.stop();
      await running.close();
      clock.uninstall();
    },
  };
}

/**
 * `https://<api id>.execute-api.<region>.amazonaws.com/<stage>/` becomes `<gateway>/<api id>/<stage>/`, and a user pool's
 * domain `https://<prefix>.auth.<region>.amazoncognito.com` becomes `<domains>/<prefix>`.
 */
function localOutputs(
  outputs: Readonly<Record<string, string>>,
  { gatewayUrl, socketsUrl, domainsUrl }: Pick<RunningServices, 'gatewayUrl' | 'socketsUrl' | 'domainsUrl'>,
): Record<string, string> {
  const local = (value: string) =>
    value
      .replace(
        /wss:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g,
        `${socketsUrl.replace('http', 'ws')}/$1`,
      )
      .replace(/https:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.amazonaws\.com/g, `${gatewayUrl}/$1`)
      .replace(/https:\/\/([a-z0-9-]+)\.auth(?:-fips)?\.[a-z0-9-]+\.amazoncognito\.com/g, `${domainsUrl}/$1`);
  return Object.fromEntries(Object.entries(outputs).map(([name, value]) => [name, local(value)]));
}

/** What one of them finishes may give work to another: all are drained when a round brought no invocation. */
async function drained(services: Services, activity: () => number): Promise<void> {
  let before: number;
  do {
    before = activity();
    await services.kinesisVideo.idle();
    await services.s3.idle();
    await services.sns.idle();
    await services.sockets.idle();
    await services.runtime.idle();
    await services.eventSources.idle();
  } while (activity() !== before);
}

function countInvocations({ runtime }: Services): () => number {
  let count = 0;
  runtime.onInvoke(() => {
    count += 1;
  });
  return () => count;
}

/** One region: the local services stand in one. */
function regionOf({ stacks }: Assembly): string {
  const regions = new Set(stacks.map(({ region }) => region));
  const [region, ...others] = regions;
  if (region !== undefined && others.length === 0) return region;
  throw new Error(`the stacks must be in one region, not in ${[...regions].join(', ') || 'none'}`);
}
