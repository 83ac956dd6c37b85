import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { acknowledgeObjects } from '../acknowledge';
import { viaService } from './customer-key';
import type { ProductFunction } from './product-function';
import { StoreBucket } from './store-bucket';

/** Stream records that no try could process, whole, until an operator replays them (docs/runbook.md). */
export class FailedRecords extends Construct {
  readonly bucket: IBucket;
  private readonly key: IKey;

  constructor(
    scope: Construct,
    id: string,
    props: { readonly key: IKey; readonly accessLogs: IBucket; readonly keptDays: number },
  ) {
    super(scope, id);
    this.key = props.key;
    this.bucket = new StoreBucket(this, 'Store', {
      key: props.key,
      accessLogs: props.accessLogs,
      declaration: { holds: 'reads', ends: { by: 'age', hours: props.keptDays * 24 } },
      expiresAfterDays: props.keptDays,
      noCopiesBecause: 'Transit store of plaintext records: copies would outlive its days [Storage-A].',
    }).bucket;
  }

  grantKeep(to: ProductFunction): void {
    to.allow('s3:PutObject', this.bucket.arnForObjects('*'));
    to.allow('s3:ListBucket', this.bucket.bucketArn);
    to.allowStatement(viaService(this.key, 's3', 'write'));
    acknowledgeObjects(to.role, this.bucket, 'Lambda names the objects of failed batches at run time.');
  }
}
