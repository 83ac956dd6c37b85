import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Context,
  type EntityJson,
  policySetTextToParts,
  policyToJson,
  preparsePolicySet,
  preparseSchema,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
import type { RuleAnswer, RuleQuestion, Rules } from '../../core/access/decide';

/** The policy folder cannot be used: start-up stops here, so that nothing is ever decided without it. */
export class PolicyUnusable extends Error {
  constructor(
    readonly code: 'syntax' | 'schema' | 'annotation' | 'empty',
    detail: string,
  ) {
    super(`the policy cannot be used (${code}): ${detail}`);
    this.name = 'PolicyUnusable';
  }
}

interface Rule {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
  readonly text: string;
}

/**
 * The rules in `folder` (`schema.cedarschema` and `rules/*.cedar`), parsed once. Throws `PolicyUnusable` when a rule
 * does not parse, does not fit the schema, or lacks its clause. Where several rules forbid, the first in file order
 * speaks.
 */
export function loadRules(folder: string): Rules {
  const schema = readFileSync(join(folder, 'schema.cedarschema'), 'utf8');
  const texts = readdirSync(join(folder, 'rules'))
    .filter((name) => name.endsWith('.cedar'))
    .sort()
    .map((name) => readFileSync(join(folder, 'rules', name), 'utf8'));
  const rules = texts.flatMap(rulesOf);
  const version = createHash('sha256')
    .update([schema, ...texts].join('\0'))
    .digest('hex')
    .slice(0, 16);
  prepare(version, schema, rules);
  return { version, answer: (question) => answer(version, rules, question) };
}

function rulesOf(text: string): Rule[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new PolicyUnusable('syntax', messages(parts.errors));
  return parts.policies.map((policy) => {
    const json = policyToJson(policy);
    if (json.type === 'failure') throw new PolicyUnusable('syntax', messages(json.errors));
    const { id, clause, message = '', remedy = '' } = json.json.annotations ?? {};
    if (!id || !clause)
      throw new PolicyUnusable('annotation', `a rule lacks @id or @clause: ${policy.slice(0, 80)}`);
    if (json.json.effect === 'forbid' && (!message || !remedy))
      throw new PolicyUnusable('annotation', `${id} forbids without @message and @remedy`);
    return { id, clause, message, remedy, effect: json.json.effect, text: policy };
  });
}

function prepare(version: string, schema: string, rules: readonly Rule[]): void {
  if (rules.length === 0) throw new PolicyUnusable('empty', 'there are no rules');
  const staticPolicies = Object.fromEntries(rules.map((rule) => [rule.id, rule.text]));
  if (Object.keys(staticPolicies).length !== rules.length)
    throw new PolicyUnusable('annotation', 'an @id is there twice');
  const checked = validate({ schema, policies: { staticPolicies }, validationSettings: { mode: 'strict' } });
  if (checked.type === 'failure') throw new PolicyUnusable('schema', messages(checked.errors));
  if (checked.validationErrors.length > 0)
    throw new PolicyUnusable('schema', messages(checked.validationErrors.map((each) => each.error)));
  for (const parsed of [preparseSchema(version, schema), preparsePolicySet(version, { staticPolicies })])
    if (parsed.type === 'failure') throw new PolicyUnusable('schema', messages(parsed.errors));
}

/** Allowed only by a clean evaluation: any error is a denial, also beside a rule that allowed. */
function answer(version: string, rules: readonly Rule[], question: RuleQuestion): RuleAnswer {
  const result = statefulIsAuthorized({
    principal: userId(question),
    action: { type: 'Action', id: question.request.operation },
    resource: recordsId,
    context: contextOf(question),
    entities: [userOf(question), recordsOf(question)],
    preparsedSchemaName: version,
    preparsedPolicySetId: version,
    validateRequest: true,
  });
  if (result.type === 'failure') return { outcome: 'deny', rules: [] };
  const { decision, diagnostics } = result.response;
  const determining = rules.filter((rule) => diagnostics.reason.includes(rule.id));
  const ids = determining.map((rule) => rule.id);
  if (diagnostics.errors.length > 0)
    return { outcome: 'deny', rules: diagnostics.errors.map((each) => each.policyId) };
  if (decision === 'allow') return { outcome: 'allow', rules: ids };
  const spoke = determining.find((rule) => rule.effect === 'forbid');
  return {
    outcome: 'deny',
    rules: ids,
    ...(spoke ? { refusal: { clause: spoke.clause, message: spoke.message, remedy: spoke.remedy } } : {}),
  };
}

const recordsId = { type: 'Records', id: 'asked-for' };

function userId(question: RuleQuestion) {
  return { type: 'User', id: question.request.person.username };
}

function userOf(question: RuleQuestion): EntityJson {
  const { role, agency, division, sworn, suspended, onDuty } = question.request.person;
  return {
    uid: userId(question),
    attrs: { role, agency, division, sworn, suspended, onDuty, trained: question.isTrained },
    parents: [],
  };
}

function recordsOf({ request }: RuleQuestion): EntityJson {
  return {
    uid: recordsId,
    attrs: {
      networks: [...(request.networks ?? [])],
      ...(request.author === undefined ? {} : { author: { __entity: { type: 'User', id: request.author } } }),
    },
    parents: [],
  };
}

function contextOf({ request, department, scope, localNetworks }: RuleQuestion): Context {
  return {
    department,
    scope: [...scope],
    localNetworks: [...localNetworks],
    ...(request.purpose ? { purpose: request.purpose.kind } : {}),
    ...(request.reason ? { reasonKind: request.reason.kind } : {}),
  };
}

function messages(errors: readonly { readonly message: string }[]): string {
  return errors.map((each) => each.message).join('; ');
}
