import fc from 'fast-check';
import { type Cell, CellTally } from '../../../core/reports/cells';
import { protect } from '../../../core/reports/suppress';

/** `[count, users]`; a bare count: each time another user. */
type Made = number | readonly [number, number];
const cell = (made: Made): Cell =>
  typeof made === 'number' ? { count: made, users: made } : { count: made[0], users: made[1] };
const table = (cells: readonly Made[]) => Object.fromEntries(cells.map((made, at) => [`c${at}`, cell(made)]));
const sumOf = (cells: readonly Made[]) => cells.reduce<number>((sum, made) => sum + cell(made).count, 0);

/** A figure of one table; a total that is withheld takes all with it. */
const published = (cells: readonly Made[], users = sumOf(cells)) => {
  const { total, tables } = protect({ total: { count: sumOf(cells), users }, tables: { by: table(cells) } });
  return { total, cells: tables.by === undefined ? cells.map(() => null) : Object.values(tables.by) };
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
  ['all of a total that is small itself, zeros too', [3, 0], null, [null, null]],
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

it.each<[string, Made[], number, number | null, (number | null)[]]>([
  ['a hundred times one user', [[100, 1], 30, 20], 50, 150, [null, 30, null]],
  ['a hundred times two users', [[100, 2], 30, 20], 50, 150, [null, 30, null]],
  ['nothing that three users did', [[100, 3], 30], 33, 130, [100, 30]],
  ['nothing that the system did', [[100, 0], 30], 30, 130, [100, 30]],
  [
    'a third cell, as two users could take each other off the sum',
    [[50, 1], [60, 1], 70, 80],
    150,
    260,
    [null, null, null, 80],
  ],
  [
    'no more cells where all of them have three users together',
    [
      [50, 1],
      [60, 1],
      [70, 1],
    ],
    3,
    180,
    [null, null, null],
  ],
  [
    'the total too where all cells have two users together',
    [[50, 1], [60, 1], 0],
    2,
    null,
    [null, null, null],
  ],
  ['all of a single user', [[100, 1], 0], 1, null, [null, null]],
])('withholds %s [Acct-A]', (_, cells, users, total, shown) => {
  expect(published(cells, users)).toEqual({ total, cells: shown });
});

it('withholds every table of a figure whose total has to go', () => {
  const figure = {
    total: cell(5),
    tables: { kind: table([1, 1, 1, 1, 1]), role: table([5, 0]) },
  };
  expect(protect(figure)).toEqual({ total: null, tables: {} });
});

it('counts a user of several cells once', () => {
  const tally = new CellTally();
  for (const [key, username] of [
    ['b', 'one-made-up'],
    ['a', 'one-made-up'],
    ['b', 'two-made-up'],
    ['c', undefined],
  ] as const)
    tally.add(key, username);
  expect(tally.total()).toEqual({ count: 4, users: 2 });
  expect(tally.table(['z', 'b'])).toEqual({
    z: { count: 0, users: 0 },
    b: { count: 2, users: 2 },
    a: { count: 1, users: 1 },
    c: { count: 1, users: 0 },
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

/** As many users as a cell of that count can have, where 3 stands for all that are more. */
const userCounts = (count: number) => [1, 2, 3].slice(0, count);

it.each([
  [2, 24],
  [3, 13],
  [4, 9],
])(
  'keeps each withheld number of %i cells ambiguous, with a total up to %i, whoever is behind them [Acct-A]',
  (size, totalMax) => {
    const found = new Map<string, Set<number>[]>();
    const note = (cells: readonly Made[], users: number) => {
      const key = JSON.stringify(published(cells, users));
      const values = found.get(key) ?? cells.map(() => new Set<number>());
      found.set(key, values);
      cells.forEach((made, at) => void values[at]?.add(cell(made).count));
    };
    const walk = (cells: readonly (readonly [number, number])[], left: number): void => {
      if (cells.length === size) {
        const most = Math.min(
          3,
          cells.reduce((sum, [, users]) => sum + users, 0),
        );
        for (let users = Math.max(...cells.map((each) => each[1])); users <= most; users++)
          note(cells, users);
        return;
      }
      walk([...cells, [0, 0]], left);
      for (let count = 1; count <= left; count++)
        for (const users of userCounts(count)) walk([...cells, [count, users]], left - count);
    };
    walk([], totalMax);
    for (const [key, values] of found) {
      const { cells }: { cells: (number | null)[] } = JSON.parse(key);
      cells.forEach((shown, at) => {
        if (shown === null && (values[at]?.size ?? 0) < 2) throw new Error(`${key} gives cell ${at} away`);
      });
    }
    expect(found.size).toBeGreaterThan(20);
  },
);

/** All months of up to so many alerts that the life cycle allows, by what is published of each. */
function lifeCycles(alertsMax: number): Map<string, number[][]> {
  const found = new Map<string, number[][]>();
  const upTo = (max: number) => Array.from({ length: max + 1 }, (_, each) => each);
  for (const open of upTo(alertsMax))
    for (const verified of upTo(alertsMax - open))
      for (const rejected of upTo(alertsMax - open - verified))
        for (const stopped of upTo(verified))
          for (const cited of upTo(verified - stopped))
            for (const noAction of upTo(verified + rejected - stopped - cited)) {
              const none = open + verified + rejected - stopped - cited - noAction;
              const outcome = [open, verified, rejected];
              const disposition = [none, stopped, cited, noAction];
              const { total, tables } = protect({
                total: { count: open + verified + rejected, users: 0 },
                tables: { outcome: table(outcome), disposition: table(disposition) },
                linked: ['outcome', 'disposition'],
              });
              const shown = ['outcome', 'disposition'].map((name) => Object.values(tables[name] ?? {}));
              const key = JSON.stringify([total, ...shown]);
              found.set(key, [...(found.get(key) ?? []), [...outcome, ...disposition]]);
            }
  return found;
}

it('keeps withheld numbers of alerts ambiguous for whoever knows their life cycle: enforcement only of verified ones [Acct-A]', () => {
  const found = lifeCycles(11);
  for (const [key, months] of found) {
    const [, outcome, disposition]: [unknown, (number | null)[], (number | null)[]] = JSON.parse(key);
    [...outcome, ...disposition].forEach((shown, at) => {
      const values = new Set(months.map((month) => month[at]));
      if (shown === null && values.size < 2) throw new Error(`${key} gives cell ${at} away: ${[...values]}`);
    });
  }
  expect(found.size).toBeGreaterThan(10);
});

it('publishes of linked tables all cells or none, and the total', () => {
  const figure = (stopped: number) =>
    protect({
      total: { count: 20, users: 0 },
      tables: { outcome: table([0, 20]), disposition: table([20 - stopped, stopped]) },
      linked: ['outcome', 'disposition'],
    });
  expect(figure(5)).toEqual({
    total: 20,
    tables: { outcome: { c0: 0, c1: 20 }, disposition: { c0: 15, c1: 5 } },
  });
  expect(figure(4)).toEqual({
    total: 20,
    tables: { outcome: { c0: null, c1: null }, disposition: { c0: null, c1: null } },
  });
});

it('keeps withheld numbers ambiguous across two tables of one total', () => {
  const found = new Map<string, number[][]>();
  for (let a = 0; a <= 9; a++)
    for (let b = 0; b <= 9; b++)
      for (let c = 0; c <= a + b; c++) {
        const cells = [a + b, a, b, c, a + b - c];
        const figure = { total: cell(a + b), tables: { one: table([a, b]), two: table([c, a + b - c]) } };
        const { total, tables } = protect(figure);
        const shown = ['one', 'two'].flatMap((name) => Object.values(tables[name] ?? { x: null, y: null }));
        const key = JSON.stringify([total, ...shown]);
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

it('gives away no sum by subtraction that fewer than three users are behind [Acct-A]', () => {
  const usernames = fc.array(fc.constantFrom('a', 'b', 'c', 'd', 'e'), { maxLength: 12 });
  fc.assert(
    fc.property(fc.array(usernames, { minLength: 1, maxLength: 6 }), (byCell) => {
      const tally = new CellTally();
      byCell.forEach((each, at) => {
        for (const username of each) tally.add(`c${at}`, username);
      });
      const { total, tables } = protect({
        total: tally.total(),
        tables: { by: tally.table(byCell.map((_, at) => `c${at}`)) },
      });
      if (total === null) return;
      const behind = (isMeant: (shown: number | null | undefined) => boolean) =>
        new Set(byCell.filter((_, at) => isMeant(tables.by?.[`c${at}`])).flat()).size;
      const isWithheld = Object.values(tables.by ?? {}).includes(null);
      if (isWithheld) expect(behind((shown) => shown === null)).toBeGreaterThanOrEqual(3);
      byCell.forEach((each, at) => {
        if ((tables.by?.[`c${at}`] ?? 0) > 0) expect(new Set(each).size).toBeGreaterThanOrEqual(3);
      });
    }),
  );
});
