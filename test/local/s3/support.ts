import { S3Client } from '@aws-sdk/client-s3';
import { AwsError } from '../../../local/aws/errors';
import type { KeyUse } from '../../../local/kms/key-use';
import { s3Models } from '../../../local/s3/models';
import { S3 } from '../../../local/s3/s3';
import { provision } from '../kms/provision';
import { clientConfig, fixedClock, recordingAuthorizer, region, testCredentials } from '../support';

/** An S3 with no bucket yet, its client, and everything it asked of IAM and KMS or handed on. */
export async function startS3() {
  const clock = fixedClock();
  const iam = recordingAuthorizer();
  const policies = new Map<string, unknown>();
  const keyUses: Omit<KeyUse, 'caller'>[] = [];
  const unusableKeys = new Map<string, AwsError>();
  const delivered: { to: string; payload: unknown; sourceArn: string }[] = [];
  const refusingTargets = new Set<string>();
  const hand = (to: string, payload: unknown, sourceArn: string) => {
    if (refusingTargets.has(to))
      throw new AwsError('AccessDenied', `the policy of ${to} does not let S3 in`, 403);
    delivered.push({ to, payload, sourceArn });
  };
  const s3 = new S3({
    clock,
    authorize: iam.authorize,
    credentials: testCredentials.source,
    region,
    setResourcePolicy: (arn, document) => void policies.set(arn, document),
    useKey: ({ caller: _, ...use }) => {
      keyUses.push(use);
      const refusal = unusableKeys.get(use.keyId);
      if (refusal !== undefined) throw refusal;
      return `arn:aws:kms:us-east-2:000000000000:key/${use.keyId}`;
    },
    deliver: {
      toQueue: (arn, body, { sourceArn }) => hand(arn, JSON.parse(body), sourceArn),
      toFunction: (arn, payload, { sourceArn }) => hand(arn, payload, sourceArn),
    },
  });
  const { url, close } = await s3.listen();
  const client = new S3Client(clientConfig(url));
  return {
    s3,
    url,
    client,
    clock,
    iam,
    policies,
    keyUses,
    unusableKeys,
    delivered,
    refusingTargets,
    /** Makes the bucket of a template; gives its name. */
    bucket: async (properties: Record<string, unknown> = {}, logicalId = 'Store') => {
      const made = await provision(s3Models(s3), { type: 'AWS::S3::Bucket', logicalId, properties });
      return made.ref;
    },
    policy: (properties: Record<string, unknown>) =>
      provision(s3Models(s3), { type: 'AWS::S3::BucketPolicy', logicalId: 'Policy', properties }),
    stop: async () => {
      client.destroy();
      await close();
    },
  };
}

export type S3Stack = Awaited<ReturnType<typeof startS3>>;
export const versioned = { VersioningConfiguration: { Status: 'Enabled' } };
export const underKey = (keyId: string, isBucketKey = true) => ({
  BucketEncryption: {
    ServerSideEncryptionConfiguration: [
      {
        BucketKeyEnabled: isBucketKey,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyId },
      },
    ],
  },
});
