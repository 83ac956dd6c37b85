import { AwsError } from '../../../local/aws/errors';
import type { Delivery } from '../../../local/lambda/deliveries';
import { schedulerModels } from '../../../local/scheduler/models';
import { Scheduler } from '../../../local/scheduler/scheduler';
import { provisionWith } from '../lambda/support';
import { fixedClock, recordingAuthorizer, testCredentials } from '../support';

const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:forget';
const roleArn = testCredentials.caller.roleArn;
const startMs = Date.parse('2026-03-01T00:00:00Z');

function testScheduler() {
  const clock = fixedClock(startMs);
  const iam = recordingAuthorizer();
  const delivered: Delivery[] = [];
  const invoked: { functionArn: string; payload: unknown; principal?: string; sourceArn?: string }[] = [];
  const scheduler = new Scheduler({
    clock,
    iam: {
      authorize: iam.authorize,
      issueCredentials: (arn, _, principal) => {
        if (principal !== 'scheduler.amazonaws.com')
          throw new AwsError('AccessDenied', `${principal} may not`);
        if (arn !== roleArn) throw new AwsError('NoSuchEntity', 'no such role', 404);
        return testCredentials.keys;
      },
    },
    functions: {
      completeAsync: async (arn, payload) => void invoked.push({ functionArn: arn, payload }),
      completeAsyncFor: async (invocation) => void invoked.push(invocation),
      configuration: (arn) => {
        if (arn !== functionArn)
          throw new AwsError('ResourceNotFoundException', `Function not found: ${arn}`, 404);
      },
    },
    deliveries: async (delivery) => void delivered.push(delivery),
  });
  const provision = (type: string, logicalId: string, properties: Record<string, unknown>) =>
    provisionWith(schedulerModels(scheduler), type, logicalId, properties);
  const schedule = (
    logicalId: string,
    properties: Record<string, unknown>,
    target: Record<string, unknown> = {},
  ) =>
    provision('AWS::Scheduler::Schedule', logicalId, {
      FlexibleTimeWindow: { Mode: 'OFF' },
      Target: { Arn: functionArn, RoleArn: roleArn, ...target },
      ...properties,
    });
  return { clock, iam, scheduler, delivered, invoked, provision, schedule };
}

const at = (text: string) => Date.parse(text);
const times = (due: readonly { atMs: number; schedule: { arn: string } }[]) =>
  due.map(({ atMs, schedule }) => [
    new Date(atMs).toISOString().slice(5, 16),
    schedule.arn.split('/').at(-1),
  ]);

it('says what is due in a span of time, in order, its end included and its start not', () => {
  const { scheduler, schedule } = testScheduler();
  schedule('Hourly', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' });
  schedule('Daily', { Name: 'daily', ScheduleExpression: 'cron(30 1 * * ? *)' });
  expect(times(scheduler.dueBetween(at('2026-03-01T01:00Z'), at('2026-03-01T03:00Z')))).toEqual([
    ['03-01T01:30', 'daily'],
    ['03-01T02:00', 'hourly'],
    ['03-01T03:00', 'hourly'],
  ]);
});

it('leaves out all but the last of frequent occasions when thinned, and none of hourly ones', () => {
  const { scheduler, schedule } = testScheduler();
  schedule('Hourly', { Name: 'hourly', ScheduleExpression: 'rate(1 hour)' });
  schedule('Often', { Name: 'often', ScheduleExpression: 'rate(1 minute)' });
  const thinned = scheduler.dueBetween(at('2026-03-01T01:00Z'), at('2026-03-01T05:00Z'), {
    thinnedToMs: 2 * 3_600_000,
  });
  expect(times(thinned)).toEqual([
    ['03-01T02:00', 'hourly'],
    ['03-01T02:00', 'often'],
    ['03-01T03:00', 'hourly'],
    ['03-01T04:00', 'hourly'],
    ['03-01T04:00', 'often'],
    ['03-01T05:00', 'hourly'],
  ]);
});

it('heeds the time zone, the start and the end of a schedule, and its being disabled', () => {
  const { scheduler, schedule } = testScheduler();
  schedule('Chicago', {
    Name: 'chicago',
    ScheduleExpression: 'cron(0 8 * * ? *)',
    ScheduleExpressionTimezone: 'America/Chicago',
    StartDate: '2026-03-02T14:00:00Z',
    EndDate: '2026-03-03T14:00:00Z',
  });
  schedule('Off', { ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' });
  expect(times(scheduler.dueBetween(startMs, at('2026-03-10T00:00Z')))).toEqual([
    ['03-02T14:00', 'chicago'],
    ['03-03T14:00', 'chicago'],
  ]);
});

it('hands the input to the function, with the facts of the run, as the role of the schedule', async () => {
  const { scheduler, schedule, invoked, iam } = testScheduler();
  const Input = '{"at":"<aws.scheduler.scheduled-time>","by":"<aws.scheduler.schedule-arn>","n":1}';
  schedule('Named', { Name: 'named', GroupName: 'group', ScheduleExpression: 'rate(1 day)' }, { Input });
  for (const due of scheduler.dueBetween(startMs, at('2026-03-02T00:00Z'))) await scheduler.fire(due);
  expect(invoked).toEqual([
    {
      functionArn,
      payload: {
        at: '2026-03-02T00:00:00Z',
        by: 'arn:aws:scheduler:us-east-2:000000000000:schedule/group/named',
        n: 1,
      },
    },
  ]);
  expect(iam.calls).toEqual([
    { caller: testCredentials.caller, action: 'lambda:InvokeFunction', resource: functionArn },
  ]);
});

it('sends a scheduled event where the template gives no input', async () => {
  const { scheduler, schedule, invoked } = testScheduler();
  schedule('Plain', { Name: 'plain', ScheduleExpression: 'rate(1 day)' });
  const [due] = scheduler.dueBetween(startMs, at('2026-03-02T00:00Z'));
  if (due !== undefined) await scheduler.fire(due);
  expect(invoked[0]?.payload).toEqual({
    version: '0',
    id: expect.any(String),
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: '000000000000',
    time: '2026-03-02T00:00:00Z',
    region: 'us-east-2',
    resources: ['arn:aws:scheduler:us-east-2:000000000000:schedule/default/plain'],
    detail: '{}',
  });
});

it('sends what is refused to the dead-letter queue and tells it', async () => {
  const { scheduler, schedule, invoked, iam, delivered } = testScheduler();
  const Arn = 'arn:aws:sqs:us-east-2:000000000000:dead';
  schedule('Refused', { ScheduleExpression: 'rate(1 day)' }, { Input: '{"a":1}', DeadLetterConfig: { Arn } });
  iam.refuse('lambda:InvokeFunction');
  const [due] = scheduler.dueBetween(startMs, at('2026-03-02T00:00Z'));
  if (due !== undefined) await scheduler.fire(due);
  expect(invoked).toEqual([]);
  expect(scheduler.failures).toMatchObject([{ reason: expect.stringContaining('lambda:InvokeFunction') }]);
  expect(delivered).toMatchObject([
    { targetArn: Arn, roleArn, principal: 'scheduler.amazonaws.com', body: '{"a":1}' },
  ]);
});

it('does not start with a schedule whose role may not invoke, or whose target is missing', () => {
  const refused = testScheduler();
  refused.schedule('Refused', { ScheduleExpression: 'rate(1 day)' });
  refused.iam.refuse('lambda:InvokeFunction');
  expect(() => refused.scheduler.start()).toThrow('lambda:InvokeFunction');

  const homeless = testScheduler();
  homeless.schedule(
    'Homeless',
    { ScheduleExpression: 'rate(1 day)' },
    { RoleArn: 'arn:aws:iam::000000000000:role/no' },
  );
  expect(() => homeless.scheduler.start()).toThrow('no such role');

  const missing = testScheduler();
  missing.schedule('Missing', { ScheduleExpression: 'rate(1 day)' }, { Arn: `${functionArn}-other` });
  expect(() => missing.scheduler.start()).toThrow('Function not found');
});

it('runs a scheduled rule by the permission of the function for that rule', async () => {
  const { scheduler, provision, invoked } = testScheduler();
  provision('AWS::Events::Rule', 'Rule', {
    Name: 'nightly',
    ScheduleExpression: 'cron(0 2 * * ? *)',
    State: 'ENABLED',
    Targets: [{ Arn: functionArn, Id: 'Target0', Input: '{"b":2}' }],
  });
  for (const due of scheduler.dueBetween(startMs, at('2026-03-02T00:00Z'))) await scheduler.fire(due);
  expect(invoked).toEqual([
    {
      functionArn,
      payload: { b: 2 },
      principal: 'events.amazonaws.com',
      sourceArn: 'arn:aws:events:us-east-2:000000000000:rule/nightly',
    },
  ]);
});

it('refuses by name what it does not model', () => {
  const { schedule, provision } = testScheduler();
  expect(() =>
    schedule('A', { ScheduleExpression: 'rate(1 day)' }, { Arn: 'arn:aws:sqs:us-east-2:0:q' }),
  ).toThrow('the local scheduler invokes Lambda functions only');
  expect(() => schedule('B', { ScheduleExpression: 'rate(1 day)', Colour: 'red' })).toThrow(
    'AWS::Scheduler::Schedule B: the local system does not model property Colour',
  );
  expect(() => provision('AWS::Events::Rule', 'C', { EventPattern: {} })).toThrow('property EventPattern');
  const trail = { EventPattern: { source: ['aws.kms'], 'detail-type': ['AWS API Call via CloudTrail'] } };
  expect(() => provision('AWS::Events::Rule', 'T', trail)).not.toThrow();
  expect(() => provision('AWS::Events::Rule', 'U', { ...trail, ScheduleExpression: 'rate(1 day)' })).toThrow(
    'property EventPattern',
  );
  expect(provision('AWS::Scheduler::ScheduleGroup', 'G', { Name: 'group' }).attribute('Arn')).toBe(
    'arn:aws:scheduler:us-east-2:000000000000:schedule-group/group',
  );
});
