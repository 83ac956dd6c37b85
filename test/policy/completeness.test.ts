import { join } from 'node:path';
import { parseRules, type Rule } from '../../adapters/cedar/rule';
import { caseConfiguration } from '../../scripts/policy/case-configuration';
import { mutantsOf, unconditional } from '../../scripts/policy/mutants';
import { failingCase, openTrial } from '../../scripts/policy/trial';
import { madeConfiguration } from '../core/contract/made-configuration';

const policyFolder = join(__dirname, '..', '..', 'policy');
const trial = openTrial(policyFolder, caseConfiguration(madeConfiguration()));
const { rules, cases } = trial;

it.each(rules)(
  '$id decides some case, and leaves alone some case that it would decide without its conditions',
  (rule) => {
    const [kind, other] =
      rule.effect === 'permit' ? (['allow', 'deny'] as const) : (['deny', 'allow'] as const);
    expect(cases.filter((each) => each.kind === kind && each.rules.includes(rule.id))).not.toEqual([]);

    const bare = unconditional(rule);
    const withConditions = trial.decideBy(`${rule.id}: alone`, beside(rule));
    const without = trial.decideBy(`${rule.id}: alone, unconditional`, beside(bare));
    const left = trial
      .casesAbout(rule)
      .filter(
        ({ kind: is, request }) => is === other && withConditions(request).kind !== without(request).kind,
      );
    expect(left.map(({ file }) => file)).not.toEqual([]);
  },
);

/** `npm run policy:mutate` writes every one; the normal run leaves each rule out, and takes every fourth of the others. */
const mutantsEvery = process.env.DEEP === undefined ? 4 : 1;

it.each(rules)('$id cannot be left out or written otherwise without failing a case', (rule) => {
  const tried = mutantsOf(rule).filter((_, at) => at % mutantsEvery === 0);
  expect(tried[0]?.rule).toBeUndefined();
  const alive = tried.filter((mutant) => {
    const mutated = rules.flatMap((each) => (each === rule ? (mutant.rule ?? []) : each));
    return failingCase(cases, trial.decideBy(`${rule.id}: ${mutant.what}`, mutated), rule.id) === undefined;
  });
  expect(alive.map(({ what }) => what)).toEqual([]);
});

it('lets every case hold on the rules as they are', () => {
  expect(failingCase(cases, trial.decideBy('as they are', rules), '')).toBeUndefined();
});

/** A rule that permits alone; one that forbids beside one that permits everything. */
function beside(rule: Rule): readonly Rule[] {
  return rule.effect === 'permit'
    ? [rule]
    : [...parseRules('@id("everything") @clause("none") permit (principal, action, resource);'), rule];
}
