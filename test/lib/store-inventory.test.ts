import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template as AppTemplate } from 'aws-cdk-lib/assertions';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { declareStore, withoutPlates } from '../../lib/stores/declaration';
import { storeFaults, type Template, type TemplateResource } from '../../lib/stores/store-faults';
import { StoreInventory } from '../../lib/stores/store-inventory';
import { assembly, stacks } from '../support/assembly';

type Properties = Record<string, unknown>;

const streamed: Properties = { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } };
const versioned: Properties = { VersioningConfiguration: { Status: 'Enabled' } };
const narrowed: Properties = {
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', Prefix: '2026-', ExpirationInDays: 31 }] },
};
const lasting: Properties = {
  LifecycleConfiguration: { Rules: [{ Status: 'Enabled', ExpirationInDays: 365 }] },
};

describe('the store inventory', () => {
  let templates: Readonly<Record<(typeof stacks)[number], string>>;

  beforeAll(async () => {
    const folder = await assembly();
    templates = Object.fromEntries(
      stacks.map((stack) => [stack, readFileSync(join(folder, `${stack}.template.json`), 'utf8')]),
    ) as typeof templates;
  }, 180_000);

  it('finds nothing to object to in the templates as they are [Storage-A]', () => {
    for (const stack of stacks) expect(faultsOf(parsed(stack))).toEqual([]);
  });

  it.each([
    [
      'a recovery window of 35 days',
      'ReadsTable',
      recoverable,
      'PlatekeeperData/Reads/Table can be recovered to a point in time',
    ],
    [
      'a recovery window on the day keys',
      'DayKeysTable',
      recoverable,
      'PlatekeeperData/DayKeys/Table can be recovered',
    ],
    [
      'a replica in another region',
      'AlertsTable',
      replicated,
      'PlatekeeperData/Alerts/Table has a replica in another region',
    ],
    ['a change stream', 'ReadsTable', streamed, 'PlatekeeperData/Reads/Table streams its changes'],
    [
      'no expiry',
      'QuarantineTable',
      without('TimeToLiveSpecification'),
      'PlatekeeperData/Quarantine/Table has no expiry attribute',
    ],
    [
      'a bucket without lifecycle',
      'ImagesBucket',
      without('LifecycleConfiguration'),
      'PlatekeeperData/Images/Bucket has no lifecycle rule that expires every object',
    ],
    [
      'a lifecycle rule for some objects only',
      'ImagesBucket',
      narrowed,
      'PlatekeeperData/Images/Bucket has no lifecycle rule that expires every object',
    ],
    [
      'a lifecycle rule of a year',
      'PlateIndexBucket',
      lasting,
      'PlatekeeperData/PlateIndex/Bucket expires objects after 365 days; at most 31 are declared',
    ],
    ['versioning switched on', 'ImagesBucket', versioned, 'PlatekeeperData/Images/Bucket keeps old versions'],
    [
      'replication of a bucket',
      'ImagesBucket',
      { ReplicationConfiguration: {} },
      'PlatekeeperData/Images/Bucket is replicated',
    ],
  ] as const)('stops %s and names the store and the clause [Storage-A]', (_, idStart, change, message) => {
    const faults = faultsOf(changed(parsed('PlatekeeperData'), idStart, change));
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(message);
    expect(faults[0]).toMatch(/\[Storage-A\]\.$/);
  });

  it('stops a stream that remembers for a week, and a queue of frames that keeps for two weeks [Storage-A]', () => {
    const ingest = () => parsed('PlatekeeperIngest');
    expect(faultsOf(changed(ingest(), 'CameraReadsStream', { RetentionPeriodHours: 168 }))).toEqual([
      expect.stringContaining(
        'PlatekeeperIngest/CameraReads/Stream keeps records for 168 hours; 24 are declared',
      ),
    ]);
    expect(faultsOf(changed(ingest(), 'IntakeUnread', { MessageRetentionPeriod: 1_209_600 }))).toEqual([
      expect.stringContaining(
        'PlatekeeperIngest/Intake/Unread keeps messages for 336 hours; 24 are declared',
      ),
    ]);
  });

  it('stops a store that nobody declared, and a kind of store that nobody has judged [Storage-A]', () => {
    const resources = {
      Extra: { Type: 'AWS::DynamoDB::Table', Properties: {} },
      Cache: { Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {} },
    };
    expect(faultsOf({ Resources: resources })).toEqual([
      expect.stringContaining('Extra is a store that nobody declared'),
      expect.stringContaining(
        'Cache is a AWS::ElastiCache::ReplicationGroup, which the store inventory does not know',
      ),
    ]);
  });

  it('stops a log group that is declared to hold reads, and reads that are declared to be kept [Storage-A]', () => {
    const store = (Type: string, declaration: object): TemplateResource => ({
      Type,
      Metadata: { 'Platekeeper::Store': declaration },
    });
    expect(
      faultsOf({
        Resources: {
          Log: store('AWS::Logs::LogGroup', { holds: 'reads', ends: { by: 'age', hours: 24 } }),
          Table: store('AWS::SQS::Queue', { holds: 'derived', ends: { by: 'kept', rule: 'For ever.' } }),
          Long: store('AWS::SQS::Queue', { holds: 'derived', ends: { by: 'age', hours: 200 } }),
        },
      }),
    ).toEqual([
      expect.stringContaining('Log is declared to hold reads: logs and notices never may'),
      expect.stringContaining('Table holds what cameras saw and is declared to keep it'),
      expect.stringContaining('Long keeps reads outside the day key for 200 hours'),
    ]);
  });

  it('fails synth itself, with the store’s name [Storage-A]', () => {
    expect(reportOn(() => undefined)).toMatchObject({
      success: false,
      violations: [{ violatingResources: [{ resourceLogicalId: 'Extra' }] }],
    });
    const declared = reportOn((table) => declareStore(table, withoutPlates('A test.')));
    expect(declared).toEqual({ success: true, violations: [] });
  });

  const parsed = (stack: (typeof stacks)[number]): Template => JSON.parse(templates[stack]);
});

/** Of an app with one more table. */
function reportOn(change: (table: Table) => void) {
  const stack = new Stack(new App(), 'Made');
  change(new Table(stack, 'Extra', { partitionKey: { name: 'id', type: AttributeType.STRING } }));
  const path = join(process.env.PLATEKEEPER_TEST_FOLDER ?? '', 'made.template.json');
  const template = AppTemplate.fromStack(stack).toJSON();
  const [id = ''] = Object.keys(template.Resources);
  writeFileSync(path, JSON.stringify({ Resources: { Extra: template.Resources[id] } }));
  return new StoreInventory({ retentionDays: 30 }).validate({
    templatePaths: [path],
    stackTemplates: [],
    appConstruct: stack,
  });
}

function faultsOf(template: Template): string[] {
  return storeFaults(template, { retentionDays: 30 }).map(({ message }) => message);
}

/** The template with one resource's properties changed; the id is given without its hash. */
function changed(
  template: Template,
  idStart: string,
  change: Properties | ((properties: Properties) => Properties),
): Template {
  const ids = Object.keys(template.Resources ?? {}).filter((id) =>
    new RegExp(`^${idStart}[0-9A-F]{8}$`).test(id),
  );
  expect(ids).toHaveLength(1);
  const [id = ''] = ids;
  const resource = template.Resources?.[id];
  const before: Properties = { ...resource?.Properties };
  const Properties = typeof change === 'function' ? change(before) : { ...before, ...change };
  return { Resources: { ...template.Resources, [id]: { Type: '', ...resource, Properties } } };
}

function without(name: string) {
  return ({ [name]: _, ...rest }: Properties): Properties => rest;
}

function recoverable(properties: Properties): Properties {
  return replicas(properties, (each) => [
    {
      ...each,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    },
  ]);
}

function replicated(properties: Properties): Properties {
  return replicas(properties, (each) => [each, { ...each, Region: 'us-west-2' }]);
}

function replicas(properties: Properties, change: (each: object) => object[]): Properties {
  const before = Array.isArray(properties.Replicas) ? properties.Replicas : [];
  return { ...properties, Replicas: before.flatMap((each: object) => change(each)) };
}
