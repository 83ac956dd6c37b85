import { Aws } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Alarms } from './alarms';
import { keyholderRolePath } from './customer-key';

/** What keyholders do with the key all day. */
const everydayUses = ['Decrypt', 'GenerateDataKey'];
/** Looking at the key opens nothing, and the account's own rule checks do it daily. */
const looks = [
  'DescribeKey',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
];

/**
 * EventBridge pattern of every other use of a key, as CloudTrail tells it: an everyday use by anybody but a role whose
 * ARN begins with `keyholders`, allowed or refused, and any change of the key or other cryptographic call by anybody.
 */
export function otherUses({ keyArn, keyholders }: { readonly keyArn: string; readonly keyholders: string }) {
  const issuer = (arn: unknown) => ({ sessionContext: { sessionIssuer: { arn: [arn] } } });
  return {
    source: ['aws.kms'],
    'detail-type': ['AWS API Call via CloudTrail'],
    detail: {
      eventSource: ['kms.amazonaws.com'],
      resources: { ARN: [keyArn] },
      $or: [
        { eventName: [{ 'anything-but': [...everydayUses, ...looks] }] },
        { eventName: everydayUses, userIdentity: issuer({ 'anything-but': { prefix: keyholders } }) },
        // Users and the root user have no role that issued their session.
        { eventName: everydayUses, userIdentity: issuer({ exists: false }) },
      ],
    },
  };
}

/** Tells the operator of every use of the day wrapping key that is none of the product's own [Storage-A]. */
export class KeyUseWatch extends Construct {
  constructor(
    scope: Construct,
    id: string,
    { key, alarms }: { readonly key: IKey; readonly alarms: Alarms },
  ) {
    super(scope, id);
    alarms.allowEvents();
    new CfnRule(this, 'DayKeyOtherUse', {
      description:
        'Somebody but a keyholder used the day wrapping key, or changed it. What to do: docs/runbook.md#daykeyotheruse',
      // `ENABLED` alone leaves out calls that change nothing, and Decrypt counts as one.
      state: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      eventPattern: otherUses({
        keyArn: key.keyArn,
        keyholders: `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role${keyholderRolePath}`,
      }),
      targets: [{ id: 'operator', arn: alarms.topic.topicArn }],
    });
  }
}
