import { createHash } from 'node:crypto';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import type { Kms } from './kms';
import { isMacSpec, isSignerSpec, type KeySpec, type KeyUsage, keyUsages } from './material';

const understoodKey = [
  'Description',
  'Enabled',
  'EnableKeyRotation',
  'KeyPolicy',
  'KeySpec',
  'KeyUsage',
  'RotationPeriodInDays',
];
/** `PendingWindowInDays` says how long CloudFormation waits when it deletes the stack; nothing here deletes one. */
const ignoredKey = ['BypassPolicyLockoutSafetyCheck', 'PendingWindowInDays', 'Tags'];

export function kmsModels(kms: Kms): ResourceModel[] {
  return [
    {
      type: 'AWS::KMS::Key',
      ref: keyIdFor,
      attributes: { Arn: keyArnFor, KeyId: keyIdFor },
      provision: (resource) => {
        refuseUnknown(resource, [...understoodKey, ...ignoredKey]);
        kms.createKey({
          keyId: resource.physicalId,
          arn: resource.attribute('Arn'),
          ...specAndUsage(resource),
          description: text(resource, 'Description') ?? '',
          isEnabled: flag(resource, 'Enabled') ?? true,
          rotationPeriodDays: rotationPeriodDays(resource),
          policy: resource.properties.KeyPolicy ?? delegateToAccount(resource),
        });
      },
    },
    {
      type: 'AWS::KMS::Alias',
      ref: (identity) => aliasName(identity, identity.property('AliasName')),
      attributes: {},
      provision: (resource) => {
        refuseUnknown(resource, ['AliasName', 'TargetKeyId']);
        const target = text(resource, 'TargetKeyId');
        if (target === undefined) throw wrong(resource, 'TargetKeyId', 'missing');
        kms.createAlias(aliasName(resource, resource.properties.AliasName), target);
      },
    },
  ];
}

/** A key's id in UUID form, the same on each run, so that references resolve before the key exists. */
function keyIdFor({ stackName, logicalId }: ResourceIdentity): string {
  const hex = createHash('sha256').update(`key ${stackName} ${logicalId}`).digest('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function keyArnFor(identity: ResourceIdentity): string {
  const { partition, region, accountId } = identity;
  return `arn:${partition}:kms:${region}:${accountId}:key/${keyIdFor(identity)}`;
}

/** The policy that KMS gives a key without one: IAM policies of the account decide. */
function delegateToAccount({ partition, accountId }: ResourceIdentity) {
  const principal = { AWS: `arn:${partition}:iam::${accountId}:root` };
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: 'kms:*', Resource: '*' }],
  };
}

function specAndUsage(resource: Resource): { spec: KeySpec; usage: KeyUsage } {
  const spec = text(resource, 'KeySpec') ?? 'SYMMETRIC_DEFAULT';
  if (spec !== 'SYMMETRIC_DEFAULT' && !isMacSpec(spec) && !isSignerSpec(spec)) {
    throw wrong(resource, 'KeySpec', `the local kms does not model ${spec}`);
  }
  const named = text(resource, 'KeyUsage') ?? 'ENCRYPT_DECRYPT';
  const usage = keyUsages.find((known) => known === named);
  if (usage === undefined || usage !== usageOf(spec))
    throw wrong(resource, 'KeyUsage', `${named} does not fit ${spec}`);
  return { spec, usage };
}

function usageOf(spec: KeySpec): KeyUsage {
  if (isMacSpec(spec)) return 'GENERATE_VERIFY_MAC';
  return isSignerSpec(spec) ? 'SIGN_VERIFY' : 'ENCRYPT_DECRYPT';
}

function rotationPeriodDays(resource: Resource): number | undefined {
  const days = Number(resource.properties.RotationPeriodInDays ?? 365);
  if (!Number.isInteger(days)) throw wrong(resource, 'RotationPeriodInDays', 'not a whole number');
  return flag(resource, 'EnableKeyRotation') === true ? days : undefined;
}

function aliasName(identity: ResourceIdentity, value: unknown): string {
  if (typeof value === 'string' && value.startsWith('alias/')) return value;
  throw wrong(identity, 'AliasName', 'not alias/<name>');
}

function text(resource: Resource, name: string): string | undefined {
  const value = resource.properties[name];
  if (value === undefined || typeof value === 'string') return value;
  throw wrong(resource, name, 'not a string');
}

/** CloudFormation takes booleans as text too. */
function flag(resource: Resource, name: string): boolean | undefined {
  const value = resource.properties[name];
  if (value === undefined) return undefined;
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(resource, name, 'not a boolean');
}

function refuseUnknown(resource: Resource, known: readonly string[]): void {
  for (const name of Object.keys(resource.properties)) {
    if (!known.includes(name)) throw wrong(resource, name, 'the local kms does not model this property');
  }
}

const wrong = ({ type, stackName, logicalId }: ResourceIdentity, property: string, what: string) =>
  new Error(`${type} ${stackName}/${logicalId}: ${property}: ${what}`);
