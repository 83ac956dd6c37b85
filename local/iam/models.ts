import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import type { Iam } from './iam';

const arnOf = (identity: ResourceIdentity, kind: 'role' | 'policy', name: string) =>
  `arn:${identity.partition}:iam::${identity.accountId}:${kind}${String(identity.property('Path') ?? '/')}${name}`;
const named = (property: string) => (identity: ResourceIdentity) =>
  String(identity.property(property) ?? identity.defaultName);
const roleName = named('RoleName');
const managedPolicyArn = (identity: ResourceIdentity) =>
  arnOf(identity, 'policy', named('ManagedPolicyName')(identity));

const roleSchema = z.strictObject({
  AssumeRolePolicyDocument: z.unknown(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: z.unknown() })).default([]),
});
const policySchema = z.strictObject({
  PolicyName: z.string(),
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).min(1),
});
const managedPolicySchema = z.strictObject({
  PolicyDocument: z.unknown(),
  Roles: z.array(z.string()).default([]),
});

/** What IAM makes of the template: roles, inline policies, managed policies. Users and groups are not modelled. */
export function iamModels(iam: Iam): ResourceModel[] {
  return [
    {
      type: 'AWS::IAM::Role',
      ref: roleName,
      attributes: {
        Arn: (identity) => arnOf(identity, 'role', roleName(identity)),
        RoleId: (identity) => `AROA${identity.defaultName}`,
      },
      provision: (resource) => provisionRole(iam, resource),
    },
    {
      type: 'AWS::IAM::Policy',
      ref: named('PolicyName'),
      attributes: { Id: named('PolicyName') },
      provision: (resource) => {
        const { PolicyName, PolicyDocument, Roles } = understand(resource, policySchema, []);
        for (const role of Roles) iam.putRolePolicy(iam.roleArn(role), PolicyName, PolicyDocument);
      },
    },
    {
      type: 'AWS::IAM::ManagedPolicy',
      ref: managedPolicyArn,
      attributes: { PolicyArn: managedPolicyArn },
      provision: (resource) => {
        const ignored = ['Description', 'ManagedPolicyName', 'Path'];
        const { PolicyDocument, Roles } = understand(resource, managedPolicySchema, ignored);
        const arn = managedPolicyArn(resource);
        iam.addManagedPolicy(arn, PolicyDocument);
        for (const role of Roles) iam.attachRolePolicy(iam.roleArn(role), arn);
      },
    },
  ];
}

function provisionRole(iam: Iam, resource: Resource): void {
  const ignored = ['Description', 'MaxSessionDuration', 'Path', 'RoleName', 'Tags'];
  const role = understand(resource, roleSchema, ignored);
  const arn = resource.attribute('Arn');
  iam.addRole(arn, role.AssumeRolePolicyDocument);
  for (const { PolicyName, PolicyDocument } of role.Policies)
    iam.putRolePolicy(arn, PolicyName, PolicyDocument);
  for (const policyArn of role.ManagedPolicyArns) iam.attachRolePolicy(arn, policyArn);
}
