import { z } from 'zod';

/** One pattern of a mapping's `FilterCriteria`, checked. */
export type Pattern = { readonly [key: string]: unknown };

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const comparison = z.enum(['=', '<', '<=', '>', '>=']);
const rule = z.union([
  scalar,
  z.strictObject({ prefix: z.string() }),
  z.strictObject({ suffix: z.string() }),
  z.strictObject({ 'equals-ignore-case': z.string() }),
  z.strictObject({ exists: z.boolean() }),
  z.strictObject({
    'anything-but': z.union([z.string(), z.number(), z.array(z.union([z.string(), z.number()]))]),
  }),
  z.strictObject({
    numeric: z.union([
      z.tuple([comparison, z.number()]),
      z.tuple([comparison, z.number(), comparison, z.number()]),
    ]),
  }),
]);
type Rule = z.infer<typeof rule>;

/** Parses a pattern's JSON. Throws, naming the place, on a rule that Lambda's filter language does not have. */
export function parsePattern(text: string): Pattern {
  const pattern: unknown = JSON.parse(text);
  if (!isObject(pattern)) throw new Error('a filter pattern is a JSON object');
  checkPattern(pattern, '');
  return pattern;
}

/**
 * Whether an event has what the pattern asks for: every key, by one of its rules; an array in the event by one of its
 * elements; `$or` by one alternative. Source: "Lambda event filtering", Lambda developer guide.
 */
export function matches(pattern: Pattern, event: unknown): boolean {
  return Object.entries(pattern).every(([key, wanted]) => {
    if (key === '$or' && Array.isArray(wanted)) return wanted.some((option) => matches(option, event));
    const value = isObject(event) && Object.hasOwn(event, key) ? event[key] : undefined;
    if (!Array.isArray(wanted)) return isObject(wanted) && matches(wanted, value);
    const rules = wanted.map((one) => rule.parse(one));
    const values = Array.isArray(value) ? value : [value];
    return values.some((one) => rules.some((wantedRule) => satisfies(wantedRule, one)));
  });
}

function satisfies(wanted: Rule, value: unknown): boolean {
  if (typeof wanted !== 'object' || wanted === null) return value === wanted;
  if ('exists' in wanted) return (value !== undefined && !isObject(value)) === wanted.exists;
  if ('prefix' in wanted) return typeof value === 'string' && value.startsWith(wanted.prefix);
  if ('suffix' in wanted) return typeof value === 'string' && value.endsWith(wanted.suffix);
  if ('equals-ignore-case' in wanted) {
    return typeof value === 'string' && value.toLowerCase() === wanted['equals-ignore-case'].toLowerCase();
  }
  if ('anything-but' in wanted) {
    const excluded = [wanted['anything-but']].flat();
    return value !== undefined && !excluded.some((one) => one === value);
  }
  const [first, firstValue, second, secondValue] = wanted.numeric;
  return (
    typeof value === 'number' &&
    compares(value, first, firstValue) &&
    (second === undefined || secondValue === undefined || compares(value, second, secondValue))
  );
}

function compares(value: number, operator: z.infer<typeof comparison>, limit: number): boolean {
  switch (operator) {
    case '=':
      return value === limit;
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
    default:
      return operator satisfies never;
  }
}

function checkPattern(pattern: Readonly<Record<string, unknown>>, path: string): void {
  for (const [key, wanted] of Object.entries(pattern)) {
    const place = path === '' ? key : `${path}.${key}`;
    if (key === '$or' && Array.isArray(wanted)) {
      for (const option of wanted) checkPattern(requireObject(option, place), place);
    } else if (!Array.isArray(wanted)) {
      checkPattern(requireObject(wanted, place), place);
    } else if (wanted.length === 0 || wanted.some((one) => !rule.safeParse(one).success)) {
      throw new Error(`the filter pattern at ${place} is not one that the local event sources model`);
    }
  }
}

function requireObject(value: unknown, place: string): Readonly<Record<string, unknown>> {
  if (isObject(value)) return value;
  throw new Error(`the filter pattern at ${place} must be an object or an array`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
