import fc from 'fast-check';
import { matches, parsePattern } from '../../../local/event-sources/filter';

const cases: [pattern: object, event: object, expected: boolean][] = [
  [{ a: ['x'] }, { a: 'x' }, true],
  [{ a: ['x'] }, { a: 'y' }, false],
  [{ a: ['x'] }, {}, false],
  [{ a: ['x', 'y'] }, { a: 'y' }, true],
  [{ a: ['x'], b: [1] }, { a: 'x', b: 1 }, true],
  [{ a: ['x'], b: [1] }, { a: 'x', b: 2 }, false],
  [{ a: ['x'] }, { a: ['w', 'x'] }, true],
  [{ a: { b: ['x'] } }, { a: { b: 'x' } }, true],
  [{ a: { b: ['x'] } }, { a: 'x' }, false],
  [{ a: [null] }, { a: null }, true],
  [{ a: [''] }, { a: '' }, true],
  [{ a: [true] }, { a: true }, true],
  [{ a: ['1'] }, { a: 1 }, false],
  [{ a: [{ prefix: 'ab' }] }, { a: 'abc' }, true],
  [{ a: [{ prefix: 'ab' }] }, { a: 'bab' }, false],
  [{ a: [{ suffix: 'ab' }] }, { a: 'bab' }, true],
  [{ a: [{ 'equals-ignore-case': 'AB' }] }, { a: 'ab' }, true],
  [{ a: [{ exists: true }] }, { a: 0 }, true],
  [{ a: [{ exists: true }] }, {}, false],
  [{ a: [{ exists: false }] }, {}, true],
  [{ a: [{ 'anything-but': ['x', 1] }] }, { a: 'y' }, true],
  [{ a: [{ 'anything-but': ['x', 1] }] }, { a: 1 }, false],
  [{ a: [{ 'anything-but': 'x' }] }, {}, false],
  [{ a: [{ numeric: ['>', 1, '<=', 3] }] }, { a: 3 }, true],
  [{ a: [{ numeric: ['>', 1, '<=', 3] }] }, { a: 1 }, false],
  [{ a: [{ numeric: ['=', 1] }] }, { a: '1' }, false],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'y' }, true],
  [{ $or: [{ a: ['x'] }, { b: ['y'] }] }, { b: 'x' }, false],
];

it.each(cases)('%j against %j is %s', (pattern, event, expected) => {
  expect(matches(parsePattern(JSON.stringify(pattern)), event)).toBe(expected);
});

it.each([
  ['{"a":"x"}', 'the filter pattern at a must be an object or an array'],
  ['{"a":[]}', 'the filter pattern at a is not one that the local event sources model'],
  ['{"a":{"b":[{"wildcard":"x*"}]}}', 'the filter pattern at a.b is not one'],
  ['[]', 'a filter pattern is a JSON object'],
])('%s is refused', (text, message) => {
  expect(() => parsePattern(text)).toThrow(message);
});

it('a pattern of exact values matches the event it was made of, whatever else is in that event', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null));
  const key = fc.string().filter((name) => name !== '$or' && name !== '__proto__');
  fc.assert(
    fc.property(fc.dictionary(key, value, { minKeys: 1 }), fc.dictionary(key, value), (wanted, more) => {
      const pattern = Object.fromEntries(Object.entries(wanted).map(([name, one]) => [name, [one]]));
      return matches(parsePattern(JSON.stringify(pattern)), { ...more, ...wanted });
    }),
  );
});
