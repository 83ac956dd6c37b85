import fc from 'fast-check';
import { CellTally } from '../../../core/reports/cells';
import { protectCorrection } from '../../../core/reports/correct';
import { CrossTally } from '../../../core/reports/crossed';
import { type Figure, figureOf, type PublishedFigure } from '../../../core/reports/suppress';

type Done = readonly (readonly [row: string, column: string, username: string | undefined, times: number])[];

function figure(done: Done, rows: readonly string[], columns: readonly string[]): Figure {
  const [byRow, byColumn, crossed] = [new CellTally(), new CellTally(), new CrossTally('column')];
  for (const [row, column, username, times] of done)
    for (let n = 0; n < times; n++) {
      byRow.add(row, username);
      byColumn.add(column, username);
      crossed.add(row, column, username);
    }
  const plain = figureOf({ row: [byRow, rows], column: [byColumn, columns] });
  return {
    ...plain,
    crossed: { rows: 'row', columns: 'column' },
    shares: { ...plain.shares, ...crossed.shares() },
  };
}

/** Each cell as often as given, by so many users that they do not matter. */
function published(cells: Readonly<Record<string, readonly [x: number, y: number]>>): PublishedFigure {
  const done = Object.entries(cells).flatMap(
    ([row, [x, y]]): Done => [
      [row, 'x', undefined, x],
      [row, 'y', undefined, y],
    ],
  );
  return protectCorrection(figure(done, Object.keys(cells), ['x', 'y']), []);
}

it('shows how each group divides where nothing of it is small, zeros too [Acct-A]', () => {
  expect(published({ a: [200, 30], b: [7, 5], c: [0, 0] }).crossed).toEqual([
    { groups: ['a'], counts: { x: 200, y: 30 } },
    { groups: ['b'], counts: { x: 7, y: 5 } },
    { groups: ['c'], counts: { x: 0, y: 0 } },
  ]);
});

it('counts a group with a small part together with the smallest other, and shows the rest [Acct-A]', () => {
  expect(published({ a: [200, 30], b: [7, 2], c: [20, 10], d: [0, 0] }).crossed).toEqual([
    { groups: ['a'], counts: { x: 200, y: 30 } },
    { groups: ['d'], counts: { x: 0, y: 0 } },
    { groups: ['b', 'c'], counts: { x: 27, y: 12 } },
  ]);
});

it('takes one more where two together are too small still', () => {
  expect(published({ a: [200, 30], b: [7, 2], c: [9, 1], d: [50, 6] }).crossed).toEqual([
    { groups: ['a'], counts: { x: 200, y: 30 } },
    { groups: ['b', 'c', 'd'], counts: { x: 66, y: 9 } },
  ]);
});

it('crosses nothing where the columns are withheld, whose parts would be the lines [Acct-A]', () => {
  expect(published({ a: [200, 3], b: [7, 0] }).crossed).toBeUndefined();
});

it('counts together what two users did, however often [Acct-A]', () => {
  const users = ['one', 'two', 'three', 'four'];
  const all = (row: string, column: string, of: readonly string[]): Done =>
    of.map((username) => [row, column, username, 10]);
  const done = [
    ...all('a', 'x', users),
    ...all('a', 'y', users),
    ...all('b', 'x', users),
    ...all('b', 'y', ['one', 'two']),
    ...all('c', 'x', users),
    ...all('c', 'x', users),
    ...all('c', 'y', users),
  ];
  expect(protectCorrection(figure(done, ['a', 'b', 'c'], ['x', 'y']), []).crossed).toEqual([
    { groups: ['c'], counts: { x: 80, y: 40 } },
    { groups: ['a', 'b'], counts: { x: 80, y: 60 } },
  ]);
});

/** Every month of so many groups and two columns, by what is published of it. */
function candidates(groups: number, totalMax: number): Map<string, number[][]> {
  const found = new Map<string, number[][]>();
  const walk = (cells: readonly number[], left: number): void => {
    if (cells.length < 2 * groups) {
      for (let count = 0; count <= left; count++) walk([...cells, count], left - count);
      return;
    }
    const rows = Array.from({ length: groups }, (_, n): [string, [number, number]] => [
      `r${n}`,
      [cells[2 * n] ?? 0, cells[2 * n + 1] ?? 0],
    ]);
    const key = JSON.stringify(published(Object.fromEntries(rows)));
    found.set(key, [...(found.get(key) ?? []), [...cells]]);
  };
  walk([], totalMax);
  return found;
}

it.each([
  [2, 17],
  [3, 12],
])(
  'keeps each small cell of %i groups by two columns ambiguous, with a total up to %i, against all that can be subtracted [Acct-A]',
  (groups, totalMax) => {
    let small = 0;
    for (const [key, months] of candidates(groups, totalMax))
      for (let at = 0; at < 2 * groups; at++) {
        const values = new Set(months.map((cells) => cells[at] ?? 0));
        const [only = 0] = values;
        if (values.size === 1 && only > 0 && only < 5) throw new Error(`${key} gives cell ${at} away`);
        small += values.size > 1 ? 1 : 0;
      }
    expect(small).toBeGreaterThan(20);
  },
);

const done = fc.array(
  fc.tuple(
    fc.constantFrom('a', 'b', 'c'),
    fc.constantFrom('x', 'y'),
    fc.option(fc.constantFrom('one', 'two', 'three', 'four', 'five'), { nil: undefined }),
    fc.integer({ min: 1, max: 9 }),
  ),
  { maxLength: 16 },
);
const countsOf = (events: Done, groups: readonly string[], column: string) => {
  const within = events.filter(([row, each]) => groups.includes(row) && each === column);
  const users = new Set(within.flatMap(([, , username]) => username ?? [])).size;
  return { count: within.reduce((sum, [, , , times]) => sum + times, 0), users };
};

it('publishes lines that add up to both tables, and no number of 1 to 4 or of fewer than three users [Acct-A]', () => {
  fc.assert(
    fc.property(done, (events) => {
      const { tables, crossed } = protectCorrection(figure(events, ['a', 'b', 'c'], ['x', 'y']), []);
      if (crossed === undefined) return;
      for (const column of ['x', 'y'])
        expect(crossed.reduce((sum, { counts }) => sum + (counts[column] ?? 0), 0)).toBe(
          tables.column?.[column],
        );
      expect(crossed.flatMap(({ groups }) => groups).sort()).toEqual(['a', 'b', 'c']);
      for (const { groups, counts } of crossed)
        for (const [column, shown] of Object.entries(counts)) {
          const { count, users } = countsOf(events, groups, column);
          expect(shown).toBe(count);
          expect(count === 0 || count >= 5).toBe(true);
          expect([1, 2]).not.toContain(users);
        }
    }),
  );
});

it('publishes no two versions of a line that differ by less than five, or by what one or two users did [Acct-A]', () => {
  fc.assert(
    fc.property(done, done, (events, more) => {
      const first = figure(events, ['a', 'b', 'c'], ['x', 'y']);
      const before = { published: protectCorrection(first, []), shares: first.shares };
      const second = protectCorrection(figure([...events, ...more], ['a', 'b', 'c'], ['x', 'y']), [before]);
      if (before.published.crossed === undefined || second.crossed === undefined) return;
      expect(second.crossed.map(({ groups }) => groups)).toEqual(
        before.published.crossed.map(({ groups }) => groups),
      );
      for (const { groups, counts } of second.crossed)
        for (const column of Object.keys(counts)) {
          const { count, users } = countsOf(more, groups, column);
          expect(count === 0 || count >= 5).toBe(true);
          expect([1, 2]).not.toContain(users);
        }
    }),
  );
});

it('leaves a corrected line as it was where nothing changed, and withholds all where one cell moved a little [Acct-A]', () => {
  const month: Done = ['a', 'b'].flatMap(
    (row): Done => [
      [row, 'x', undefined, 20],
      [row, 'y', undefined, 10],
    ],
  );
  const first = figure(month, ['a', 'b'], ['x', 'y']);
  const before = { published: protectCorrection(first, []), shares: first.shares };
  expect(protectCorrection(first, [before]).crossed).toHaveLength(2);
  const moved: Done = [
    ['a', 'x', undefined, 19],
    ['a', 'y', undefined, 11],
    ['b', 'x', undefined, 21],
    ['b', 'y', undefined, 9],
  ];
  const second = protectCorrection(figure(moved, ['a', 'b'], ['x', 'y']), [before]);
  expect(second.tables.column).toEqual({ x: 40, y: 20 });
  expect(second.crossed).toBeUndefined();
});
