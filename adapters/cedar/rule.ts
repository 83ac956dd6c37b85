import {
  type DetailedError,
  type PolicyJson,
  policySetTextToParts,
  policyToJson,
} from '@cedar-policy/cedar-wasm/nodejs';

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

/** One rule: what it says about itself, and its text. */
export interface Rule {
  readonly id: string;
  readonly effect: 'permit' | 'forbid';
  readonly clause: string;
  /** Of a rule that forbids: what its refusal says and what can be done about it. */
  readonly message: string;
  readonly remedy: string;
  /** Which actions it speaks about. */
  readonly action: PolicyJson['action'];
  readonly text: string;
}

/** The rules of one file, in its order. Throws `PolicyUnusable` for one that does not parse or lacks an annotation. */
export function parseRules(text: string): readonly Rule[] {
  const parts = policySetTextToParts(text);
  if (parts.type === 'failure') throw new PolicyUnusable('syntax', messages(parts.errors));
  // The engine hands them out in the order of names that it gives itself, in which the eleventh follows the second.
  return parts.policies.toSorted((a, b) => text.indexOf(a) - text.indexOf(b)).map(parseRule);
}

function parseRule(text: string): Rule {
  const json = policyToJson(text);
  if (json.type === 'failure') throw new PolicyUnusable('syntax', messages(json.errors));
  const { effect, action, annotations } = json.json;
  const { id, clause, message = '', remedy = '' } = annotations ?? {};
  if (!id || !clause)
    throw new PolicyUnusable('annotation', `a rule lacks @id or @clause: ${text.slice(0, 80)}`);
  if (effect === 'forbid' && (!message || !remedy))
    throw new PolicyUnusable('annotation', `${id} forbids without @message and @remedy`);
  return { id, clause, message, remedy, effect, action, text };
}

export function messages(errors: readonly Pick<DetailedError, 'message'>[]): string {
  return errors.map((each) => each.message).join('; ');
}
