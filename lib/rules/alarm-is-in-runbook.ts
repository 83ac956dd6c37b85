import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Rule } from './rule';

const runbook = resolve(__dirname, '../../docs/runbook.md');

/** An alarm that nobody knows how to answer is noise: its description links to a heading that exists. */
export const alarmIsInRunbook: Rule = (construct) => {
  if (!(construct instanceof CfnAlarm || construct instanceof CfnRule)) return undefined;
  const description = construct instanceof CfnAlarm ? construct.alarmDescription : construct.description;
  const anchor = /docs\/runbook\.md#([a-z0-9-]+)/.exec(description ?? '')?.[1];
  if (anchor === undefined) return 'An alarm’s description must link to its heading in docs/runbook.md.';
  return headings().has(anchor) ? undefined : `docs/runbook.md has no heading "${anchor}" for this alarm.`;
};

function headings(): ReadonlySet<string> {
  const text = readFileSync(runbook, 'utf8');
  return new Set(
    [...text.matchAll(/^#+ +(.+)$/gm)].map(([, title = '']) =>
      title.trim().toLowerCase().replace(/\s+/g, '-'),
    ),
  );
}
