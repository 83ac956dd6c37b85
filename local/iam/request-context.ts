import type { Clock } from '../clock';
import type { ConditionContext } from './conditions';

type Given = Readonly<Record<string, string | readonly string[]>>;

interface Surroundings {
  readonly clock: Clock;
  readonly region: string;
  readonly accountId: string;
}

/** The condition keys of a role's request: IAM's own, and those that the service gives. */
export function roleContext(around: Surroundings, { roleArn, given }: { roleArn: string; given: Given }) {
  return contextOf(around, {
    'aws:PrincipalArn': roleArn,
    'aws:PrincipalAccount': around.accountId,
    'aws:PrincipalType': 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    ...given,
  });
}

/** The condition keys of a request that a service makes for itself, on behalf of `sourceArn`. */
export function serviceContext(
  around: Surroundings,
  { principal, sourceArn }: { principal: string; sourceArn: string | undefined },
) {
  return contextOf(around, {
    'aws:PrincipalIsAWSService': 'true',
    'aws:PrincipalServiceName': principal,
    'aws:SourceAccount': around.accountId,
    ...(sourceArn === undefined ? {} : { 'aws:SourceArn': sourceArn }),
  });
}

/** Everything stays on this machine, which stands for TLS. */
function contextOf({ clock, region, accountId }: Surroundings, given: Given): ConditionContext {
  const now = new Date(clock.now());
  const all: Given = {
    'aws:SecureTransport': 'true',
    'aws:RequestedRegion': region,
    'aws:CurrentTime': now.toISOString(),
    'aws:EpochTime': String(Math.floor(now.getTime() / 1000)),
    'aws:ResourceAccount': accountId,
    'aws:ViaAWSService': 'false',
    ...given,
  };
  return new Map(
    Object.entries(all).map(([key, value]) => [
      key.toLowerCase(),
      typeof value === 'string' ? [value] : value,
    ]),
  );
}
