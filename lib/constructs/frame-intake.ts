import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { CfnBucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { viaService } from './customer-key';
import type { ProductFunction } from './product-function';
import { StoreBucket } from './store-bucket';

/**
 * Where frames of cameras that do not read plates themselves arrive. The queue carries object keys only (camera and
 * time, no plate); a frame is deleted once read and by lifecycle after a day.
 */
export class FrameIntake extends Construct {
  readonly frames: StoreBucket;
  readonly arrivals: Queue;
  readonly unread: Queue;
  private readonly key: IKey;

  constructor(scope: Construct, id: string, props: { readonly key: IKey; readonly accessLogs: IBucket }) {
    super(scope, id);
    this.key = props.key;
    this.unread = new Queue(this, 'Unread', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(1),
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.arrivals = new Queue(this, 'Arrivals', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(1),
      visibilityTimeout: Duration.minutes(6),
      deadLetterQueue: { queue: this.unread, maxReceiveCount: 3 },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.frames = new StoreBucket(this, 'Frames', {
      key: props.key,
      accessLogs: props.accessLogs,
      expiresAfterDays: 1,
      noCopiesBecause: 'Transit store of plaintext frames: copies would outlive their day [Storage-A].',
      isRetained: false,
    });
    this.announceFrames();
  }

  feed(to: ProductFunction): void {
    to.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.arrivals.queueArn);
    to.allowStatement(viaService(this.key, 'sqs', 'read'));
    const mapping = new EventSourceMapping(this, 'Detection', {
      target: to.function,
      eventSourceArn: this.arrivals.queueArn,
      batchSize: 5,
      reportBatchItemFailures: true,
      maxConcurrency: 20,
    });
    mapping.node.addDependency(to.role);
  }

  /**
   * The bucket's own notification property, not CDK's helper: that one brings a function of its own into the account.
   * The queue names the account and the bucket's generated name instead of the bucket, since the two would otherwise
   * wait for each other.
   */
  private announceFrames(): void {
    const s3 = new ServicePrincipal('s3.amazonaws.com');
    const fromTheFrames = {
      StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      ArnLike: { 'aws:SourceArn': `arn:${Aws.PARTITION}:s3:::*intakeframes*` },
    };
    this.arrivals.addToResourcePolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        principals: [s3],
        actions: ['sqs:SendMessage'],
        resources: [this.arrivals.queueArn],
        conditions: fromTheFrames,
      }),
    );
    this.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [s3],
        // No source condition: S3 is not documented to hand one on to KMS. The queue's policy has it.
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    const bucket = this.frames.bucket.node.defaultChild as CfnBucket;
    bucket.notificationConfiguration = {
      queueConfigurations: [{ event: 's3:ObjectCreated:*', queue: this.arrivals.queueArn }],
    };
    bucket.node.addDependency(this.arrivals);
  }
}
