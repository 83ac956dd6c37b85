import { App, Stack } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { alarmIsInRunbook } from '../../lib/rules/alarm-is-in-runbook';
import { logGroupExpires } from '../../lib/rules/log-group-expires';
import { noPhysicalName } from '../../lib/rules/no-physical-name';
import { singleActions } from '../../lib/rules/single-actions';
import { streamForgetsInADay } from '../../lib/rules/stream-forgets-in-a-day';

describe('the rules that stop synth', () => {
  const stack = () => new Stack(new App(), 'Stack');

  it('want a runbook heading for each alarm', () => {
    const alarm = (description: string) => {
      const made = new Alarm(stack(), 'Alarm', {
        metric: new Metric({ namespace: 'N', metricName: 'M' }),
        threshold: 1,
        evaluationPeriods: 1,
        alarmDescription: description,
      });
      return alarmIsInRunbook(made.node.defaultChild ?? made);
    };
    expect(alarm('What to do: docs/runbook.md#daykeyoverdue')).toBeUndefined();
    expect(alarm('What to do: docs/runbook.md#nobody-knows')).toBe(
      'docs/runbook.md has no heading "nobody-knows" for this alarm.',
    );
    expect(alarm('Something happened')).toBe(
      'An alarm’s description must link to its heading in docs/runbook.md.',
    );
  });

  it('want a log group to expire', () => {
    expect(logGroupExpires(new CfnLogGroup(stack(), 'Logs', { retentionInDays: 30 }))).toBeUndefined();
    expect(logGroupExpires(new CfnLogGroup(stack(), 'Logs'))).toBe(
      'A log group must say how many days it keeps.',
    );
  });

  it('refuse physical names', () => {
    expect(noPhysicalName(new CfnQueue(stack(), 'Queue'))).toBeUndefined();
    expect(noPhysicalName(new CfnQueue(stack(), 'Queue', { queueName: 'mine' }))).toBe(
      'Physical names are not given: remove queueName.',
    );
  });

  it('refuse wildcard actions in grants', () => {
    const policyWith = (action: string) => {
      const where = stack();
      const policy = new Policy(where, 'Policy', {
        roles: [new Role(where, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })],
        statements: [new PolicyStatement({ actions: [action], resources: ['arn:aws:s3:::bucket/*'] })],
      });
      return singleActions(policy.node.defaultChild ?? policy);
    };
    expect(policyWith('s3:GetObject')).toBeUndefined();
    expect(policyWith('s3:Get*')).toBe('Grants name each action; "s3:Get*" is a wildcard.');
  });

  it('refuse a stream that keeps reads over a day [Storage-A]', () => {
    const keeping = (retentionPeriodHours?: number) =>
      streamForgetsInADay(
        new CfnStream(stack(), 'Stream', retentionPeriodHours === undefined ? {} : { retentionPeriodHours }),
      );
    expect(keeping()).toBeUndefined();
    expect(keeping(24)).toBeUndefined();
    expect(keeping(48)).toBe('A stream of reads keeps them at most 24 hours [Storage-A].');
  });
});
