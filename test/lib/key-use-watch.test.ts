import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Alarms } from '../../lib/constructs/alarms';
import { DayWrappingKey } from '../../lib/constructs/customer-key';
import { KeyUseWatch, otherUses } from '../../lib/constructs/key-use-watch';
import { matchesPattern } from '../support/event-pattern';

const account = 'arn:aws:iam::000000000000';
const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/00000000-0000-4000-8000-000000000001';
const pattern = otherUses({ keyArn, keyholders: `${account}:role/platekeeper/keyholder/` });

/** As CloudTrail tells a call on a key. */
function told(
  eventName: string,
  issuer: string | undefined,
  changes: { arn?: string; errorCode?: string } = {},
) {
  return {
    source: 'aws.kms',
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      eventSource: 'kms.amazonaws.com',
      eventName,
      userIdentity:
        issuer === undefined
          ? { type: 'IAMUser', arn: `${account}:user/made-up` }
          : { type: 'AssumedRole', sessionContext: { sessionIssuer: { type: 'Role', arn: issuer } } },
      resources: [{ type: 'AWS::KMS::Key', ARN: changes.arn ?? keyArn }],
      ...(changes.errorCode === undefined ? {} : { errorCode: changes.errorCode }),
    },
  };
}

const keyholder = `${account}:role/platekeeper/keyholder/SearchReadsRole`;
const administrator = `${account}:role/Administrator`;

describe('the watch on the day wrapping key', () => {
  it.each(['Decrypt', 'GenerateDataKey'])('does not mind a keyholder’s %s', (eventName) => {
    expect(matchesPattern(pattern, told(eventName, keyholder))).toBe(false);
  });

  it.each([
    ['an administrator', administrator],
    ['a role that only sounds like a keyholder', `${account}:role/keyholder/platekeeper`],
    ['a role of another account', 'arn:aws:iam::111111111111:role/platekeeper/keyholder/Made'],
    ['a user without a role', undefined],
  ])('tells of a Decrypt or GenerateDataKey by %s, refused ones too [Storage-A]', (_, issuer) => {
    for (const eventName of ['Decrypt', 'GenerateDataKey'])
      for (const changes of [{}, { errorCode: 'AccessDenied' }])
        expect(matchesPattern(pattern, told(eventName, issuer, changes))).toBe(true);
  });

  it.each([
    'PutKeyPolicy',
    'ScheduleKeyDeletion',
    'DisableKey',
    'CreateGrant',
    'ReEncrypt',
    'Encrypt',
    'GenerateDataKeyWithoutPlaintext',
    'UpdateKeyDescription',
  ])('tells of %s, whoever does it [Storage-A]', (eventName) => {
    for (const issuer of [keyholder, administrator, undefined])
      expect(matchesPattern(pattern, told(eventName, issuer))).toBe(true);
  });

  it('minds neither looks at the key nor other keys', () => {
    expect(matchesPattern(pattern, told('DescribeKey', administrator))).toBe(false);
    expect(matchesPattern(pattern, told('Decrypt', administrator, { arn: `${keyArn}2` }))).toBe(false);
  });

  it('sees calls that change nothing, and reaches the operator', () => {
    const stack = new Stack(new App(), 'Watched');
    const alarms = new Alarms(stack, 'Alarms', { email: 'operator@example.org' });
    new KeyUseWatch(stack, 'KeyUse', { key: new DayWrappingKey(stack, 'DayKey').key, alarms });
    const template = Template.fromStack(stack);
    template.hasResourceProperties('AWS::Events::Rule', {
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      Targets: [{ Arn: stack.resolve(alarms.topic.topicArn) }],
    });
    const policies = JSON.stringify(template.findResources('AWS::SNS::TopicPolicy'));
    expect(policies).toContain('"Service":"events.amazonaws.com"');
    const keys = Object.values(template.findResources('AWS::KMS::Key')).map((key) => JSON.stringify(key));
    expect(keys.filter((key) => key.includes('events.amazonaws.com'))).toHaveLength(1);
  });
});
