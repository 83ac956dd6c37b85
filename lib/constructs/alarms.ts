import { Aws, Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { declareStore, withoutPlates } from '../stores/declaration';
import { CustomerKey } from './customer-key';

export interface AlarmProps {
  readonly metric: IMetric;
  /** Alarms when the metric reaches this. */
  readonly from: number;
  /** What it means and what is at stake, in one sentence; the runbook has a heading of the alarm's id. */
  readonly meaning: string;
  readonly isMissingBad?: boolean;
}

/** Alarms that reach the operator. Each has a heading of the same name in docs/runbook.md; a rule checks it. */
export class Alarms extends Construct {
  readonly topic: Topic;
  private readonly key: CustomerKey;

  constructor(scope: Construct, id: string, props: { readonly email: string }) {
    super(scope, id);
    const alarms = new ServicePrincipal('cloudwatch.amazonaws.com', {
      conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
    });
    // A key of its own: CloudWatch has no business with the key of the stores.
    this.key = new CustomerKey(this, 'Key', { description: 'Alarm messages to the operator' });
    const { key } = this.key;
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [alarms],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    this.topic = new Topic(this, 'Operator', { masterKey: key, enforceSSL: true });
    declareStore(this.topic, withoutPlates('Alarms, handed on at once.'));
    this.topic.grantPublish(alarms);
    this.topic.addSubscription(new EmailSubscription(props.email));
  }

  /** Lets rules on events tell the operator, too. Without conditions: EventBridge hands no source on to SNS and KMS. */
  allowEvents(): void {
    const events = new ServicePrincipal('events.amazonaws.com');
    this.key.key.addToResourcePolicy(
      new PolicyStatement({
        principals: [events],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
        resources: ['*'],
      }),
    );
    this.topic.grantPublish(events);
  }

  add(id: string, props: AlarmProps): Alarm {
    const alarm = new Alarm(this, id, {
      alarmDescription: `${props.meaning} What to do: docs/runbook.md#${id.toLowerCase()}`,
      metric: props.metric,
      threshold: props.from,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: props.isMissingBad ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    alarm.addAlarmAction(new SnsAction(this.topic));
    return alarm;
  }
}

export const alarmPeriod = Duration.minutes(5);
