import { Aws, Duration } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge';
import { declareStore, withoutPlates } from '../stores/declaration';
import { viaService } from './customer-key';
import type { ProductFunction } from './product-function';

/** Runs functions by the clock; a run that could not be started or failed to the end waits in `missed`. */
export class Timetable extends Construct {
  readonly missed: Queue;
  private readonly key: IKey;
  private readonly group: CfnScheduleGroup;

  constructor(scope: Construct, id: string, props: { readonly key: IKey }) {
    super(scope, id);
    this.key = props.key;
    this.missed = new Queue(this, 'Missed', {
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    declareStore(this.missed, withoutPlates('Names of scheduled runs for two weeks.'));
    acknowledge(this.missed, { 'AwsSolutions-SQS3': 'This is the queue that missed runs end in.' });
    this.group = new CfnScheduleGroup(this, 'Group');
  }

  /** `expression`: `rate(1 hour)` or `cron(…)`, read in `timeZone`. */
  run(id: string, target: ProductFunction, expression: string, timeZone = 'UTC'): void {
    const role = new Role(this, `${id}Role`, {
      description: `Starts ${id} by the clock`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.function.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [this.missed.queueArn] }),
    );
    role.addToPolicy(viaService(this.key, 'sqs', 'write'));
    acknowledge(role, {
      'NIST.800.53.R5-IAMNoInlinePolicy': 'The policy belongs to this one role; sharing it would widen it.',
    });
    const schedule = new CfnSchedule(this, id, {
      groupName: this.group.ref,
      scheduleExpression: expression,
      scheduleExpressionTimezone: timeZone,
      flexibleTimeWindow: { mode: 'OFF' },
      target: {
        arn: target.function.functionArn,
        roleArn: role.roleArn,
        input: '{}',
        retryPolicy: { maximumRetryAttempts: 8, maximumEventAgeInSeconds: 3600 },
        deadLetterConfig: { arn: this.missed.queueArn },
      },
    });
    schedule.node.addDependency(role);
  }

  /** Where a function's own failed asynchronous runs go, too. */
  grantMissed(to: ProductFunction): void {
    to.allow('sqs:SendMessage', this.missed.queueArn);
    to.allowStatement(viaService(this.key, 'sqs', 'write'));
  }
}
