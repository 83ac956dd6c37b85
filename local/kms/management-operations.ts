import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import type { Clock } from '../clock';
import { type Input, optionalInteger, requiredText } from './input';
import { aliasIn, type Key, type Kms } from './kms';
import { isMacSpec, isSignerSpec, macAlgorithm, signingAlgorithms } from './material';

const dayMs = 86_400_000;

/** What an operator does to a key: look at it, switch it off and on, turn rotation on, delete it after a wait. */
export function keyManagementOperations(kms: Kms, clock: Clock): Record<string, JsonOperation> {
  const allowed = (input: Input, caller: Caller, action: string): Key => {
    const id = requiredText(input, 'KeyId');
    const key = kms.find(id);
    kms.authorize(key, { caller, action, alias: aliasIn(id) });
    return key;
  };
  return {
    DescribeKey: (input, caller) => ({ KeyMetadata: metadata(allowed(input, caller, 'kms:DescribeKey')) }),
    EnableKey: (input, caller) => {
      notPendingDeletion(allowed(input, caller, 'kms:EnableKey')).isEnabled = true;
    },
    DisableKey: (input, caller) => {
      notPendingDeletion(allowed(input, caller, 'kms:DisableKey')).isEnabled = false;
    },
    EnableKeyRotation: (input, caller) => {
      const days = optionalInteger(input, 'RotationPeriodInDays', { from: 90, to: 2560 }) ?? 365;
      const key = rotatable(allowed(input, caller, 'kms:EnableKeyRotation'));
      key.rotationPeriodDays = days;
    },
    DisableKeyRotation: (input, caller) => {
      rotatable(allowed(input, caller, 'kms:DisableKeyRotation')).rotationPeriodDays = undefined;
    },
    GetKeyRotationStatus: (input, caller) => {
      const key = allowed(input, caller, 'kms:GetKeyRotationStatus');
      const days = key.rotationPeriodDays;
      return {
        KeyId: key.arn,
        KeyRotationEnabled: days !== undefined,
        ...(days === undefined ? {} : { RotationPeriodInDays: days }),
      };
    },
    ScheduleKeyDeletion: (input, caller) => {
      const days = optionalInteger(input, 'PendingWindowInDays', { from: 7, to: 30 }) ?? 30;
      const key = notPendingDeletion(allowed(input, caller, 'kms:ScheduleKeyDeletion'));
      key.deletedAtMs = clock.now() + days * dayMs;
      return {
        KeyId: key.arn,
        DeletionDate: key.deletedAtMs / 1000,
        KeyState: stateOf(key),
        PendingWindowInDays: days,
      };
    },
    CancelKeyDeletion: (input, caller) => {
      const key = allowed(input, caller, 'kms:CancelKeyDeletion');
      if (key.deletedAtMs === undefined) {
        throw new AwsError('KMSInvalidStateException', `${key.arn} is not pending deletion.`);
      }
      key.deletedAtMs = undefined;
      key.isEnabled = false;
      return { KeyId: key.arn };
    },
  };
}

function metadata(key: Key) {
  return {
    AWSAccountId: key.arn.split(':')[4],
    KeyId: key.keyId,
    Arn: key.arn,
    CreationDate: key.createdAtMs / 1000,
    Enabled: stateOf(key) === 'Enabled',
    Description: key.description,
    KeyUsage: key.usage,
    KeyState: stateOf(key),
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: key.spec,
    CustomerMasterKeySpec: key.spec,
    MultiRegion: false,
    ...(key.deletedAtMs === undefined ? {} : { DeletionDate: key.deletedAtMs / 1000 }),
    ...algorithms(key),
  };
}

function algorithms({ spec }: Key) {
  if (isMacSpec(spec)) return { MacAlgorithms: [macAlgorithm(spec)] };
  if (isSignerSpec(spec)) return { SigningAlgorithms: signingAlgorithms(spec) };
  return { EncryptionAlgorithms: [spec] };
}

function stateOf(key: Key): 'Enabled' | 'Disabled' | 'PendingDeletion' {
  if (key.deletedAtMs !== undefined) return 'PendingDeletion';
  return key.isEnabled ? 'Enabled' : 'Disabled';
}

function notPendingDeletion(key: Key): Key {
  if (key.deletedAtMs === undefined) return key;
  throw new AwsError('KMSInvalidStateException', `${key.arn} is pending deletion.`);
}

function rotatable(key: Key): Key {
  if (key.spec === 'SYMMETRIC_DEFAULT') return notPendingDeletion(key);
  throw new AwsError(
    'UnsupportedOperationException',
    `${key.arn} is not symmetric and cannot be rotated by KMS.`,
  );
}
