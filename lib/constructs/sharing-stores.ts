import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { withoutPlates } from '../stores/declaration';
import { StoreTable } from './store-table';

const text = (name: string) => ({ name, type: AttributeType.STRING });

/** With whom the Department shares, and what others asked of it: never what a camera saw. */
export class SharingStores extends Construct {
  /** Agencies, agreements and what holds now; every call behind the API reads the last. */
  readonly register: StoreTable;
  readonly requests: StoreTable;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    const kept = {
      partitionKey: text('pk'),
      sortKey: text('sk'),
      key,
      recovery: { kind: 'continuous' },
    } as const;
    this.register = new StoreTable(this, 'Register', {
      ...kept,
      declaration: withoutPlates(
        'Who decided on sharing what, for as long as the Department keeps its records.',
      ),
    });
    this.requests = new StoreTable(this, 'Requests', {
      ...kept,
      declaration: withoutPlates(
        'Who asked for what case and how many reads were answered, for as long as the Department keeps its records.',
      ),
    });
  }
}
