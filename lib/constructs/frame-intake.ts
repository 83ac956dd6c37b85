import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { declareStore } from '../stores/declaration';
import { viaService } from './customer-key';
import { announceObjects } from './object-announcements';
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
      declaration: { holds: 'reads', ends: { by: 'age', hours: 24 } },
      expiresAfterDays: 1,
      noCopiesBecause: 'Transit store of plaintext frames: copies would outlive their day [Storage-A].',
      isRetained: false,
    });
    // Names of frames say which camera took one and when, and the frame itself is gone by then.
    for (const queue of [this.unread, this.arrivals])
      declareStore(queue, { holds: 'derived', ends: { by: 'age', hours: 24 } });
    announceObjects(this.frames.bucket, this.arrivals, props.key, '*intakeframes*');
  }

  feed(to: ProductFunction): void {
    to.allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.arrivals.queueArn);
    to.allowStatement(viaService(this.key, 'sqs', 'read'));
    const mapping = new EventSourceMapping(this, 'Detection', {
      target: to.function,
      eventSourceArn: this.arrivals.queueArn,
      batchSize: 5,
      // Frames of one vehicle arrive a fraction of a second apart: together they are one read.
      maxBatchingWindow: Duration.seconds(1),
      reportBatchItemFailures: true,
      maxConcurrency: 20,
    });
    mapping.node.addDependency(to.role);
  }
}
