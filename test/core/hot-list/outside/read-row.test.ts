import { readRow } from '../../../../core/hot-list/outside/read-row';
import { madeSource } from './made-source';

const row = (fields: Record<string, string>) => readRow({ number: 7, fields }, madeSource);

it('reads what a row says by the source’s own codes', () => {
  expect(
    row({
      plate: 'test-123',
      state: 'il',
      concern: 'V',
      description: 'Silver sedan',
      caution: 'A, V',
      reference: 'V000000001',
    }),
  ).toEqual({
    kind: 'entry',
    entry: {
      plate: 'TEST123',
      state: 'IL',
      concern: 'stolen-vehicle',
      description: 'Silver sedan',
      cautions: ['armed', 'violent'],
      reference: 'V000000001',
    },
  });
});

it('takes a row of a plate alone, with the list’s own concern', () => {
  expect(row({ plate: 'TEST123' })).toEqual({
    kind: 'entry',
    entry: { plate: 'TEST123', concern: 'other', cautions: [] },
  });
});

it.each([
  ['no plate', { plate: '' }, 'plate'],
  ['a partial plate [Policy-H.e]', { plate: 'TEST?23' }, 'plate'],
  ['a plate of eleven characters', { plate: 'TEST1234567' }, 'plate'],
  ['a state that is none', { plate: 'TEST123', state: 'Illinois' }, 'state'],
] as const)('refuses %s by row and column, and never repeats what the row says', (_, fields, column) => {
  const read = row(fields);
  expect(read).toMatchObject({ kind: 'refused', refused: { row: 7, column } });
  expect(JSON.stringify(read)).not.toContain('TEST');
});

it('knows a code of a prototype’s name no better than any other', () => {
  expect(row({ plate: 'TEST123', concern: 'constructor', caution: 'toString' })).toMatchObject({
    entry: { concern: 'other', cautions: [] },
  });
});
