import { z } from 'zod';
import type { BucketSettings } from './bucket';
import type { LifecycleRule } from './lifecycle';
import type { NotificationRule } from './notifications';
import type { Encryption } from './version';

/** CloudFormation takes booleans and numbers as text too. */
const flag = z.union([z.boolean(), z.enum(['true', 'false']).transform((text) => text === 'true')]);
const count = z.coerce.number().int().nonnegative();
const days = z.coerce.number().int().positive();

const encryption = z.strictObject({
  BucketKeyEnabled: flag.optional(),
  ServerSideEncryptionByDefault: z.discriminatedUnion('SSEAlgorithm', [
    z.strictObject({ SSEAlgorithm: z.literal('AES256') }),
    z.strictObject({ SSEAlgorithm: z.literal('aws:kms'), KMSMasterKeyID: z.string().min(1) }),
  ]),
});

const defaultRetention = z.strictObject({
  Mode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
  Days: days.optional(),
  Years: days.optional(),
});

const lifecycleRule = z
  .strictObject({
    Id: z.string().optional(),
    Status: z.enum(['Enabled', 'Disabled']),
    Prefix: z.string().default(''),
    TagFilters: z.array(z.strictObject({ Key: z.string(), Value: z.string() })).default([]),
    ObjectSizeGreaterThan: count.optional(),
    ObjectSizeLessThan: count.optional(),
    ExpirationInDays: days.optional(),
    ExpirationDate: z.iso.datetime().optional(),
    ExpiredObjectDeleteMarker: flag.default(false),
    NoncurrentVersionExpirationInDays: days.optional(),
    NoncurrentVersionExpiration: z
      .strictObject({ NoncurrentDays: days, NewerNoncurrentVersions: days.optional() })
      .optional(),
    AbortIncompleteMultipartUpload: z.strictObject({ DaysAfterInitiation: days }).optional(),
  })
  .transform((rule) => ({
    isEnabled: rule.Status === 'Enabled',
    rule: {
      prefix: rule.Prefix,
      tags: Object.fromEntries(rule.TagFilters.map(({ Key, Value }) => [Key, Value])),
      largerThanBytes: rule.ObjectSizeGreaterThan,
      smallerThanBytes: rule.ObjectSizeLessThan,
      expirationDays: rule.ExpirationInDays,
      expirationDateMs: rule.ExpirationDate === undefined ? undefined : Date.parse(rule.ExpirationDate),
      removesExpiredMarkers: rule.ExpiredObjectDeleteMarker,
      noncurrentDays:
        rule.NoncurrentVersionExpiration?.NoncurrentDays ?? rule.NoncurrentVersionExpirationInDays,
      newerNoncurrentKept: rule.NoncurrentVersionExpiration?.NewerNoncurrentVersions ?? 0,
      abortUploadDays: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation,
    } satisfies LifecycleRule,
  }));

const event = z.enum([
  's3:ObjectCreated:*',
  's3:ObjectCreated:Put',
  's3:ObjectCreated:Copy',
  's3:ObjectCreated:CompleteMultipartUpload',
  's3:ObjectRemoved:*',
  's3:ObjectRemoved:Delete',
  's3:ObjectRemoved:DeleteMarkerCreated',
  's3:LifecycleExpiration:*',
  's3:LifecycleExpiration:Delete',
  's3:LifecycleExpiration:DeleteMarkerCreated',
]);
const filterRule = z.strictObject({
  Name: z
    .string()
    .transform((name) => name.toLowerCase())
    .pipe(z.enum(['prefix', 'suffix'])),
  Value: z.string(),
});
const filter = z.strictObject({ S3Key: z.strictObject({ Rules: z.array(filterRule) }) }).optional();

const notifications = z.strictObject({
  QueueConfigurations: z
    .array(z.strictObject({ Event: event, Queue: z.string(), Filter: filter }))
    .default([]),
  LambdaConfigurations: z
    .array(z.strictObject({ Event: event, Function: z.string(), Filter: filter }))
    .default([]),
});

/** Of no effect here: there is no public access, no cross-origin caller and no access log on the loopback. */
const ignored = {
  AccessControl: z.enum(['Private', 'LogDeliveryWrite']).optional(),
  CorsConfiguration: z.unknown().optional(),
  LoggingConfiguration: z.unknown().optional(),
  MetricsConfigurations: z.unknown().optional(),
  OwnershipControls: z.unknown().optional(),
  PublicAccessBlockConfiguration: z.unknown().optional(),
  Tags: z.unknown().optional(),
};

const bucketProperties = z.strictObject({
  ...ignored,
  BucketName: z.string().optional(),
  BucketEncryption: z.strictObject({ ServerSideEncryptionConfiguration: z.tuple([encryption]) }).optional(),
  VersioningConfiguration: z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) }).optional(),
  ObjectLockEnabled: flag.default(false),
  ObjectLockConfiguration: z
    .strictObject({
      ObjectLockEnabled: z.literal('Enabled').optional(),
      Rule: z.strictObject({ DefaultRetention: defaultRetention }).optional(),
    })
    .optional(),
  LifecycleConfiguration: z
    .strictObject({
      Rules: z.array(lifecycleRule),
      TransitionDefaultMinimumObjectSize: z.string().optional(),
    })
    .optional(),
  NotificationConfiguration: notifications.optional(),
});

/** Throws an `Error` that names each property that is wrong or not modelled. */
export function bucketSettings(name: string, properties: Readonly<Record<string, unknown>>): BucketSettings {
  const parsed = bucketProperties.safeParse(properties);
  if (!parsed.success) throw new Error(parsed.error.issues.map(described).join('; '));
  const { data } = parsed;
  const isLockEnabled = data.ObjectLockEnabled;
  return {
    name,
    versioning: data.VersioningConfiguration?.Status ?? (isLockEnabled ? 'Enabled' : 'Unversioned'),
    encryption: defaultEncryption(data.BucketEncryption?.ServerSideEncryptionConfiguration[0]),
    isLockEnabled,
    defaultRetention: retention(data.ObjectLockConfiguration?.Rule?.DefaultRetention),
    lifecycle: (data.LifecycleConfiguration?.Rules ?? []).flatMap(({ isEnabled, rule }) =>
      isEnabled ? [rule] : [],
    ),
    notifications: notificationRules(data.NotificationConfiguration),
  };
}

function defaultEncryption(configured: z.infer<typeof encryption> | undefined): Encryption {
  const byDefault = configured?.ServerSideEncryptionByDefault;
  if (byDefault?.SSEAlgorithm !== 'aws:kms') return { algorithm: 'AES256' };
  const isBucketKey = configured?.BucketKeyEnabled ?? false;
  return { algorithm: 'aws:kms', keyId: byDefault.KMSMasterKeyID, isBucketKey };
}

function retention(rule: z.infer<typeof defaultRetention> | undefined): BucketSettings['defaultRetention'] {
  return rule && { mode: rule.Mode, days: rule.Days ?? 365 * (rule.Years ?? 0) };
}

function notificationRules(configured: z.infer<typeof notifications> | undefined): NotificationRule[] {
  const targets = [
    ...(configured?.QueueConfigurations ?? []).map((one) => ({
      kind: 'queue' as const,
      arn: one.Queue,
      ...one,
    })),
    ...(configured?.LambdaConfigurations ?? []).map((one) => ({
      kind: 'function' as const,
      arn: one.Function,
      ...one,
    })),
  ];
  return targets.map(({ kind, arn, Event, Filter }, index) => {
    const value = (name: string) => Filter?.S3Key.Rules.find((rule) => rule.Name === name)?.Value ?? '';
    return {
      id: `rule-${index}`,
      event: Event,
      prefix: value('prefix'),
      suffix: value('suffix'),
      target: { kind, arn },
    };
  });
}

function described(issue: z.core.$ZodIssue): string {
  const path = issue.path.join('.');
  if (issue.code !== 'unrecognized_keys') return `${path}: ${issue.message}`;
  return `${[path, issue.keys.join(', ')].filter((part) => part !== '').join('.')}: the local s3 does not model this property`;
}
