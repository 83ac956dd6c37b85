import { z } from 'zod';
import type { ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import type { Iot } from './iot';

const aliasSchema = z.strictObject({
  RoleArn: z.string(),
  /** AWS's own bounds: 15 minutes to 12 hours. */
  CredentialDurationSeconds: z.coerce.number().int().min(900).max(43_200).default(3600),
});
const policySchema = z.strictObject({ PolicyDocument: z.unknown() });

const named = (property: string) => (identity: ResourceIdentity) =>
  z.string().default(identity.defaultName).parse(identity.property(property));

/** What IoT makes of the template: role aliases and policies. Things and certificates come while the system runs. */
export function iotModels(iot: Iot): ResourceModel[] {
  const aliasName = named('RoleAlias');
  const policyName = named('PolicyName');
  return [
    {
      type: 'AWS::IoT::RoleAlias',
      ref: aliasName,
      attributes: { RoleAliasArn: (identity) => iot.arn(`rolealias/${aliasName(identity)}`) },
      provision: (resource) => {
        const given = understand(resource, aliasSchema, ['RoleAlias', 'Tags']);
        iot.addRoleAlias({
          name: aliasName(resource),
          roleArn: given.RoleArn,
          durationSeconds: given.CredentialDurationSeconds,
        });
      },
    },
    {
      type: 'AWS::IoT::Policy',
      ref: policyName,
      attributes: {
        Arn: (identity) => iot.arn(`policy/${policyName(identity)}`),
        Id: policyName,
      },
      provision: (resource) => {
        const { PolicyDocument } = understand(resource, policySchema, ['PolicyName', 'Tags']);
        iot.addPolicy(policyName(resource), PolicyDocument);
      },
    },
  ];
}
