import { deliveredNumbers } from '../../../adapters/cases/delivered-numbers';

it('knows the numbers that were delivered, each under its kind [Access-E]', () => {
  const known = deliveredNumbers('case,2026-0000001\r\ncad,26-0000002\n', 7);
  if (known.kind !== 'delivered') throw new Error('nothing was delivered');
  expect([known.count, known.deliveredAtMs]).toEqual([2, 7]);
  expect(known.has({ kind: 'case-number', text: '2026-0000001' })).toBe(true);
  expect(known.has({ kind: 'cad-number', text: '2026-0000001' })).toBe(false);
  expect(known.has({ kind: 'cad-number', text: '26-0000002' })).toBe(true);
});

it.each(['case;2026-1', 'case,', 'number', 'case,1,2'])(
  'takes no part of a list with the line %s',
  (line) => {
    expect(() => deliveredNumbers(`case,2026-0000001\n${line}\n`, 7)).toThrow('case numbers');
  },
);
