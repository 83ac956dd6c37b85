import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { AccessLogBucket } from '../constructs/access-log-bucket';
import { ApiLogging } from '../constructs/api-logging';
import { CustomerKey, DayWrappingKey } from '../constructs/customer-key';
import type { ProductFunction } from '../constructs/product-function';
import { StoreBucket } from '../constructs/store-bucket';
import { StoreTable } from '../constructs/store-table';

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
  readonly quarantine: StoreTable;
  readonly people: StoreTable;
  readonly auditEvents: StoreTable;
  readonly imageLinks: StoreTable;
  /** How many searches somebody made on a day. */
  readonly usage: StoreTable;
  readonly images: StoreBucket;
  readonly plateIndex: StoreBucket;

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
      partitionKey: text('day'),
      key,
      recovery: {
        kind: 'none',
        because:
          'A recovered copy would hold the key of a forgotten day and undo the forgetting [Storage-A].',
      },
    });
    this.reads = new StoreTable(this, 'Reads', {
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
      partitionKey: text('cameraId'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.sites = new StoreTable(this, 'Sites', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.hotList = new StoreTable(this, 'HotList', {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'continuous' },
    });
    this.alerts = new StoreTable(this, 'Alerts', {
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
    this.quarantine = new StoreTable(this, 'Quarantine', {
      partitionKey: text('hour'),
      sortKey: text('arrival'),
      expiresAt: 'expiresAt',
      key,
      recovery: noOldCopies,
    });
    this.people = new StoreTable(this, 'People', {
      partitionKey: text('username'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.auditEvents = new StoreTable(this, 'AuditEvents', {
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
      ],
      key,
      recovery: { kind: 'continuous' },
    });
    this.imageLinks = new StoreTable(this, 'ImageLinks', {
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
      partitionKey: text('username'),
      sortKey: text('day'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'none', because: 'Counts of one day, used up with it; an old copy is of no use.' },
      isRetained: false,
    });

    const keptDays = props.configuration.retentionDays + 1;
    const sealed = {
      key,
      accessLogs: this.accessLogs.bucket,
      expiresAfterDays: keptDays,
      noCopiesBecause:
        'Versions and copies would outlive the 30-day limit; objects are sealed under their day key [Storage-A].',
    };
    this.images = new StoreBucket(this, 'Images', sealed);
    this.plateIndex = new StoreBucket(this, 'PlateIndex', sealed);
    for (const [name, store] of Object.entries({
      PeopleTable: this.people,
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
  get apiNames() {
    return { peopleTable: this.people.table.tableName, auditEventsTable: this.auditEvents.table.tableName };
  }
}
