import { Aws, Duration } from 'aws-cdk-lib';
import { Effect, type IRole, PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

/** Functions that may use day keys live under this role path; the wrapping key's policy refuses everyone else. */
export const keyholderRolePath = '/platekeeper/keyholder/';

const cryptographicActions = [
  'kms:CreateGrant',
  'kms:Decrypt',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:GenerateDataKeyWithoutPlaintext',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];

/** Encrypts one kind of store at rest. Rotates yearly; a mistaken deletion can be undone for 30 days. */
export class CustomerKey extends Construct {
  readonly key: Key;

  constructor(scope: Construct, id: string, props: { readonly description: string }) {
    super(scope, id);
    this.key = new Key(this, 'Key', {
      description: props.description,
      enableKeyRotation: true,
      pendingWindow: Duration.days(30),
    });
  }

  /** Lets CloudWatch Logs encrypt the log groups of this account. */
  allowLogs(): void {
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
        actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey', 'kms:DescribeKey'],
        resources: ['*'],
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
          },
        },
      }),
    );
  }
}

/**
 * Wraps the data keys of the capture days [Storage-A]. Whatever an identity policy says, only roles under
 * `keyholderRolePath` can use it: an administrator who is granted `kms:*` elsewhere cannot open a day without first
 * changing this policy or making such a role, and both are on record (docs/threat-model.md).
 */
export class DayWrappingKey extends CustomerKey {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      description: 'Wraps the data key of each capture day; destroying the wrapped key forgets the day',
    });
    this.key.addToResourcePolicy(
      new PolicyStatement({
        sid: 'OnlyKeyholders',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: cryptographicActions,
        resources: ['*'],
        conditions: {
          ArnNotLike: {
            'aws:PrincipalArn': `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${keyholderRolePath}*`,
          },
        },
      }),
    );
  }

  /** `create`: may make the key of a new day. Both: may open a day's key, under that day's encryption context only. */
  grantDays(role: IRole, use: 'open' | 'create'): PolicyStatement {
    const statement = new PolicyStatement({
      actions: use === 'create' ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'],
      resources: [this.key.keyArn],
      conditions: { 'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['day'] } },
    });
    role.addToPrincipalPolicy(statement);
    return statement;
  }
}

/** Use of a store's key through that store's service only, so the permission is of no use on its own. */
export function viaService(
  key: IKey,
  service: 'dynamodb' | 's3' | 'kinesis' | 'sqs' | 'sns',
  use: 'read' | 'write',
): PolicyStatement {
  return new PolicyStatement({
    actions: use === 'read' ? ['kms:Decrypt'] : ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: [key.keyArn],
    conditions: { StringEquals: { 'kms:ViaService': `${service}.${Aws.REGION}.amazonaws.com` } },
  });
}
