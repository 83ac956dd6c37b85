import { RemovalPolicy } from 'aws-cdk-lib';
import {
  type Attribute,
  Billing,
  type GlobalSecondaryIndexPropsV2,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { declareStore, type StoreDeclaration } from '../stores/declaration';
import { viaService } from './customer-key';
import type { ProductFunction } from './product-function';

export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'BatchWriteItem';

export interface StoreTableProps {
  readonly partitionKey: Attribute;
  readonly sortKey?: Attribute;
  readonly indexes?: readonly GlobalSecondaryIndexPropsV2[];
  /** Attribute with the second at which DynamoDB may delete the item. */
  readonly expiresAt?: string;
  readonly key: IKey;
  readonly declaration: StoreDeclaration;
  /**
   * Recovery keeps old versions for up to 35 days. `continuous` where loss would be worse than that; `none` with the
   * reason where an old copy would break a limit.
   */
  readonly recovery: { readonly kind: 'continuous' } | { readonly kind: 'none'; readonly because: string };
  /** `false`: losing the stack loses the table, because what it holds is of no use without it. */
  readonly isRetained?: boolean;
}

const writes: ReadonlySet<TableAction> = new Set(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem']);

/** A table under the store key, on demand, protected against deletion, with its recovery stated. */
export class StoreTable extends Construct {
  readonly table: TableV2;
  readonly recovery: StoreTableProps['recovery']['kind'];
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: StoreTableProps) {
    super(scope, id);
    this.key = props.key;
    this.recovery = props.recovery.kind;
    const isRetained = props.isRetained ?? true;
    this.table = new TableV2(this, 'Table', {
      partitionKey: props.partitionKey,
      ...(props.sortKey ? { sortKey: props.sortKey } : {}),
      ...(props.indexes ? { globalSecondaryIndexes: [...props.indexes] } : {}),
      ...(props.expiresAt ? { timeToLiveAttribute: props.expiresAt } : {}),
      billing: Billing.onDemand(),
      encryption: TableEncryptionV2.customerManagedKey(props.key),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: props.recovery.kind === 'continuous' },
      deletionProtection: isRetained,
      removalPolicy: isRetained ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    declareStore(this.table, props.declaration);
    acknowledge(this.table, {
      'NIST.800.53.R5-DynamoDBInBackupPlan':
        'Backup plans keep copies longer than a read may live; what must survive uses continuous recovery or is sealed in the audit log.',
      ...(props.recovery.kind === 'none'
        ? {
            'NIST.800.53.R5-DynamoDBPITREnabled': props.recovery.because,
            'AwsSolutions-DDB3': props.recovery.because,
          }
        : {}),
    });
  }

  /** Single actions for one function; queries on an index only where one is named. */
  grant(
    to: ProductFunction,
    actions: readonly TableAction[],
    options: { readonly index?: string } = {},
  ): void {
    if (actions.length > 0)
      to.allow(
        actions.map((action) => `dynamodb:${action}`),
        this.table.tableArn,
      );
    if (options.index) to.allow('dynamodb:Query', `${this.table.tableArn}/index/${options.index}`);
    to.allowStatement(
      viaService(this.key, 'dynamodb', actions.some((action) => writes.has(action)) ? 'write' : 'read'),
    );
  }
}
