import { PolicyError } from './policy-error';
import { matchesArn, matchesWildcard } from './wildcard';

/** Condition keys of a request, names in lower case: IAM compares them without regard to case. */
export type ConditionContext = ReadonlyMap<string, readonly string[]>;

export interface ConditionOperator {
  readonly name: string;
  readonly test: (actual: string, expected: string) => boolean;
  /** A negated operator holds when no value matches, and for a key that the request does not have. */
  readonly isNegated: boolean;
  readonly isIfExists: boolean;
  readonly set: 'none' | 'ForAllValues' | 'ForAnyValue';
}

const numbers = (compare: (a: number, b: number) => boolean) => (actual: string, expected: string) =>
  compare(Number(actual), Number(expected));
const dates = (compare: (a: number, b: number) => boolean) => (actual: string, expected: string) =>
  compare(toMs(actual), toMs(expected));
const equal = (a: number, b: number) => a === b;
const less = (a: number, b: number) => a < b;
const lessOrEqual = (a: number, b: number) => a <= b;
const more = (a: number, b: number) => a > b;
const moreOrEqual = (a: number, b: number) => a >= b;

const tests: Readonly<Record<string, ConditionOperator['test']>> = {
  StringEquals: (actual, expected) => actual === expected,
  StringEqualsIgnoreCase: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  StringLike: (actual, expected) => matchesWildcard(expected, actual),
  ArnEquals: (actual, expected) => matchesArn(expected, actual),
  ArnLike: (actual, expected) => matchesArn(expected, actual),
  Bool: (actual, expected) => actual.toLowerCase() === expected.toLowerCase(),
  NumericEquals: numbers(equal),
  NumericLessThan: numbers(less),
  NumericLessThanEquals: numbers(lessOrEqual),
  NumericGreaterThan: numbers(more),
  NumericGreaterThanEquals: numbers(moreOrEqual),
  DateEquals: dates(equal),
  DateLessThan: dates(less),
  DateLessThanEquals: dates(lessOrEqual),
  DateGreaterThan: dates(more),
  DateGreaterThanEquals: dates(moreOrEqual),
};

const negations: Readonly<Record<string, string>> = {
  StringNotEquals: 'StringEquals',
  StringNotEqualsIgnoreCase: 'StringEqualsIgnoreCase',
  StringNotLike: 'StringLike',
  ArnNotEquals: 'ArnEquals',
  ArnNotLike: 'ArnLike',
  NumericNotEquals: 'NumericEquals',
  DateNotEquals: 'DateEquals',
};

/** Reads `ForAnyValue:StringLikeIfExists` and the like. Throws `PolicyError` for an operator that is not modelled. */
export function parseOperator(text: string, where: string): ConditionOperator {
  const match = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(text);
  const name = match?.[2] ?? text;
  const set = match?.[1] === 'ForAllValues' || match?.[1] === 'ForAnyValue' ? match[1] : 'none';
  const isIfExists = match?.[3] !== undefined;
  if (name === 'Null' && set === 'none' && !isIfExists) {
    return { name, test: () => false, isNegated: false, isIfExists, set };
  }
  const positive = Object.hasOwn(negations, name) ? negations[name] : name;
  const test = positive !== undefined && Object.hasOwn(tests, positive) ? tests[positive] : undefined;
  if (test === undefined) {
    throw new PolicyError('not-modelled', `the policy of ${where} uses the condition operator ${text}`);
  }
  return { name, test, isNegated: positive !== name, isIfExists, set };
}

/** Whether a request meets one condition. */
export function holds(
  { operator, key, values }: { operator: ConditionOperator; key: string; values: readonly string[] },
  context: ConditionContext,
): boolean {
  const actual = context.get(key.toLowerCase());
  if (operator.name === 'Null') return values.includes(String(actual === undefined));
  if (actual === undefined || actual.length === 0) {
    return (
      operator.isIfExists ||
      operator.set === 'ForAllValues' ||
      (operator.isNegated && operator.set === 'none')
    );
  }
  const matchesOne = (value: string) => {
    const isMatch = values.some((expected) => operator.test(value, expected));
    return operator.isNegated ? !isMatch : isMatch;
  };
  if (operator.set === 'ForAllValues') return actual.every(matchesOne);
  if (operator.set === 'ForAnyValue') return actual.some(matchesOne);
  return operator.isNegated ? actual.every(matchesOne) : actual.some(matchesOne);
}

/** Dates come as ISO 8601 or as seconds since the epoch. */
const toMs = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
