import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import type { Rule } from './rule';

/** Storage-A: streams carry plaintext reads, so they keep them no longer than Kinesis’s shortest time. */
export const streamForgetsInADay: Rule = (construct) =>
  construct instanceof CfnStream && (construct.retentionPeriodHours ?? 24) > 24
    ? 'A stream of reads keeps them at most 24 hours [Storage-A].'
    : undefined;
