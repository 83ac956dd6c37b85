import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { declareStore, type StoreDeclaration } from '../stores/declaration';
import { viaService } from './customer-key';
import { privateBucket } from './private-bucket';
import type { ProductFunction } from './product-function';

export interface StoreBucketProps {
  readonly key: IKey;
  readonly accessLogs: IBucket;
  readonly declaration: StoreDeclaration;
  /** Objects are deleted this many days after they were written, and unfinished uploads after one. */
  readonly expiresAfterDays: number;
  readonly isRetained?: boolean;
  /** Why no old versions and copies are kept. */
  readonly noCopiesBecause: string;
}

/** A private, TLS-only bucket under a customer key whose objects expire by themselves. */
export class StoreBucket extends Construct {
  readonly bucket: Bucket;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: StoreBucketProps) {
    super(scope, id);
    this.key = props.key;
    this.bucket = new Bucket(this, 'Bucket', {
      ...privateBucket({ key: props.key, accessLogs: props.accessLogs, logsPrefix: `${id}/` }),
      lifecycleRules: [
        {
          id: 'expire',
          expiration: Duration.days(props.expiresAfterDays),
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
      removalPolicy: props.isRetained === false ? RemovalPolicy.DESTROY : RemovalPolicy.RETAIN,
    });
    declareStore(this.bucket, props.declaration);
    acknowledge(this.bucket, {
      'NIST.800.53.R5-S3BucketVersioningEnabled': props.noCopiesBecause,
      'NIST.800.53.R5-S3BucketReplicationEnabled': props.noCopiesBecause,
      'NIST.800.53.R5-S3BucketDefaultLockEnabled': props.noCopiesBecause,
    });
  }

  grant(to: ProductFunction, use: 'get' | 'put' | 'delete', reason: string): void {
    const action = { get: 's3:GetObject', put: 's3:PutObject', delete: 's3:DeleteObject' }[use];
    to.allow(action, this.bucket.arnForObjects('*'));
    if (use !== 'delete') to.allowStatement(viaService(this.key, 's3', use === 'put' ? 'write' : 'read'));
    acknowledgeObjects(to.role, this.bucket, reason);
  }

  grantList(to: ProductFunction): void {
    to.allow('s3:ListBucket', this.bucket.bucketArn);
  }
}
