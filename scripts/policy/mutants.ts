import { type PolicyJson, policyToJson, policyToText } from '@cedar-policy/cedar-wasm/nodejs';
import { parseRules, type Rule } from '../../adapters/cedar/rule';

/** One rule written wrongly on purpose; `rule` absent: it is not there at all. */
export interface Mutant {
  readonly of: Rule;
  readonly what: string;
  readonly rule?: Rule;
}

/**
 * Every way that one rule is written wrongly here: not there, the other effect, `when` for `unless` and back, one part of
 * a condition left out, one action of several left out.
 */
export function mutantsOf(rule: Rule): readonly Mutant[] {
  const json = jsonOf(rule);
  return [
    { of: rule, what: 'removed' },
    mutant(rule, 'the other effect', { ...json, effect: json.effect === 'permit' ? 'forbid' : 'permit' }),
    ...json.conditions.map((_, at) => mutant(rule, `condition ${at + 1} turned round`, turned(json, at))),
    ...withPartsLeftOut(json).map((less, at) =>
      mutant(rule, `part ${at + 1} of its conditions left out`, less),
    ),
    ...withActionsLeftOut(json).map(([action, less]) => mutant(rule, `not about ${action}`, less)),
  ];
}

/** The rule without its conditions: what it would decide on everything that it speaks about. */
export function unconditional(rule: Rule): Rule {
  return ruleOf(rule, { ...jsonOf(rule), conditions: [] });
}

function jsonOf(rule: Rule): PolicyJson {
  const parsed = policyToJson(rule.text);
  if (parsed.type === 'failure') throw new Error(`${rule.id} does not parse`);
  return parsed.json;
}

function mutant(of: Rule, what: string, json: PolicyJson): Mutant {
  return { of, what, rule: ruleOf(of, json) };
}

/** What a rule that forbids must say is put in where a rule that permits has been turned into one. */
function ruleOf(rule: Rule, json: PolicyJson): Rule {
  const annotations = {
    ...json.annotations,
    message: rule.message || 'Made up.',
    remedy: rule.remedy || 'None.',
  };
  const text = policyToText({ ...json, annotations });
  if (text.type === 'failure') throw new Error(`no text of a mutant of ${rule.id}`);
  const [made] = parseRules(text.text);
  if (made === undefined) throw new Error(`no mutant of ${rule.id}`);
  return made;
}

function turned(json: PolicyJson, at: number): PolicyJson {
  return {
    ...json,
    conditions: json.conditions.map((each, index) =>
      index === at ? { ...each, kind: each.kind === 'when' ? 'unless' : 'when' } : each,
    ),
  };
}

/** Once for each operand of each `&&` and `||`: the other operand stands in the place of both. */
function withPartsLeftOut(json: PolicyJson): PolicyJson[] {
  return json.conditions.flatMap((condition, at) =>
    reduced(condition.body).map((body) => ({
      ...json,
      conditions: json.conditions.map((each, index) => (index === at ? { ...each, body } : each)),
    })),
  );
}

type Expression = PolicyJson['conditions'][number]['body'];

function reduced(expression: Expression): Expression[] {
  for (const operator of ['&&', '||'] as const) {
    const operands = operandsOf(expression, operator);
    if (operands === undefined) continue;
    const { left, right } = operands;
    return [
      left,
      right,
      ...reduced(left).map((less) => joined(operator, less, right)),
      ...reduced(right).map((less) => joined(operator, left, less)),
    ];
  }
  if (!('!' in expression)) return [];
  const negated = expression['!'];
  return 'arg' in negated ? reduced(negated.arg).map((arg) => ({ '!': { arg } })) : [];
}

function operandsOf(expression: Expression, operator: '&&' | '||') {
  const operands: unknown = Reflect.get(expression, operator);
  return isOperands(operands) ? operands : undefined;
}

function isOperands(value: unknown): value is { readonly left: Expression; readonly right: Expression } {
  return typeof value === 'object' && value !== null && 'left' in value && 'right' in value;
}

function joined(operator: '&&' | '||', left: Expression, right: Expression): Expression {
  return operator === '&&' ? { '&&': { left, right } } : { '||': { left, right } };
}

function withActionsLeftOut(json: PolicyJson): [string, PolicyJson][] {
  const { action } = json;
  if (action.op !== 'in' || !('entities' in action)) return [];
  return action.entities.map((left) => [
    '__entity' in left ? left.__entity.id : left.id,
    { ...json, action: { op: 'in', entities: action.entities.filter((each) => each !== left) } },
  ]);
}
