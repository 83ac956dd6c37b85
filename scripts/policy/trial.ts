import { speaksAbout } from '../../adapters/cedar/action-groups';
import { type PreparedSchema, prepareRules, prepareSchema } from '../../adapters/cedar/cedar-rules';
import { readPolicyTexts } from '../../adapters/cedar/policy-texts';
import { parseRules, type Rule } from '../../adapters/cedar/rule';
import { makeDecideAccess } from '../../core/access/decide';
import type { DecideAccess } from '../../core/access/decision';
import type { Configuration } from '../../core/contract/configuration';
import { type PolicyCase, readCases } from './case-file';

/** The policy and its cases, so that the cases can be tried on other rules than the policy's own. */
export interface Trial {
  readonly rules: readonly Rule[];
  readonly cases: readonly PolicyCase[];
  /** The cases on which a rule can have a say. */
  casesAbout(rule: Rule): readonly PolicyCase[];
  /** Decides by these rules; `name` names them and no others. */
  decideBy(name: string, rules: readonly Rule[]): DecideAccess;
}

export function openTrial(policyFolder: string, configuration: Configuration): Trial {
  const texts = readPolicyTexts(policyFolder);
  const schema: PreparedSchema = prepareSchema(texts.schema);
  const cases = readCases(policyFolder);
  return {
    rules: texts.ruleFiles.flatMap(parseRules),
    cases,
    casesAbout: ({ action }) =>
      cases.filter(({ request: { operation } }) =>
        speaksAbout(action, schema.groups.get(operation) ?? new Set([operation]), operation),
      ),
    decideBy: (name, rules) =>
      makeDecideAccess({ rules: prepareRules({ schema, rules, version: name }), configuration }),
  };
}

/** The first case that these rules decide otherwise than it says; those that name `rule` are tried first. */
export function failingCase(
  cases: readonly PolicyCase[],
  decide: DecideAccess,
  rule: string,
): PolicyCase | undefined {
  const naming = cases.filter((each) => each.rules.includes(rule));
  const others = cases.filter((each) => !each.rules.includes(rule));
  return [...naming, ...others].find((each) => !holds(each, decide));
}

/** Whether the decision is what the case says: its kind, its clause, and the rules that decided. */
export function holds(each: PolicyCase, decide: DecideAccess): boolean {
  const decision = decide(each.request);
  const hasRules = JSON.stringify(decision.rules) === JSON.stringify(each.rules);
  if (decision.kind === 'permit') return each.kind === 'allow' && hasRules;
  return each.kind === 'deny' && !decision.isUndecidable && decision.clause === each.clause && hasRules;
}
