import { createHash } from 'node:crypto';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { bucketSettings } from './bucket-properties';
import type { S3 } from './s3';

const nameCharsMax = 63;

export function s3Models(s3: S3): ResourceModel[] {
  return [
    {
      type: 'AWS::S3::Bucket',
      ref: bucketName,
      attributes: {
        Arn: (identity) => `arn:${identity.partition}:s3:::${bucketName(identity)}`,
        DomainName: (identity) => `${bucketName(identity)}.s3.amazonaws.com`,
        RegionalDomainName: (identity) => `${bucketName(identity)}.s3.${identity.region}.amazonaws.com`,
        DualStackDomainName: (identity) =>
          `${bucketName(identity)}.s3.dualstack.${identity.region}.amazonaws.com`,
      },
      provision: (resource) =>
        naming(resource, () => s3.createBucket(bucketSettings(resource.physicalId, resource.properties))),
    },
    {
      type: 'AWS::S3::BucketPolicy',
      ref: (identity) => String(identity.property('Bucket')),
      attributes: {},
      provision: (resource) =>
        naming(resource, async () => {
          const { Bucket, PolicyDocument, ...others } = resource.properties;
          const [unknown] = Object.keys(others);
          if (unknown !== undefined) throw new Error(`${unknown}: the local s3 does not model this property`);
          if (typeof Bucket !== 'string') throw new Error('Bucket: not a string');
          s3.setBucketPolicy(Bucket, PolicyDocument);
        }),
    },
  ];
}

/** Bucket names are lower case and at most 63 characters; a longer one is cut and told apart by a digest. */
function bucketName(identity: ResourceIdentity): string {
  const given = identity.property('BucketName');
  if (typeof given === 'string') return given;
  const name = identity.defaultName.toLowerCase().replace(/[^a-z0-9-]/g, '-');
  if (name.length <= nameCharsMax) return name;
  const digest = createHash('sha256').update(name).digest('hex').slice(0, 8);
  return `${name.slice(0, nameCharsMax - digest.length - 1)}-${digest}`;
}

async function naming({ type, stackName, logicalId }: Resource, make: () => Promise<void>): Promise<void> {
  try {
    await make();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${type} ${stackName}/${logicalId}: ${why}`, { cause });
  }
}
