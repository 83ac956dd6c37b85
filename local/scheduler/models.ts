import { z } from 'zod';
import { type KnownProperties, requireKnownProperties } from '../lambda/known-properties';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { ruleModel } from './rule-model';
import { parseScheduleExpression } from './schedule-expression';
import type { Scheduler } from './scheduler';

const scheduleProperties: KnownProperties = {
  understood: [
    'EndDate',
    'GroupName',
    'Name',
    'ScheduleExpression',
    'ScheduleExpressionTimezone',
    'StartDate',
    'State',
    'Target',
  ],
  ignored: {
    ActionAfterCompletion: 'a schedule that is over never fires again anyway',
    Description: 'no effect',
    FlexibleTimeWindow: 'the moment chosen within the window is its start',
    KmsKeyArn: 'encrypts the input at rest, which here is in memory only',
  },
};

const groupProperties: KnownProperties = { understood: ['Name'], ignored: { Tags: 'no effect' } };

const time = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number())
  .optional();
const schedule = z.object({
  EndDate: time,
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  StartDate: time,
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Target: z.strictObject({
    Arn: z.string().regex(/^arn:[^:]+:lambda:/, 'the local scheduler invokes Lambda functions only'),
    DeadLetterConfig: z.object({ Arn: z.string() }).optional(),
    Input: z.string().optional(),
    // Retries are for calls that fail by chance; locally a call that is refused once is refused again.
    RetryPolicy: z.unknown().optional(),
    RoleArn: z.string(),
  }),
});

/** `AWS::Scheduler::*` and scheduled `AWS::Events::Rule`. */
export function schedulerModels(scheduler: Scheduler): ResourceModel[] {
  return [
    {
      type: 'AWS::Scheduler::Schedule',
      ref: scheduleName,
      attributes: { Arn: scheduleArn },
      provision: (resource) => addSchedule(resource, scheduler),
    },
    {
      type: 'AWS::Scheduler::ScheduleGroup',
      ref: groupName,
      attributes: {
        Arn: (identity) => `${arnStart(identity)}:schedule-group/${groupName(identity)}`,
        State: () => 'ACTIVE',
      },
      provision: (resource) => requireKnownProperties(resource, groupProperties),
    },
    ruleModel(scheduler),
  ];
}

function addSchedule(resource: Resource, scheduler: Scheduler): void {
  requireKnownProperties(resource, scheduleProperties);
  const parsed = schedule.safeParse(resource.properties);
  if (!parsed.success) {
    throw new Error(`${resource.type} ${resource.logicalId}: ${z.prettifyError(parsed.error)}`);
  }
  const { Target, ScheduleExpression, ScheduleExpressionTimezone, StartDate, EndDate, State } = parsed.data;
  const expression = parseScheduleExpression(ScheduleExpression, {
    timeZone: ScheduleExpressionTimezone,
    startMs: StartDate ?? scheduler.clock.now(),
  });
  if (State === 'DISABLED') return;
  const arn = resource.attribute('Arn');
  scheduler.add({
    arn,
    expression,
    startMs: StartDate,
    endMs: EndDate,
    target: {
      kind: 'as-role',
      functionArn: Target.Arn,
      roleArn: Target.RoleArn,
      input: Target.Input ?? defaultInput(resource, arn),
      deadLetterArn: Target.DeadLetterConfig?.Arn,
    },
  });
}

function defaultInput({ accountId, region }: Resource, arn: string): string {
  return JSON.stringify({
    version: '0',
    id: '<aws.scheduler.execution-id>',
    'detail-type': 'Scheduled Event',
    source: 'aws.scheduler',
    account: accountId,
    time: '<aws.scheduler.scheduled-time>',
    region,
    resources: [arn],
    detail: '{}',
  });
}

const scheduleName = (identity: ResourceIdentity) =>
  z.string().default(identity.defaultName.slice(-64)).parse(identity.property('Name'));

const groupName = (identity: ResourceIdentity) =>
  z.string().default(identity.defaultName.slice(-64)).parse(identity.property('Name'));

const scheduleArn = (identity: ResourceIdentity) => {
  const group = z.string().default('default').parse(identity.property('GroupName'));
  return `${arnStart(identity)}:schedule/${group}/${scheduleName(identity)}`;
};

const arnStart = ({ partition, region, accountId }: ResourceIdentity) =>
  `arn:${partition}:scheduler:${region}:${accountId}`;
