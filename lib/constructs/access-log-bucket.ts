import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { declareStore, withoutPlates } from '../stores/declaration';

/** Server access logs of the other buckets: object keys and roles, no content. Kept 90 days. */
export class AccessLogBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string, props: { readonly allowsAcls?: boolean } = {}) {
    super(scope, id);
    this.bucket = new Bucket(this, 'Bucket', {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: props.allowsAcls
        ? ObjectOwnership.BUCKET_OWNER_PREFERRED
        : ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(90),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declareStore(this.bucket, withoutPlates('Names of objects and roles for 90 days.'));
    const reason =
      'Access logs of other buckets: losing them loses no record, and copies would outlive their 90 days.';
    acknowledge(this.bucket, {
      'NIST.800.53.R5-S3BucketVersioningEnabled': reason,
      'NIST.800.53.R5-S3BucketReplicationEnabled': reason,
      'NIST.800.53.R5-S3BucketDefaultLockEnabled': reason,
      'NIST.800.53.R5-S3BucketLoggingEnabled': 'This is the bucket that the access logs go to.',
      'NIST.800.53.R5-S3DefaultEncryptionKMS':
        'S3 delivers access logs only to buckets with S3-managed encryption.',
      'AwsSolutions-S1': 'This is the bucket that the access logs go to.',
    });
  }
}
