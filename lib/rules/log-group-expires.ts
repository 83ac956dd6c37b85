import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import type { Rule } from './rule';

/** Logs hold no plates, and still nothing is kept without end. */
export const logGroupExpires: Rule = (construct) =>
  construct instanceof CfnLogGroup && construct.retentionInDays === undefined
    ? 'A log group must say how many days it keeps.'
    : undefined;
