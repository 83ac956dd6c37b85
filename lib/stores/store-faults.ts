import { declarationKey, type Holding, holdings, type StoreDeclaration } from './declaration';
import { isPlainResource } from './resource-types';

/** A resource as it stands in a synthesised template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources?: Readonly<Record<string, TemplateResource>>;
}

export interface StoreFault {
  readonly logicalId: string;
  /** Names the store by its path in the app, what is wrong, what to do, and the clause. */
  readonly message: string;
}

/** Streams, frames and failed records: no plaintext copy of a read may wait longer than this anywhere. */
const plaintextHoursMax = 7 * 24;

/**
 * What in a template would let a copy of a read outlive the policy's limit [Storage-A]: a store that nobody declared, a
 * kind of store that the inventory does not know, or one whose recovery, versions, copies or expiry do not fit what was
 * declared. Reads the template and nothing else, so it also judges one that was changed by hand.
 */
export function storeFaults(template: Template, limit: { readonly retentionDays: number }): StoreFault[] {
  return Object.entries(template.Resources ?? {}).flatMap(([logicalId, resource]) =>
    faultsOf(resource, limit).map((fault) => ({
      logicalId,
      message: `${nameOf(logicalId, resource)} ${fault} [Storage-A].`,
    })),
  );
}

/** The declaration in a template's metadata, parsed. */
export function declarationOf(resource: TemplateResource): StoreDeclaration | undefined {
  const declared = resource.Metadata?.[declarationKey];
  if (!isRecord(declared) || !isHolding(declared.holds) || !isRecord(declared.ends)) return undefined;
  const { by, hours, rule } = declared.ends;
  if (by === 'day-key') return { holds: declared.holds, ends: { by } };
  if (by === 'age' && typeof hours === 'number') return { holds: declared.holds, ends: { by, hours } };
  if (by === 'kept' && typeof rule === 'string' && rule !== '')
    return { holds: declared.holds, ends: { by, rule } };
  return undefined;
}

type Check = (resource: TemplateResource, declared: StoreDeclaration, retentionDays: number) => string[];

const checks: Readonly<Record<string, Check>> = {
  'AWS::DynamoDB::GlobalTable': tableFaults,
  'AWS::DynamoDB::Table': tableFaults,
  'AWS::S3::Bucket': bucketFaults,
  'AWS::Kinesis::Stream': streamFaults,
  'AWS::SQS::Queue': queueFaults,
  'AWS::Logs::LogGroup': textFaults,
  'AWS::SNS::Topic': textFaults,
};

function faultsOf(
  resource: TemplateResource,
  { retentionDays }: { readonly retentionDays: number },
): string[] {
  const check = checks[resource.Type];
  if (check === undefined)
    return isPlainResource(resource.Type)
      ? []
      : [
          `is a ${resource.Type}, which the store inventory does not know: say there whether it can hold a read`,
        ];
  const declared = declarationOf(resource);
  if (declared === undefined) return ['is a store that nobody declared: say what it holds and how that ends'];
  return [...declarationFaults(declared), ...check(resource, declared, retentionDays)];
}

function declarationFaults({ holds, ends }: StoreDeclaration): string[] {
  if (!isOfReads(holds)) return [];
  if (ends.by === 'kept') return ['holds what cameras saw and is declared to keep it'];
  if (ends.by === 'age' && ends.hours > plaintextHoursMax)
    return [
      `keeps reads outside the day key for ${ends.hours} hours; at most ${plaintextHoursMax} are allowed`,
    ];
  return [];
}

function tableFaults({ Properties = {} }: TemplateResource, { holds }: StoreDeclaration): string[] {
  if (!isOfReads(holds) && holds !== 'day-keys') return [];
  const replicas = listOf(Properties.Replicas);
  const recovers = [Properties, ...replicas].some((each) => {
    const recovery = recordOf(each).PointInTimeRecoverySpecification;
    return recordOf(recovery).PointInTimeRecoveryEnabled === true;
  });
  return [
    ...(recovers
      ? ['can be recovered to a point in time: a copy would outlive its reads; switch it off']
      : []),
    ...(replicas.length > 1 ? ['has a replica in another region: one more copy; keep one'] : []),
    ...(holds === 'day-keys' || hasExpiry(Properties.TimeToLiveSpecification)
      ? []
      : ['has no expiry attribute: name one']),
    ...(Properties.StreamSpecification === undefined ? [] : ['streams its changes: a second copy of reads']),
    ...(replicas.some((each) => recordOf(each).KinesisStreamSpecification !== undefined) ||
    Properties.KinesisStreamSpecification !== undefined
      ? ['streams its changes to Kinesis: a second copy of reads']
      : []),
  ];
}

function bucketFaults(
  { Properties = {} }: TemplateResource,
  { holds, ends }: StoreDeclaration,
  retentionDays: number,
): string[] {
  if (!isOfReads(holds)) return [];
  const daysMax = ends.by === 'age' ? Math.ceil(ends.hours / 24) : retentionDays + 1;
  const days = expiryDays(Properties.LifecycleConfiguration);
  return [
    ...(days === undefined
      ? ['has no lifecycle rule that expires every object: add one']
      : days > daysMax
        ? [`expires objects after ${days} days; at most ${daysMax} are declared`]
        : []),
    ...(recordOf(Properties.VersioningConfiguration).Status === 'Enabled'
      ? ['keeps old versions: a deleted read would come back; switch versioning off']
      : []),
    ...(Properties.ReplicationConfiguration === undefined ? [] : ['is replicated: one more copy of reads']),
    ...(Properties.ObjectLockEnabled === true ? ['locks its objects: reads could not be deleted'] : []),
  ];
}

function streamFaults({ Properties = {} }: TemplateResource, { ends }: StoreDeclaration): string[] {
  const hours = typeof Properties.RetentionPeriodHours === 'number' ? Properties.RetentionPeriodHours : 24;
  if (ends.by !== 'age') return ['is a stream, whose records end by age: declare how many hours'];
  return hours > ends.hours ? [`keeps records for ${hours} hours; ${ends.hours} are declared`] : [];
}

/** Four days is what SQS keeps when nobody says. */
const queueDefaultS = 4 * 86_400;

function queueFaults({ Properties = {} }: TemplateResource, { holds, ends }: StoreDeclaration): string[] {
  if (!isOfReads(holds) || ends.by !== 'age') return [];
  const { MessageRetentionPeriod: period } = Properties;
  const seconds = typeof period === 'number' ? period : queueDefaultS;
  return seconds > ends.hours * 3600
    ? [`keeps messages for ${seconds / 3600} hours; ${ends.hours} are declared`]
    : [];
}

/** Logs and notices are copied, searched and mailed: no plate may reach them at all. */
function textFaults(_: TemplateResource, { holds }: StoreDeclaration): string[] {
  return isOfReads(holds) ? ['is declared to hold reads: logs and notices never may'] : [];
}

function expiryDays(lifecycle: unknown): number | undefined {
  const days = listOf(recordOf(lifecycle).Rules)
    .map(recordOf)
    .filter((rule) => rule.Status === 'Enabled' && isForEverything(rule))
    .map((rule) => rule.ExpirationInDays)
    .filter((each) => typeof each === 'number');
  return days.length === 0 ? undefined : Math.min(...days);
}

function isForEverything(rule: Readonly<Record<string, unknown>>): boolean {
  return ['Prefix', 'TagFilters', 'ObjectSizeGreaterThan', 'ObjectSizeLessThan', 'Filter'].every(
    (narrowing) => rule[narrowing] === undefined || rule[narrowing] === '',
  );
}

function hasExpiry(specification: unknown): boolean {
  const { Enabled, AttributeName } = recordOf(specification);
  return Enabled === true && typeof AttributeName === 'string';
}

function isOfReads(holds: Holding): boolean {
  return holds === 'reads' || holds === 'derived';
}

function isHolding(value: unknown): value is Holding {
  return holdings.some((each) => each === value);
}

function nameOf(logicalId: string, { Metadata }: TemplateResource): string {
  const { store } = recordOf(Metadata?.[declarationKey]);
  return typeof store === 'string' ? store : logicalId;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return isRecord(value) ? value : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
