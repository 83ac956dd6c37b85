import { Iam } from '../../../local/iam/iam';
import { accountId, fixedClock, region } from '../support';

const clock = fixedClock();
const iam = new Iam({ clock, region, accountId });
const roleArn = `arn:aws:iam::${accountId}:role/cameras`;
iam.addRole(roleArn, { Statement: [] });
iam.putRolePolicy(roleArn, 'frames', {
  Statement: [
    {
      Effect: 'Allow',
      Action: 's3:PutObject',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: IAM puts the device's name in.
      Resource: 'arn:aws:s3:::frames/${credentials-iot:ThingName}/*',
    },
  ],
});

it.each([
  ['its own prefix', { 'credentials-iot:ThingName': 'car-1' }, 'car-1/x.jpg', true],
  ['another’s prefix', { 'credentials-iot:ThingName': 'car-1' }, 'car-2/x.jpg', false],
  ['a prefix by a name that is a pattern', { 'credentials-iot:ThingName': '*' }, 'car-2/x.jpg', false],
  ['a prefix without a name', {}, 'car-1/x.jpg', false],
] as const)('lets a device’s session write to %s or not', (_, context, key, isAllowed) => {
  const caller = iam.callerOf(iam.issueCredentials(roleArn, 'device', undefined, undefined, { context }));
  const call = { caller, action: 's3:PutObject', resource: `arn:aws:s3:::frames/${key}` };
  expect(iam.decide(call).kind).toBe(isAllowed ? 'allowed' : 'denied');
});

it('knows credentials no longer from their end on', () => {
  const expiresAtMs = clock.now() + 900_000;
  const { accessKeyId } = iam.issueCredentials(roleArn, 'device', undefined, undefined, { expiresAtMs });
  clock.advance(899_999);
  expect(iam.find(accessKeyId)).toBeDefined();
  clock.advance(1);
  expect(iam.find(accessKeyId)).toBeUndefined();
});
