import { AttributeType, ProjectionType } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { withoutPlates } from '../stores/declaration';
import { StoreTable } from './store-table';

const text = (name: string) => ({ name, type: AttributeType.STRING });
const number = (name: string) => ({ name, type: AttributeType.NUMBER });

/** The live facts beside the people's records: duty, sessions, devices and their proofs, and what was found amiss. */
export class AccessStores extends Construct {
  /** Who is on duty, apart from People so that whoever writes it can change nothing else of a person. */
  readonly duty: StoreTable;
  /** One row for each sign-in in use, and when an account was last used. */
  readonly sessions: StoreTable;
  readonly devices: StoreTable;
  /** Proofs of devices that were used: each works once. */
  readonly proofs: StoreTable;
  readonly findings: StoreTable;
  /** How the audit of each month stands, and the packages that were asked for. */
  readonly audits: StoreTable;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.duty = new StoreTable(this, 'Duty', {
      declaration: withoutPlates('Ends within a day.'),
      partitionKey: text('username'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'none', because: 'Duty ends within a day; an old copy is of no use.' },
      isRetained: false,
    });
    this.sessions = new StoreTable(this, 'Sessions', {
      declaration: withoutPlates('Sign-ins for two days; the last use for as long as the account exists.'),
      partitionKey: text('username'),
      sortKey: text('session'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'continuous' },
    });
    this.devices = new StoreTable(this, 'Devices', {
      declaration: withoutPlates('The registry of devices, for as long as they are in it.'),
      partitionKey: text('deviceId'),
      key,
      recovery: { kind: 'continuous' },
    });
    this.proofs = new StoreTable(this, 'Proofs', {
      declaration: withoutPlates('Hashes for five minutes.'),
      partitionKey: text('proofId'),
      expiresAt: 'expiresAt',
      key,
      recovery: { kind: 'none', because: 'Proofs are good for a minute; an old copy is of no use.' },
      isRetained: false,
    });
    this.findings = new StoreTable(this, 'Findings', {
      declaration: withoutPlates('For as long as the Department keeps its records; ids and plain words.'),
      partitionKey: text('findingId'),
      indexes: [
        {
          indexName: 'by-state',
          partitionKey: text('state'),
          sortKey: number('raisedAtMs'),
          projectionType: ProjectionType.ALL,
        },
      ],
      key,
      recovery: { kind: 'continuous' },
    });
    this.audits = new StoreTable(this, 'Audits', {
      declaration: withoutPlates(
        'For as long as the Department keeps its records; ids, counts and attestations.',
      ),
      partitionKey: text('kind'),
      sortKey: text('name'),
      key,
      recovery: { kind: 'continuous' },
    });
  }
}
