import { Stack } from 'aws-cdk-lib';
import { CfnPolicy } from 'aws-cdk-lib/aws-iam';
import { z } from 'zod';
import type { Rule } from './rule';

const document = z.looseObject({
  Statement: z.array(
    z.looseObject({ Effect: z.string(), Action: z.union([z.string(), z.array(z.string())]).optional() }),
  ),
});

/** Grants name each action: a wildcard would grow by itself when AWS adds an operation. */
export const singleActions: Rule = (construct) => {
  if (!(construct instanceof CfnPolicy)) return undefined;
  const parsed = document.safeParse(Stack.of(construct).resolve(construct.policyDocument));
  if (!parsed.success) return 'The policy document of this role cannot be read.';
  const wide = parsed.data.Statement.filter((each) => each.Effect === 'Allow')
    .flatMap((each) => each.Action ?? ['*'])
    .find((action) => action.includes('*'));
  return wide === undefined ? undefined : `Grants name each action; "${wide}" is a wildcard.`;
};
