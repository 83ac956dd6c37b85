import fc from 'fast-check';
import { compare } from '../../../../core/hot-list/outside/compare';
import {
  DetailsDamaged,
  decodeEntry,
  decodeStanding,
  encodeDetails,
  entryRange,
  entryUuid,
  idRange,
  placeRange,
} from '../../../../core/hot-list/outside/details';
import { Gathering } from '../../../../core/hot-list/outside/gather';
import { madeSource } from './made-source';

const salt = Buffer.alloc(32, 7);

function delivery(rows: readonly { readonly plate: string; readonly concern?: string }[]) {
  const gathering = new Gathering(madeSource);
  for (const [at, fields] of rows.entries()) gathering.take({ number: at + 1, fields });
  return gathering.delivery(salt);
}

const plate = fc.stringMatching(/^[A-Z0-9]{2,10}$/);
const idAt = (ids: Uint8Array, place = 0) =>
  Buffer.from(ids.subarray(place * 16, (place + 1) * 16)).toString('hex');
const cut = (file: Uint8Array, { from, to }: { from: number; to: number }) => file.subarray(from, to);

it('gives each entry back by its place alone, whatever else is in the file', () => {
  fc.assert(
    fc.property(fc.uniqueArray(plate, { maxLength: 30 }), (plates) => {
      const made = delivery(plates.map((each) => ({ plate: each })));
      const file = encodeDetails(made);
      made.entries.forEach((entry, place) => {
        expect(idAt(cut(file, idRange(place)))).toBe(idAt(made.ids, place));
        const range = entryRange(cut(file, placeRange(made.entries.length, place)));
        expect(decodeEntry(cut(file, range))).toEqual(entry);
      });
      expect(Buffer.from(decodeStanding(file).ids).equals(made.ids)).toBe(true);
      const order = made.entries.map((_, place) => idAt(made.ids, place));
      expect(order).toEqual([...order].sort());
    }),
  );
});

it('counts what a delivery adds, removes and changes, as a plain comparison does', () => {
  const concern = fc.constantFrom('V', 'W');
  const rows = fc.uniqueArray(
    fc.record({ plate: fc.constantFrom('TEST1', 'TEST2', 'TEST3', 'TEST4'), concern }),
    {
      selector: (row) => row.plate,
    },
  );
  fc.assert(
    fc.property(rows, rows, (before, after) => {
      const standing = decodeStanding(encodeDetails(delivery(before)));
      const was = new Map(before.map((row) => [row.plate, row.concern]));
      const is = new Map(after.map((row) => [row.plate, row.concern]));
      expect(compare(standing, delivery(after))).toEqual({
        added: [...is.keys()].filter((each) => !was.has(each)).length,
        removed: [...was.keys()].filter((each) => !is.has(each)).length,
        changed: [...is].filter(([each, type]) => was.has(each) && was.get(each) !== type).length,
      });
    }),
  );
});

it('refuses a file that was cut or is another one', () => {
  const file = encodeDetails(delivery([{ plate: 'TEST1' }, { plate: 'TEST2' }]));
  for (const damaged of [file.subarray(0, 20), Buffer.from('something else entirely'), new Uint8Array()])
    expect(() => decodeStanding(damaged)).toThrow(DetailsDamaged);
  expect(() => entryRange(new Uint8Array(16))).toThrow(DetailsDamaged);
  expect(() => decodeEntry(Buffer.from('{"plate":"TEST?"}'))).toThrow(DetailsDamaged);
});

it('names an entry by a UUID that stays through deliveries and says nothing without the list’s salt', () => {
  const once = delivery([{ plate: 'TEST1', concern: 'V' }]);
  const again = delivery([{ plate: 'TEST1', concern: 'W' }, { plate: 'TEST9' }]);
  const place = again.entries.findIndex(({ plate: each }) => each === 'TEST1');
  const uuid = entryUuid(idAt(once.ids));
  expect(entryUuid(idAt(again.ids, place))).toBe(uuid);
  expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('makes one entry of the rows of one plate and state, with the cautions of all', () => {
  const gathering = new Gathering(madeSource);
  gathering.take({ number: 1, fields: { plate: 'TEST1', state: 'IL', caution: 'V' } });
  gathering.take({ number: 2, fields: { plate: 'TEST 1', state: 'IL', caution: 'A' } });
  gathering.take({ number: 3, fields: { plate: 'TEST1', state: 'IA' } });
  const { entries, rows } = gathering.delivery(salt);
  expect(rows).toBe(3);
  expect(entries.map(({ state, cautions }) => [state, cautions]).sort()).toEqual([
    ['IA', []],
    ['IL', ['armed', 'violent']],
  ]);
});
