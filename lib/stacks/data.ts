import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { AccessLogBucket } from '../constructs/access-log-bucket';
import { AccessStores } from '../constructs/access-stores';
import { ApiLogging } from '../constructs/api-logging';
import { CustomerKey, DayWrappingKey } from '../constructs/customer-key';
import type { ProductFunction } from '../constructs/product-function';
import { SharingStores } from '../constructs/sharing-stores';
import { StoreBucket } from '../constructs/store-bucket';
import { StoreTable } from '../constructs/store-table';
import { type StoreDeclaration, withoutPlates } from '../stores/declaration';

/** A delivery that nobody replaced for so long is not believed any more, and the list is alarmed long before. */
const hotListDays = 30;

const sealedReads: StoreDeclaration = { holds: 'reads', ends: { by: 'day-key' } };
const sealedDerived: StoreDeclaration = { holds: 'derived', ends: { by: 'day-key' } };

export interface DataStackProps extends StackProps {
  readonly configuration: Configuration;
}

/** Every lasting store and the keys they stand under. Holds no function: who may use a store is said where it is used. */
export class DataStack extends Stack {
  readonly storeKey: CustomerKey;
  /** Streams, raw frames and failed records: plaintext in transit, never under a key that wraps days. */
  readonly transitKey: CustomerKey;
  readonly logsKey: CustomerKey;
  readonly dayWrappingKey: DayWrappingKey;
  readonly accessLogs: AccessLogBucket;

  readonly dayKeys: StoreTable;
  readonly reads: StoreTable;
  readonly cameras: StoreTable;
  /** Camera sites and enrolments: who decided what, and when a camera was last heard of. */
  readonly sites: StoreTable;
  readonly hotList: StoreTable;
  readonly alerts: StoreTable;
  /** Readings that were rejected as misreads of an entry. */
  readonly suppressions: StoreTable;
  readonly quarantine: StoreTable;
  readonly people: StoreTable;
  readonly access: AccessStores;
  /** Agencies, agreements and the requests of agencies outside. */
  readonly sharing: SharingStores;
  readonly auditEvents: StoreTable;
  /** Which events of the audit log were ordered to be redacted. */
  readonly redactions: StoreTable;
  readonly imageLinks: StoreTable;
  /** How many searches somebody made on a day. */
  readonly usage: StoreTable;
  /** What was searched for, and by whom. */
  readonly searches: StoreTable;
  /** Which reads a search answered, and where its next page begins. */
  readonly searchAnswers: StoreTable;
  readonly images: StoreBucket;
  readonly plateIndex: StoreBucket;
  /** The packed indexes and details of outside hot lists; nothing of a read. */
  readonly hotLists: StoreBucket;

  constructor(scope: Construct, id: string, props: DataStackProps) {
    super(scope, id, props);
    this.storeKey = new CustomerKey(this, 'StoreKey', { description: 'Tables and buckets at rest' });
    this.transitKey = new CustomerKey(this, 'TransitKey', {
      description: 'Streams, raw frames and failed records',
    });
    this.logsKey = new CustomerKey(this, 'LogsKey', { description: 'Log groups' });
    this.logsKey.allowLogs();
    new ApiLogging(this, 'ApiLogging');
    this.dayWrappingKey = new DayWrappingKey(this, 'DayWrappingKey');
    this.accessLogs = new AccessLogBucket(this, 'AccessLogs');

    const key = this.storeKey.key;
    const text = (name: string) => ({ name, type: AttributeType.STRING });
    const binary = (name: string) => ({ name, type: AttributeType.BINARY });
    const number = (name: string) => ({ name, type: AttributeType.NUMBER });
    const noOldCopies = {
      kind: 'none',
      because: 'A recovered copy would bring back what the 30-day limit has ended [Storage-A].',
    } as const;

    this.dayKeys = new StoreTable(this, 'DayKeys', {
      declaration: { holds: 'day-keys', ends: { by: 'kept', rule: 'Destroyed by forget-day on schedule.' } },
      partitionKey: text('day'),
      key,
      recovery: {
        kind: 'none',
        because:
          'A recovered copy would hold the key of a forgotten day and undo the forgetting [Storage-A].',
      },
    });
    this.reads = new StoreTable(this, 'Reads', {
      declaration: sealedReads,
      partitionKey: binary('plateKey'),
      sortKey: text('placeTime'),
      indexes: [
        {
          indexName: 'by-place',
          partitionKey: binary('placeKey'),
          sortKey: text('placeTime'),
          projectionType: ProjectionType.ALL,
        },
      ],
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });
    this.cameras = new StoreTable(this, 'Cameras', {
      declaration: withoutPlates('The registry of cameras, for as long as they are in it.'),
      partitionKey: text('cameraId'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.sites = new StoreTable(this, 'Sites', {
      declaration: withoutPlates('Who decided which site, for as long as the Department keeps its records.'),
      partitionKey: text('pk'),
      sortKey: text('sk'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.hotList = new StoreTable(this, 'HotList', {
      declaration: {
        holds: 'hot-list',
        ends: {
          by: 'kept',
          rule: 'Entries match for 30 days at most and are kept 400 days for their audit.',
        },
      },
      partitionKey: text('pk'),
      sortKey: text('sk'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'continuous' },
    });
    this.alerts = new StoreTable(this, 'Alerts', {
      declaration: sealedDerived,
      partitionKey: text('alertId'),
      indexes: [
        {
          indexName: 'by-day',
          partitionKey: text('day'),
          sortKey: number('raisedAtMs'),
          projectionType: ProjectionType.ALL,
        },
      ],
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });
    this.suppressions = new StoreTable(this, 'Suppressions', {
      declaration: sealedDerived,
      partitionKey: text('entryId'),
      sortKey: text('alertId'),
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });
    this.quarantine = new StoreTable(this, 'Quarantine', {
      declaration: sealedReads,
      partitionKey: text('hour'),
      sortKey: text('arrival'),
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });
    this.people = new StoreTable(this, 'People', {
      declaration: withoutPlates('Personnel facts, for as long as the Department keeps its records.'),
      partitionKey: text('username'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.access = new AccessStores(this, 'Access', { key });
    this.sharing = new SharingStores(this, 'Sharing', { key });
    this.auditEvents = new StoreTable(this, 'AuditEvents', {
      declaration: {
        holds: 'audit',
        ends: { by: 'kept', rule: 'What people did and asked; nothing that a camera saw.' },
      },
      partitionKey: text('hour'),
      sortKey: text('at'),
      indexes: [
        {
          // Holds what is not yet in the sealed log, and nothing else.
          indexName: 'unsealed',
          partitionKey: text('unsealed'),
          sortKey: text('at'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
        {
          // Finds a sealed event by its place, for draws and redactions.
          indexName: 'by-place',
          partitionKey: number('logIndex'),
          projectionType: ProjectionType.KEYS_ONLY,
        },
      ],
      key,
      recovery: { kind: 'continuous' },
    });
    this.redactions = new StoreTable(this, 'Redactions', {
      declaration: withoutPlates('Orders to redact events of the audit log, for as long as the log exists.'),
      partitionKey: number('logIndex'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.imageLinks = new StoreTable(this, 'ImageLinks', {
      declaration: withoutPlates('Random ids of reads for 15 minutes.'),
      partitionKey: text('linkId'),
      expiresAt: 'expiresAt',
      key,
      recovery: {
        kind: 'none',
        because: 'Links live 15 minutes and are used once; an old copy is of no use.',
      },
      isRetained: false,
    });

    this.usage = new StoreTable(this, 'Usage', {
      declaration: withoutPlates('Counts of one day.'),
      partitionKey: text('username'),
      sortKey: text('day'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'none', because: 'Counts of one day, used up with it; an old copy is of no use.' },
      isRetained: false,
    });

    this.searches = new StoreTable(this, 'Searches', {
      declaration: {
        holds: 'audit',
        ends: { by: 'kept', rule: 'What people asked, for 30 days; nothing that a camera saw.' },
      },
      partitionKey: text('searchId'),
      expiresAt: 'expiresAt',
      key,
      recovery: {
        kind: 'none',
        because: 'The audit log keeps what was asked; a recovered copy would only keep it longer.',
      },
    });
    this.searchAnswers = new StoreTable(this, 'SearchAnswers', {
      declaration: sealedDerived,
      partitionKey: text('searchId'),
      sortKey: text('item'),
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });

    const keptDays = props.configuration.retentionDays + 1;
    const sealed = {
      declaration: sealedReads,
      key,
      accessLogs: this.accessLogs.bucket,
      expiresAfterDays: keptDays,
      noCopiesBecause:
        'Versions and copies would outlive the 30-day limit; objects are sealed under their day key [Storage-A].',
    };
    this.images = new StoreBucket(this, 'Images', sealed);
    this.plateIndex = new StoreBucket(this, 'PlateIndex', sealed);
    this.hotLists = new StoreBucket(this, 'HotLists', {
      declaration: { holds: 'hot-list', ends: { by: 'age', hours: hotListDays * 24 } },
      key,
      accessLogs: this.accessLogs.bucket,
      expiresAfterDays: hotListDays,
      noCopiesBecause:
        'The source keeps its list; an old delivery would name vehicles that are cleared by now.',
    });
    for (const [name, store] of Object.entries({
      PeopleTable: this.people,
      DutyTable: this.access.duty,
      DevicesTable: this.access.devices,
      CamerasTable: this.cameras,
      AuditEventsTable: this.auditEvents,
    }))
      new CfnOutput(this, name, { value: store.table.tableName });
  }

  /** `open`: what exists. `create`: the key of a new day, too, for whoever writes. */
  grantDayKeys(to: ProductFunction, use: 'open' | 'create'): void {
    this.dayKeys.grant(to, use === 'create' ? ['GetItem', 'PutItem'] : ['GetItem']);
    this.dayWrappingKey.grantDays(to.role, use);
  }

  /** Environment of a function that uses day keys. */
  get dayKeyNames() {
    return { dayKeysTable: this.dayKeys.table.tableName, dayWrappingKey: this.dayWrappingKey.key.keyArn };
  }

  /** Environment of a function behind the API. */
  apiNames(consoleClients: string) {
    return {
      consoleClients,
      ...this.personNames,
      auditEventsTable: this.auditEvents.table.tableName,
      sessionsTable: this.access.sessions.table.tableName,
      devicesTable: this.access.devices.table.tableName,
      proofsTable: this.access.proofs.table.tableName,
      findingsTable: this.access.findings.table.tableName,
    };
  }

  /** Environment of a function that looks up a person as he or she is now. */
  get personNames() {
    return {
      peopleTable: this.people.table.tableName,
      dutyTable: this.access.duty.table.tableName,
      sharingTable: this.sharing.register.table.tableName,
    };
  }

  grantPeople(to: ProductFunction): void {
    this.people.grant(to, ['GetItem']);
    this.access.duty.grant(to, ['GetItem']);
    this.sharing.register.grant(to, ['GetItem']);
  }

  /**
   * What the chain of every call behind the API needs: the caller's facts, his session and device, and a place for
   * what it refuses or finds. It can neither read nor change the audit log, nor read what was found.
   */
  grantCalls(to: ProductFunction): void {
    this.grantPeople(to);
    this.access.sessions.grant(to, ['Query', 'UpdateItem']);
    this.access.devices.grant(to, ['GetItem']);
    this.access.proofs.grant(to, ['PutItem']);
    this.access.findings.grant(to, ['PutItem']);
    this.auditEvents.grant(to, ['PutItem']);
  }
}
