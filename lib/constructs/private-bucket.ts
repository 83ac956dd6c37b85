import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  BucketEncryption,
  type BucketProps,
  type IBucket,
  ObjectOwnership,
} from 'aws-cdk-lib/aws-s3';

/** What every bucket of records has: a customer key, TLS only, no public way in, its owner alone, and a log of access. */
export function privateBucket(props: {
  readonly key: IKey;
  readonly accessLogs: IBucket;
  /** Where its access is logged. */
  readonly logsPrefix: string;
}) {
  return {
    encryption: BucketEncryption.KMS,
    encryptionKey: props.key,
    bucketKeyEnabled: true,
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    serverAccessLogsBucket: props.accessLogs,
    serverAccessLogsPrefix: props.logsPrefix,
  } satisfies BucketProps;
}
