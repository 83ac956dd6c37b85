import { Duration } from 'aws-cdk-lib';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { type Alarms, alarmPeriod } from './alarms';
import { viaService } from './customer-key';
import { ReadStream } from './read-stream';

/**
 * What all partners together may send: 1 MB and 1,000 records a second for each shard. More is refused to the sender,
 * which sends it again. Each function works at no more than this many batches of theirs at a time.
 */
const partnerShards = 2;

/**
 * Where feeds of other agencies put their reads: a stream that no camera of the Department writes to, and a role that
 * writes to no other [Storage-C] [Storage-E]. However much partners send, the Department's own reads wait behind none
 * of it.
 */
export class PartnerIntake extends Construct {
  readonly reads: ReadStream;
  readonly role: Role;

  constructor(scope: Construct, id: string, { key }: { readonly key: IKey }) {
    super(scope, id);
    this.reads = new ReadStream(this, 'Reads', { key, shards: partnerShards });
    this.role = new Role(this, 'Role', {
      description: 'Assumed by feeds of partners through the IoT credential provider',
      assumedBy: new ServicePrincipal('credentials.iot.amazonaws.com'),
    });
    this.role.addToPolicy(
      new PolicyStatement({ actions: ['kinesis:PutRecords'], resources: [this.reads.stream.streamArn] }),
    );
    this.role.addToPolicy(viaService(key, 'kinesis', 'write'));
    acknowledge(this.role, {
      'NIST.800.53.R5-IAMNoInlinePolicy': 'The policy belongs to this one role; sharing it would widen it.',
    });
  }

  /** Of the partners' stream alone; what else is behind shows on the functions. */
  watch(alarms: Alarms): void {
    alarms.add('PartnerReadsBehind', {
      metric: this.metric('GetRecords.IteratorAgeMilliseconds', Stats.MAXIMUM),
      from: Duration.minutes(5).toMilliseconds(),
      meaning:
        'Reads of partners are taken in five minutes late; those of the Department are not held up by it.',
    });
    alarms.add('PartnerReadsThrottled', {
      metric: this.metric('WriteProvisionedThroughputExceeded', Stats.SUM),
      from: 1,
      meaning: 'Partners send more than their stream takes; what it refused their feeds send again.',
    });
  }

  private metric(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: 'AWS/Kinesis',
      metricName,
      dimensionsMap: { StreamName: this.reads.stream.streamName },
      statistic,
      period: alarmPeriod,
    });
  }
}
