type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether EventBridge would match an event, for patterns of exact values, `anything-but` (values or a prefix), `exists`
 * and `$or`. Of an array of the event one element has to match. Throws for any other kind of comparison.
 * Source: "Comparison operators for use in event patterns in Amazon EventBridge".
 */
export function matchesPattern(pattern: Fields, event: unknown): boolean {
  return Object.entries(pattern).every(([field, expected]) => {
    if (field === '$or' && Array.isArray(expected))
      return expected.some((each) => matchesPattern(each, event));
    const actual = isFields(event) ? event[field] : undefined;
    const values: readonly unknown[] = Array.isArray(actual) ? actual : [actual];
    if (isFields(expected)) return values.some((value) => matchesPattern(expected, value));
    if (!Array.isArray(expected)) throw new Error(`the field ${field} of a pattern needs a list`);
    return expected.some((rule) => values.some((value) => isMatch(rule, value)));
  });
}

function isMatch(rule: unknown, value: unknown): boolean {
  if (!isFields(rule)) return rule === value;
  if ('exists' in rule) return (value !== undefined) === rule.exists;
  const other = rule['anything-but'];
  if (Array.isArray(other)) return value !== undefined && !other.includes(value);
  if (isFields(other) && typeof other.prefix === 'string')
    return typeof value === 'string' && !value.startsWith(other.prefix);
  throw new Error(`this matcher does not know ${JSON.stringify(rule)}`);
}
