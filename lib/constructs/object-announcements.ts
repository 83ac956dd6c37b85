import { Aws } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/**
 * Tells a queue of each object that a bucket gets. By the bucket's own notification property, not CDK's helper: that one
 * brings a function of its own into the account. The queue names the account and the bucket's generated name
 * (`nameLike`) instead of the bucket, since the two would otherwise wait for each other.
 */
export function announceObjects(bucket: Bucket, queue: Queue, key: IKey, nameLike: string): void {
  const s3 = new ServicePrincipal('s3.amazonaws.com');
  queue.addToResourcePolicy(
    new PolicyStatement({
      effect: Effect.ALLOW,
      principals: [s3],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
        ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::${nameLike}` },
      },
    }),
  );
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [s3],
      // No source condition: S3 is not documented to hand one on to KMS. The queue's policy has it.
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: ['*'],
    }),
  );
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = {
    queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: queue.queueArn }],
  };
  resource.node.addDependency(queue);
}
