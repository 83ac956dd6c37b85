import { Readable } from 'node:stream';
import fc from 'fast-check';
import { type CutRow, FormUnknown, rowsOf } from '../../../adapters/outside-lists/rows';
import type { OutsideListSource } from '../../../core/hot-list/outside/outside-entry';
import { madeSource } from '../../core/hot-list/outside/made-source';

async function cutRows(text: string, source: OutsideListSource = madeSource): Promise<CutRow[]> {
  const rows: CutRow[] = [];
  for await (const row of rowsOf(Readable.from([Buffer.from(text, 'utf8')]), source)) rows.push(row);
  return rows;
}

const fixed: OutsideListSource = {
  ...madeSource,
  format: { kind: 'fixed-width', columns: { plate: { from: 1, to: 10 }, state: { from: 11, to: 12 } } },
};

it('cuts CSV by its headings, in any order of columns, with quotes and a byte order mark', async () => {
  const rows = await cutRows(
    '\uFEFFLIS,LIC,VEHICLE,TYPE,CAUTION,NIC\r\nIL,TEST123,"Sedan, ""silver""",V,A,1\r\n',
  );
  expect(rows).toEqual([
    {
      kind: 'row',
      row: {
        number: 1,
        fields: {
          plate: 'TEST123',
          state: 'IL',
          concern: 'V',
          description: 'Sedan, "silver"',
          caution: 'A',
          reference: '1',
        },
      },
    },
  ]);
});

it('says which column of the configuration a file lacks', async () => {
  await expect(cutRows('PLATE,LIS\nTEST123,IL\n')).rejects.toThrow(FormUnknown);
  await expect(cutRows('PLATE,LIS\nTEST123,IL\n')).rejects.toThrow('no column "LIC" for plate');
  await expect(cutRows('')).rejects.toThrow('no heading');
});

it('cuts fixed-width lines by their places, and tells a line that is far too long', async () => {
  const rows = await cutRows(`TEST123   IL\n\nTEST9     IA\r\n${'X'.repeat(9000)}\nTEST5`, fixed);
  expect(rows.map((each) => (each.kind === 'row' ? each.row : each.number))).toEqual([
    { number: 1, fields: { plate: 'TEST123', state: 'IL' } },
    { number: 2, fields: { plate: 'TEST9', state: 'IA' } },
    3,
    { number: 4, fields: { plate: 'TEST5', state: '' } },
  ]);
});

it('ends on any text at all, by rows or by saying that the form is unknown', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async (text) => {
      for (const source of [madeSource, fixed])
        await cutRows(`LIC,LIS,TYPE,VEHICLE,CAUTION,NIC\n${text}`, source).catch((error: unknown) =>
          expect(error).toBeInstanceOf(FormUnknown),
        );
    }),
    { numRuns: 60 },
  );
});
