import { z } from 'zod';
import { type ConditionOperator, parseOperator } from './conditions';
import { PolicyError } from './policy-error';

export interface PolicyDocument {
  readonly statements: readonly Statement[];
}

export interface Statement {
  readonly sid: string | undefined;
  readonly effect: 'Allow' | 'Deny';
  readonly actions: readonly string[];
  /** The actions are those the statement does not speak of. */
  readonly isNotAction: boolean;
  readonly resources: readonly string[];
  readonly isNotResource: boolean;
  /** Of resource policies; `undefined` in identity policies. */
  readonly principals: readonly Principal[] | undefined;
  readonly conditions: readonly Condition[];
}

export interface Principal {
  readonly kind: 'everyone' | 'aws' | 'service';
  /** An ARN, an account id, or a service's name such as `lambda.amazonaws.com`. */
  readonly value: string;
}

export interface Condition {
  readonly operator: ConditionOperator;
  readonly key: string;
  readonly values: readonly string[];
}

const texts = z.union([z.string().transform((one) => [one]), z.array(z.string())]);
const scalar = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const scalars = z.union([scalar.transform((one) => [one]), z.array(scalar)]);

const statementSchema = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: texts.optional(),
  NotAction: texts.optional(),
  Resource: texts.optional(),
  NotResource: texts.optional(),
  Principal: z.union([z.literal('*'), z.record(z.string(), texts)]).optional(),
  Condition: z.record(z.string(), z.record(z.string(), scalars)).optional(),
});

const documentSchema = z.strictObject({
  Version: z.literal('2012-10-17').optional(),
  Id: z.string().optional(),
  Statement: z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(statementSchema)),
});

/**
 * Reads a policy document. `where` names it in errors. Throws `PolicyError` for what is malformed and for what is not
 * modelled: `NotPrincipal`, federated principals, policy variables but those of devices, unknown condition operators.
 */
export function parsePolicyDocument(value: unknown, where: string): PolicyDocument {
  const parsed = documentSchema.safeParse(value);
  if (!parsed.success) {
    throw new PolicyError('malformed', `the policy of ${where}: ${z.prettifyError(parsed.error)}`, {
      cause: parsed.error,
    });
  }
  refuseVariables(parsed.data, where);
  return { statements: parsed.data.Statement.map((statement) => toStatement(statement, where)) };
}

function toStatement(statement: z.infer<typeof statementSchema>, where: string): Statement {
  const actions = statement.Action ?? statement.NotAction;
  if (actions === undefined)
    throw new PolicyError('malformed', `the policy of ${where} has a statement of no action`);
  return {
    sid: statement.Sid,
    effect: statement.Effect,
    actions,
    isNotAction: statement.Action === undefined,
    resources: statement.Resource ?? statement.NotResource ?? ['*'],
    isNotResource: statement.Resource === undefined && statement.NotResource !== undefined,
    principals: statement.Principal === undefined ? undefined : principalsOf(statement.Principal, where),
    conditions: Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, values]) => ({
        operator: parseOperator(operator, where),
        key,
        values,
      })),
    ),
  };
}

function principalsOf(principal: '*' | Record<string, string[]>, where: string): Principal[] {
  if (principal === '*') return [{ kind: 'everyone', value: '*' }];
  return Object.entries(principal).flatMap(([kind, values]) =>
    values.map((value): Principal => {
      if (kind === 'Service') return { kind: 'service', value };
      if (kind === 'AWS') return value === '*' ? { kind: 'everyone', value } : { kind: 'aws', value };
      throw new PolicyError('not-modelled', `the policy of ${where} names a principal of kind ${kind}`);
    }),
  );
}

function refuseVariables(document: unknown, where: string): void {
  const variable = /\$\{(?![*?$]\}|credentials-iot:(?:ThingName|AwsCertificateId)\})[^}]*\}/.exec(
    JSON.stringify(document),
  );
  if (variable !== null) {
    throw new PolicyError('not-modelled', `the policy of ${where} uses the policy variable ${variable[0]}`);
  }
}
