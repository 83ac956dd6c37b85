import { createHash } from 'node:crypto';
import {
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { RuleAnswer, RuleQuestion, Rules } from '../../core/access/decide';
import { type ActionGroups, actionGroups, speaksAbout } from './action-groups';
import { factsOf } from './facts';
import { policyVersion, readPolicyTexts } from './policy-texts';
import { messages, PolicyUnusable, parseRules, type Rule } from './rule';
import { keepEngineCallsApart } from './steady-engine';

export { PolicyUnusable } from './rule';

/**
 * The rules in `folder` (`schema.cedarschema` and `rules/*.cedar`), checked and parsed once. Throws `PolicyUnusable`
 * when a rule does not parse, does not fit the schema, or lacks its clause. Where several rules forbid, the first in
 * file order speaks.
 */
export function loadRules(folder: string): Rules {
  const texts = readPolicyTexts(folder);
  const rules = texts.ruleFiles.flatMap(parseRules);
  checkRules(texts.schema, rules);
  return prepareRules({ schema: prepareSchema(texts.schema), rules, version: policyVersion(texts) });
}

/** Throws `PolicyUnusable` where the rules do not fit the schema or one another. */
export function checkRules(schema: string, rules: readonly Rule[]): void {
  if (rules.length === 0) throw new PolicyUnusable('empty', 'there are no rules');
  const staticPolicies = textsOf(rules);
  if (Object.keys(staticPolicies).length !== rules.length)
    throw new PolicyUnusable('annotation', 'an @id is there twice');
  const checked = validate({ schema, policies: { staticPolicies }, validationSettings: { mode: 'strict' } });
  if (checked.type === 'failure') throw new PolicyUnusable('schema', messages(checked.errors));
  if (checked.validationErrors.length > 0)
    throw new PolicyUnusable('schema', messages(checked.validationErrors.map((each) => each.error)));
}

/** A schema that the engine has parsed, by its name there. */
export interface PreparedSchema {
  readonly name: string;
  readonly groups: ActionGroups;
}

export function prepareSchema(schema: string): PreparedSchema {
  keepEngineCallsApart();
  const name = createHash('sha256').update(schema).digest('hex');
  parsed(preparseSchema(name, schema));
  return { name, groups: actionGroups(schema) };
}

/**
 * Rules ready to answer. The engine keeps what it parsed by name: `version` names exactly these rules. Each operation is
 * answered by those rules alone that can speak about it, parsed when it first comes, at half the time of asking them all.
 */
export function prepareRules(policy: {
  readonly schema: PreparedSchema;
  readonly rules: readonly Rule[];
  readonly version: string;
}): Rules {
  const byOperation = new Map<string, Prepared>();
  const preparedFor = (operation: string): Prepared => {
    const known = byOperation.get(operation);
    if (known) return known;
    const prepared = prepare(policy, operation);
    byOperation.set(operation, prepared);
    return prepared;
  };
  return {
    version: policy.version,
    answer: (question) => answer(preparedFor(question.request.operation), question),
  };
}

interface Prepared {
  readonly schemaName: string;
  readonly setName: string;
  readonly rules: readonly Rule[];
}

function prepare(
  { schema, rules, version }: Parameters<typeof prepareRules>[0],
  operation: string,
): Prepared {
  const groups = schema.groups.get(operation) ?? new Set([operation]);
  const speaking = rules.filter((rule) => speaksAbout(rule.action, groups, operation));
  const setName = `${version}/${operation}`;
  parsed(preparsePolicySet(setName, { staticPolicies: textsOf(speaking) }));
  return { schemaName: schema.name, setName, rules: speaking };
}

/** Allowed only by a clean evaluation: any error is a denial, also beside a rule that allowed. */
function answer({ schemaName, setName, rules }: Prepared, question: RuleQuestion): RuleAnswer {
  const result = statefulIsAuthorized({
    ...factsOf(question),
    preparsedSchemaName: schemaName,
    preparsedPolicySetId: setName,
    validateRequest: true,
  });
  if (result.type === 'failure') return { outcome: 'deny', rules: [], isUndecidable: true };
  const { decision, diagnostics } = result.response;
  if (diagnostics.errors.length > 0)
    return {
      outcome: 'deny',
      rules: diagnostics.errors.map((each) => each.policyId),
      isUndecidable: true,
    };
  const determining = rules.filter((rule) => diagnostics.reason.includes(rule.id));
  const ids = determining.map((rule) => rule.id);
  if (decision === 'allow') return { outcome: 'allow', rules: ids };
  const spoke = determining.find((rule) => rule.effect === 'forbid');
  return {
    outcome: 'deny',
    rules: ids,
    ...(spoke ? { refusal: { clause: spoke.clause, message: spoke.message, remedy: spoke.remedy } } : {}),
  };
}

function textsOf(rules: readonly Rule[]): Record<string, string> {
  return Object.fromEntries(rules.map((rule) => [rule.id, rule.text]));
}

function parsed(answered: ReturnType<typeof preparseSchema>): void {
  if (answered.type === 'failure') throw new PolicyUnusable('schema', messages(answered.errors));
}
