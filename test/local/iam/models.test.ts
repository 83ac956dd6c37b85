import { Iam } from '../../../local/iam/iam';
import { iamModels } from '../../../local/iam/models';
import { parseTemplate } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import { accountId, fixedClock, region } from '../support';

const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }],
};
const allow = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: '*' }] });

async function deployed(Resources: object) {
  const iam = new Iam({ clock: fixedClock(), region, accountId });
  const template = parseTemplate({ Resources }, 'Api');
  const assembly = { stacks: [{ name: 'Api', region, template }], assetPath: () => '' };
  await deploy({ assembly, models: iamModels(iam), accountId });
  return {
    iam,
    may: (roleArn: string, action: string) =>
      iam.decide({ caller: { accessKeyId: 'x', roleArn }, action, resource: '*' }).kind === 'allowed',
  };
}

describe('IAM from the template', () => {
  it('gives a role its inline, attached and managed policies, under its path', async () => {
    const { may } = await deployed({
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: trust,
          Path: '/platekeeper/',
          Policies: [{ PolicyName: 'inline', PolicyDocument: allow('s3:GetObject') }],
          ManagedPolicyArns: [{ Ref: 'Managed' }, 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'],
        },
      },
      Attached: {
        Type: 'AWS::IAM::Policy',
        Properties: { PolicyName: 'p', PolicyDocument: allow('sqs:SendMessage'), Roles: [{ Ref: 'Role' }] },
      },
      Managed: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: allow('sns:Publish') } },
    });
    const arn = 'arn:aws:iam::000000000000:role/platekeeper/Api-Role';
    for (const action of ['s3:GetObject', 'sqs:SendMessage', 'sns:Publish', 'xray:PutTraceSegments']) {
      expect([action, may(arn, action)]).toEqual([action, true]);
    }
    expect(may(arn, 's3:PutObject')).toBe(false);
  });

  it('stops at a property that it would have to heed and does not know', async () => {
    const Properties = { AssumeRolePolicyDocument: trust, PermissionsBoundary: 'arn:aws:iam::0:policy/b' };
    await expect(deployed({ Role: { Type: 'AWS::IAM::Role', Properties } })).rejects.toThrow(
      /Api\/Role \(AWS::IAM::Role\) cannot be made locally:\s.*PermissionsBoundary/,
    );
  });
});
