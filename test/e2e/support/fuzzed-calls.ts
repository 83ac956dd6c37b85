import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { z } from 'zod';
import type { Operation } from '../../../core/contract/operations';
import type { RawCall } from './raw-call';

/** What fields of a name mostly hold, so that calls get past their form: ids of what is there. */
export type Known = Readonly<Record<string, unknown>>;

/** Calls of one operation, from right ones to nonsense; the token is put in by whoever makes them. */
export function fuzzedCalls(operation: Operation, known: Known): fc.Arbitrary<RawCall> {
  const { request } = operation;
  return fc
    .record({
      path: partOf(request.path, known),
      query: fc.oneof(
        { weight: 4, arbitrary: partOf(request.query, known) },
        { weight: 1, arbitrary: junkQuery },
      ),
      body:
        request.body === undefined
          ? fc.constantFrom(undefined, undefined, '{}', 'x')
          : bodies(request.body, known),
      contentType: fc.oneof(
        { weight: 8, arbitrary: fc.constant('application/json') },
        { weight: 2, arbitrary: fc.constantFrom('text/plain', 'image/jpeg', 'application/xml', '') },
      ),
      accept: fc.constantFrom('application/json', 'image/jpeg', '*/*', 'text/html;q=0.1'),
    })
    .map(({ path, query, body, contentType, accept }) => ({
      method: operation.method,
      path: filledIn(operation.path, path) + queryText(query),
      ...(body === undefined ? {} : { body }),
      headers: { accept, ...(body === undefined ? {} : { 'content-type': contentType }) },
    }));
}

const junkQuery = fc.dictionary(fc.string({ maxLength: 12 }), fc.string({ maxLength: 40 }), { maxKeys: 4 });

/** Text as it goes over the wire. */
function bodies(schema: z.ZodType, known: Known): fc.Arbitrary<string> {
  const nearlyRight = valuesOf(schemaOf(schema), known);
  return fc.oneof(
    { weight: 12, arbitrary: nearlyRight.map((value) => JSON.stringify(value) ?? '') },
    { weight: 2, arbitrary: fc.json({ maxDepth: 4 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
  );
}

function partOf(
  schema: z.ZodType | undefined,
  known: Known,
): fc.Arbitrary<Readonly<Record<string, unknown>>> {
  if (schema === undefined) return fc.constant({});
  return valuesOf(schemaOf(schema), known).map((value) => (isRecord(value) ? value : {}));
}

function schemaOf(schema: z.ZodType): unknown {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
}

function filledIn(path: string, values: Readonly<Record<string, unknown>>): string {
  return path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(values[name]) || 'x');
}

function queryText(values: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(values).map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

/** As `encodeURIComponent`, also of half a surrogate pair and of what is no text. */
function encoded(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return encodeURIComponent(Buffer.from(text).toString());
}

type Schema = Readonly<Record<string, unknown>>;

/** Mostly of the schema, sometimes beside it; the schema's own deeper rules are left to the product. */
function valuesOf(schema: unknown, known: Known): fc.Arbitrary<unknown> {
  const wrong = fc.oneof(
    fc.jsonValue({ maxDepth: 1 }),
    fc.constantFrom(null, '', -1, 1e308, '\u0000', '\ud800'),
  );
  if (!isRecord(schema)) return wrong;
  return fc.oneof({ weight: 49, arbitrary: rightOf(schema, known) }, { weight: 1, arbitrary: wrong });
}

function rightOf(schema: Schema, known: Known): fc.Arbitrary<unknown> {
  const variants = schema.anyOf ?? schema.oneOf;
  if (Array.isArray(variants)) return fc.oneof(...variants.map((each) => valuesOf(each, known)));
  if ('const' in schema) return fc.constant(schema.const);
  if (Array.isArray(schema.enum)) return fc.constantFrom(...schema.enum);
  switch (schema.type) {
    case 'object':
      return objects(schema, known);
    case 'array':
      return fc.array(valuesOf(schema.items, known), {
        minLength: numberOf(schema.minItems, 0),
        maxLength: 3,
      });
    case 'string':
      return texts(schema);
    case 'integer':
      return fc.integer(rangeOf(schema));
    case 'number':
      return fc.double({ ...rangeOf(schema), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objects({ properties, required }: Schema, known: Known): fc.Arbitrary<unknown> {
  const fields = isRecord(properties) ? properties : {};
  const asked = Array.isArray(required) ? required.map(String) : [];
  const fieldOf = (name: string, schema: unknown): fc.Arbitrary<unknown> =>
    Object.hasOwn(known, name)
      ? fc.oneof(
          { weight: 9, arbitrary: fc.constant(known[name]) },
          { weight: 1, arbitrary: valuesOf(schema, known) },
        )
      : valuesOf(schema, known);
  const right = fc.record(
    Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, fieldOf(name, each)])),
    { requiredKeys: Object.keys(fields).filter((name) => asked.includes(name)) },
  );
  const unknownKey = fc.constantFrom('role', '__proto__', 'constructor', 'x');
  return fc.oneof(
    { weight: 29, arbitrary: right },
    { weight: 1, arbitrary: fc.tuple(right, unknownKey).map(([value, key]) => withKey(value, key)) },
  );
}

/** An own key also where it is called `__proto__`. */
function withKey(value: object, key: string): unknown {
  return JSON.parse(
    JSON.stringify({ ...value, unlikely: 'administrator' }).replace('"unlikely"', `"${key}"`),
  );
}

function texts({ format, pattern, minLength, maxLength }: Schema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.oneof(fc.uuid(), fc.constant(randomUUID()));
  if (format === 'date') return fc.constantFrom('2026-11-24', '2020-02-30', '9999-12-31', '1970-01-01');
  if (format === 'date-time')
    return fc.constantFrom('2026-11-24T10:00:00Z', '2026-11-01T00:00:00-06:00', '9999-12-31T23:59:59Z');
  if (format === 'email') return fc.constant(`fuzz-${randomUUID()}@bloomington-pd.example`);
  if (typeof pattern === 'string') return fc.stringMatching(new RegExp(pattern));
  const least = numberOf(minLength, 0);
  return fc.string({ minLength: least, maxLength: Math.max(least, Math.min(60, numberOf(maxLength, 60))) });
}

function rangeOf({ minimum, maximum }: Schema): { min: number; max: number } {
  return {
    min: Math.max(numberOf(minimum, -1000), -1_000_000),
    max: Math.min(numberOf(maximum, 1000), 1_000_000),
  };
}

function numberOf(value: unknown, otherwise: number): number {
  return typeof value === 'number' ? value : otherwise;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
