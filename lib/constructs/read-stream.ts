import { Duration } from 'aws-cdk-lib';
import { CfnStreamConsumer, Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { EventSourceMapping, MetricType, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { declareStore } from '../stores/declaration';
import { viaService } from './customer-key';
import type { FailedRecords } from './failed-records';
import type { ProductFunction } from './product-function';

export interface ConsumerProps {
  readonly function: ProductFunction;
  readonly batchSize: number;
  /** Longest wait for a fuller batch; none where an officer waits for the outcome. */
  readonly batchingWindow?: Duration;
  /** A pipe of its own, so that a record reaches the function at once instead of within about a second. */
  readonly isFannedOut?: boolean;
  readonly failures: FailedRecords;
}

/** A stream of reads on their way: plaintext for at most 24 hours, under the transit key. */
export class ReadStream extends Construct {
  readonly stream: Stream;
  readonly key: IKey;

  /** `shards`: as many and no more; without it the stream grows with what is sent. */
  constructor(scope: Construct, id: string, props: { readonly key: IKey; readonly shards?: number }) {
    super(scope, id);
    this.key = props.key;
    this.stream = new Stream(this, 'Stream', {
      ...(props.shards === undefined
        ? { streamMode: StreamMode.ON_DEMAND }
        : { streamMode: StreamMode.PROVISIONED, shardCount: props.shards }),
      encryption: StreamEncryption.KMS,
      encryptionKey: props.key,
      retentionPeriod: Duration.hours(24),
    });
    declareStore(this.stream, { holds: 'reads', ends: { by: 'age', hours: 24 } });
    acknowledge(this.stream, {
      'AwsSolutions-KDS3': 'Encrypted under the transit key, whose policy this deployment decides.',
    });
  }

  /**
   * Failed batches are halved until the bad record stands alone; after its last try it is kept whole in the bucket of
   * failed records, and its neighbours go on.
   */
  feed(id: string, props: ConsumerProps): EventSourceMapping {
    const to = props.function;
    const source = props.isFannedOut
      ? new CfnStreamConsumer(this, `${id}Pipe`, { consumerName: id, streamArn: this.stream.streamArn })
          .attrConsumerArn
      : this.stream.streamArn;
    to.allow(
      [
        'kinesis:DescribeStreamSummary',
        'kinesis:GetRecords',
        'kinesis:GetShardIterator',
        'kinesis:ListShards',
      ],
      this.stream.streamArn,
    );
    to.allow('kinesis:DescribeStream', this.stream.streamArn);
    if (props.isFannedOut) to.allow(['kinesis:SubscribeToShard', 'kinesis:DescribeStreamConsumer'], source);
    to.allowStatement(viaService(this.key, 'kinesis', 'read'));
    props.failures.grantKeep(to);
    const mapping = new EventSourceMapping(this, id, {
      target: to.function,
      eventSourceArn: source,
      startingPosition: StartingPosition.TRIM_HORIZON,
      batchSize: props.batchSize,
      ...(props.batchingWindow ? { maxBatchingWindow: props.batchingWindow } : {}),
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      retryAttempts: 8,
      maxRecordAge: Duration.hours(20),
      metricsConfig: { metrics: [MetricType.EVENT_COUNT] },
      onFailure: { bind: () => ({ destination: props.failures.bucket.bucketArn }) },
    });
    mapping.node.addDependency(to.role);
    return mapping;
  }

  /** One function may write; nobody else does, which is what makes this stream's reads trustworthy. */
  grantWrite(to: ProductFunction): void {
    to.allow('kinesis:PutRecords', this.stream.streamArn);
    to.allowStatement(viaService(this.key, 'kinesis', 'write'));
  }
}
