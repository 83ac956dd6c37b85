import { z } from 'zod';
import { type KnownProperties, requireKnownProperties } from '../lambda/known-properties';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { parseScheduleExpression } from './schedule-expression';
import type { Scheduler } from './scheduler';

/**
 * A rule on what CloudTrail tells never fires here: nothing writes a trail, and KMS keeps the uses of its keys for who
 * asks. Any other `EventPattern` is refused, as nothing publishes events locally.
 */
const trailRule = z.object({
  EventPattern: z.object({ 'detail-type': z.tuple([z.literal('AWS API Call via CloudTrail')]) }),
  ScheduleExpression: z.undefined().optional(),
});

const ruleProperties: KnownProperties = {
  understood: ['Name', 'ScheduleExpression', 'State', 'Targets'],
  ignored: { Description: 'no effect', Tags: 'no effect' },
};

const rule = z.object({
  ScheduleExpression: z.string(),
  State: z.enum(['ENABLED', 'DISABLED']).default('ENABLED'),
  Targets: z
    .array(
      z.strictObject({
        Arn: z.string().regex(/^arn:[^:]+:lambda:/, 'a local rule invokes Lambda functions only'),
        Id: z.string(),
        Input: z.string().optional(),
        // A call that is refused is told in the scheduler's failures.
        DeadLetterConfig: z.unknown().optional(),
        RetryPolicy: z.unknown().optional(),
      }),
    )
    .default([]),
});

export function ruleModel(scheduler: Scheduler): ResourceModel {
  return {
    type: 'AWS::Events::Rule',
    ref: ruleName,
    attributes: { Arn: ruleArn },
    provision: (resource) => addRule(resource, scheduler),
  };
}

function addRule(resource: Resource, scheduler: Scheduler): void {
  if (trailRule.safeParse(resource.properties).success) return;
  requireKnownProperties(resource, ruleProperties);
  const parsed = rule.safeParse(resource.properties);
  if (!parsed.success) {
    throw new Error(`${resource.type} ${resource.logicalId}: ${z.prettifyError(parsed.error)}`);
  }
  const expression = parseScheduleExpression(parsed.data.ScheduleExpression, {
    timeZone: 'UTC',
    startMs: scheduler.clock.now(),
  });
  if (parsed.data.State === 'DISABLED') return;
  const arn = resource.attribute('Arn');
  for (const { Arn, Input } of parsed.data.Targets) {
    const input = Input ?? defaultInput(resource, arn);
    const target = { kind: 'as-service' as const, functionArn: Arn, input };
    scheduler.add({ arn, expression, startMs: undefined, endMs: undefined, target });
  }
}

function defaultInput({ accountId, region }: Resource, arn: string): string {
  return JSON.stringify({
    version: '0',
    id: '<aws.scheduler.execution-id>',
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: '<aws.scheduler.scheduled-time>',
    region,
    resources: [arn],
    detail: {},
  });
}

const ruleName = (identity: ResourceIdentity) =>
  z.string().default(identity.defaultName.slice(-64)).parse(identity.property('Name'));

const ruleArn = (identity: ResourceIdentity) => {
  const { partition, region, accountId } = identity;
  return `arn:${partition}:events:${region}:${accountId}:rule/${ruleName(identity)}`;
};
