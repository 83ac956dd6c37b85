import fc from 'fast-check';
import { nextLine, readRecord } from '../../../core/people/csv-record';

it.each([
  ['a,b\nc', ['a', 'b'], 4],
  ['a,b\r\nc', ['a', 'b'], 5],
  ['a,b\rc', ['a', 'b'], 4],
  ['a,', ['a', ''], 2],
  ['"a,b","c""d"\n', ['a,b', 'c"d'], 13],
  ['"a\nb",c\nd', ['a\nb', 'c'], 8],
  ['a"b,c', ['a"b', 'c'], 5],
  ['""', [''], 2],
  ['\nx', [''], 1],
])('reads %j as RFC 4180 has it', (text, fields, next) => {
  expect(readRecord(text, 0)).toMatchObject({ fields, next });
});

it.each([['"a'], ['"a"b,c'], ['"a""'], [`"${'x'.repeat(10_000)}"`], ['x'.repeat(10_001)]])(
  'finds no record in %.20j',
  (text) => {
    expect(readRecord(text, 0)).toBeUndefined();
  },
);

it('goes on behind each kind of line break', () => {
  expect([nextLine('ab\r\nc', 0), nextLine('a\rb', 0), nextLine('a\nb', 0), nextLine('ab', 0)]).toEqual([
    4, 2, 2, 2,
  ]);
});

it('gives back whatever was quoted', () => {
  const field = fc.string({ maxLength: 30 });
  fc.assert(
    fc.property(fc.array(field, { minLength: 1, maxLength: 6 }), (fields) => {
      const text = fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(',');
      expect(readRecord(`${text}\nnext`, 0)).toMatchObject({ fields, next: text.length + 1 });
    }),
  );
});

it('gets on in any text, and never throws', () => {
  const text = fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', 'a', ' '), maxLength: 60 });
  fc.assert(
    fc.property(text, (whole) => {
      for (let at = 0; at < whole.length; ) {
        const next = readRecord(whole, at)?.next ?? nextLine(whole, at);
        expect(next).toBeGreaterThan(at);
        at = next;
      }
    }),
  );
});
