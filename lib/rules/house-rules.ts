import { Annotations, type IAspect } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { alarmIsInRunbook } from './alarm-is-in-runbook';
import { logGroupExpires } from './log-group-expires';
import { noPhysicalName } from './no-physical-name';
import type { Rule } from './rule';
import { singleActions } from './single-actions';
import { streamForgetsInADay } from './stream-forgets-in-a-day';

const rules: readonly Rule[] = [
  alarmIsInRunbook,
  logGroupExpires,
  noPhysicalName,
  singleActions,
  streamForgetsInADay,
];

/** What holds for every resource of the product; a breach stops synth and names the resource. */
export class HouseRules implements IAspect {
  visit(construct: IConstruct): void {
    for (const rule of rules) {
      const fault = rule(construct);
      if (fault !== undefined) Annotations.of(construct).addError(fault);
    }
  }
}
