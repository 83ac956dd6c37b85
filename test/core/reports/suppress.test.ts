import fc from 'fast-check';
import { protect } from '../../../core/reports/suppress';

const one = (cells: readonly number[]) => {
  const table = Object.fromEntries(cells.map((count, at) => [`c${at}`, count]));
  return { total: cells.reduce((sum, each) => sum + each, 0), tables: { by: table } };
};
const published = (cells: readonly number[]) => {
  const { total, tables } = protect(one(cells));
  return { total, cells: Object.values(tables.by ?? {}) };
};

it.each([
  ['nothing small', [10, 7, 5, 0], 22, [10, 7, 5, 0]],
  [
    'a small number and, so that it is no difference, the next larger one',
    [10, 7, 3, 0],
    20,
    [10, null, null, 0],
  ],
  ['two small ones that could be anything', [10, 3, 3], 16, [10, null, null]],
  ['two ones and a third, because 2 can only be 1 and 1', [10, 1, 1], 12, [null, null, null]],
  ['all of a total that is small itself', [3, 0], null, [null, 0]],
  [
    'the total too where all cells together give themselves away',
    [1, 1, 1, 1, 1],
    null,
    [null, null, null, null, null],
  ],
  ['nothing of nothing', [0, 0], 0, [0, 0]],
])('withholds %s [Acct-A]', (_, cells, total, shown) => {
  expect(published(cells)).toEqual({ total, cells: shown });
});

it('hides every table of a figure whose total has to go', () => {
  const figure = {
    total: 5,
    tables: { kind: { a: 1, b: 1, c: 1, d: 1, e: 1 }, role: { officer: 5, chief: 0 } },
  };
  expect(protect(figure)).toEqual({
    total: null,
    tables: { kind: { a: null, b: null, c: null, d: null, e: null }, role: { officer: null, chief: 0 } },
  });
});

/** Everything that an attacker knows who can run our code: which tables would have been published just so. */
function candidates(size: number, totalMax: number): Map<string, number[][]> {
  const found = new Map<string, number[][]>();
  const walk = (cells: number[], left: number): void => {
    if (cells.length < size) {
      for (let count = 0; count <= left; count++) walk([...cells, count], left - count);
      return;
    }
    const key = JSON.stringify(published(cells));
    found.set(key, [...(found.get(key) ?? []), cells]);
  };
  walk([], totalMax);
  return found;
}

it.each([
  [2, 40],
  [3, 24],
  [4, 16],
  [5, 11],
])(
  'keeps each withheld number of %i cells ambiguous, with a total up to %i, against all that can be subtracted',
  (size, totalMax) => {
    for (const [key, tables] of candidates(size, totalMax)) {
      const { cells }: { cells: (number | null)[] } = JSON.parse(key);
      cells.forEach((shown, at) => {
        const values = new Set(tables.map((table) => table[at]));
        if (shown === null && values.size < 2)
          throw new Error(`${key} gives cell ${at} away: ${[...values]}`);
        if (shown !== null) expect([...values]).toEqual([shown]);
      });
    }
  },
);

it('keeps withheld numbers ambiguous across two tables of one total', () => {
  const found = new Map<string, number[][]>();
  for (let a = 0; a <= 9; a++)
    for (let b = 0; b <= 9; b++)
      for (let c = 0; c <= a + b; c++) {
        const cells = [a + b, a, b, c, a + b - c];
        const figure = { total: a + b, tables: { one: { a, b }, two: { c, d: a + b - c } } };
        const { total, tables } = protect(figure);
        const key = JSON.stringify([total, tables.one?.a, tables.one?.b, tables.two?.c, tables.two?.d]);
        found.set(key, [...(found.get(key) ?? []), cells]);
      }
  for (const [key, candidates] of found) {
    const shown: (number | null)[] = JSON.parse(key);
    shown.forEach((each, at) => {
      if (each === null && new Set(candidates.map((cells) => cells[at])).size < 2) throw new Error(key);
    });
  }
  expect(found.size).toBeGreaterThan(50);
});

it('never publishes a number from 1 to 4, nor one that is the difference of others', () => {
  const cells = fc.array(fc.oneof(fc.nat(6), fc.nat(500)), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(cells, (counts) => {
      const { total, cells: shown } = published(counts);
      expect([total, ...shown].filter((each) => each !== null && each > 0 && each < 5)).toEqual([]);
      const known = shown.reduce<number>((sum, each) => sum + (each ?? 0), 0);
      const withheld = shown.filter((each) => each === null).length;
      if (total !== null && withheld > 0) expect(total - known - (withheld - 1)).toBeGreaterThanOrEqual(4);
      if (total !== null) expect(withheld).not.toBe(1);
    }),
  );
});
