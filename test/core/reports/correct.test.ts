import fc from 'fast-check';
import { CellTally } from '../../../core/reports/cells';
import { protectCorrection, type Shares } from '../../../core/reports/correct';
import { type Figure, figureOf, type PublishedFigure, protect } from '../../../core/reports/suppress';

type Done = readonly (readonly [cell: string, username: string, times: number])[];

function figure(done: Done): Figure & { readonly shares: Shares } {
  const tally = new CellTally();
  for (const [cell, username, times] of done) for (let n = 0; n < times; n++) tally.add(cell, username);
  const { shares = {}, ...rest } = figureOf({ by: [tally, ['a', 'b', 'c']] });
  return { ...rest, shares };
}

const many = (cell: string, users: number, times: number): Done =>
  Array.from({ length: users }, (_, n) => [cell, `user-${n}-made-up`, times] as const);

/** The second version of a month that was first reported as `before`. */
function corrected(before: Done, after: Done): PublishedFigure {
  const first = figure(before);
  return protectCorrection(figure(after), [{ published: protect(first), shares: first.shares }]);
}

const withheld = { total: null, tables: {} };
const month = [...many('a', 4, 10), ...many('b', 5, 6)];

it('publishes a corrected figure again where nothing of it changed', () => {
  expect(corrected(month, month)).toEqual({ total: 70, tables: { by: { a: 40, b: 30, c: 0 } } });
});

it('publishes a change of five or more by three users or more', () => {
  expect(corrected(month, [...month, ...many('a', 3, 2)])).toEqual({
    total: 76,
    tables: { by: { a: 46, b: 30, c: 0 } },
  });
});

it.each<[string, Done]>([
  ['of one search', [...month, ['a', 'user-0-made-up', 1]]],
  ['of four searches by four users', [...month, ...many('a', 4, 1)]],
  ['of a hundred searches by one user', [...month, ['a', 'user-0-made-up', 100]]],
  ['by which a number appears that was withheld or none', [...month, ...many('c', 3, 1)]],
  [
    'that cancels out in the total, and is small in each cell',
    [...many('a', 4, 9), ...many('a', 1, 1), ...many('b', 5, 6), ...many('b', 3, 1)],
  ],
])('withholds a corrected figure whose difference to the first tells %s [Acct-A]', (_, after) => {
  expect(corrected(month, after)).toEqual(withheld);
});

it('compares with every earlier version, not only with the last', () => {
  const [first, second] = [figure(month), figure([...month, ...many('b', 4, 5)])];
  const third = figure([...month, ['a', 'user-1-made-up', 2], ...many('b', 4, 5)]);
  const before = [first, second].map((each) => ({ published: protect(each), shares: each.shares }));
  expect(protectCorrection(third, before)).toEqual(withheld);
});

it('publishes nothing anew where it was not kept who was behind the earlier version', () => {
  const published = protect(figure(month));
  expect(protectCorrection(figure(month), [{ published, shares: undefined }])).toEqual(withheld);
});

/** Every way in which two users of a small department and a third one can have done something, in two cells. */
function smallMonths(): Done[] {
  const months: Done[] = [];
  const counts = [0, 2, 5];
  for (const a1 of counts)
    for (const a2 of counts)
      for (const a3 of counts)
        for (const b1 of counts)
          for (const b2 of counts)
            months.push([
              ['a', 'one', a1],
              ['a', 'two', a2],
              ['a', 'three', a3],
              ['b', 'one', b1],
              ['b', 'two', b2],
              ['b', 'three', 5],
            ]);
  return months;
}

it('keeps withheld numbers ambiguous for whoever has both versions of a month and this code [Acct-A]', () => {
  const months = smallMonths();
  const seen = new Map<string, Set<number>[]>();
  const countsOf = (done: Done) => ['a', 'b'].map((cell) => figure(done).shares.by?.[cell]?.count ?? 0);
  const facts = months.map((done) => ({
    counts: countsOf(done),
    first: figure(done),
    shown: protect(figure(done)),
  }));
  const shownCells = ({ total, tables }: PublishedFigure) => [
    total,
    tables.by?.a ?? null,
    tables.by?.b ?? null,
  ];
  for (const before of facts)
    for (const after of facts) {
      const version = { published: before.shown, shares: before.first.shares };
      const second = protectCorrection(after.first, [version]);
      const key = JSON.stringify([shownCells(before.shown), shownCells(second)]);
      const values = seen.get(key) ?? Array.from({ length: 4 }, () => new Set<number>());
      seen.set(key, values);
      [...before.counts, ...after.counts].forEach((count, at) => void values[at]?.add(count));
    }
  for (const [key, values] of seen) {
    const [first, second]: (number | null)[][] = JSON.parse(key);
    const cells = [...(first ?? []).slice(1), ...(second ?? []).slice(1)];
    cells.forEach((shown, at) => {
      if (shown === null && (values[at]?.size ?? 0) < 2) throw new Error(`${key} gives cell ${at} away`);
    });
  }
  expect(seen.size).toBeGreaterThan(20);
});

it('publishes no two versions that differ by less than five, or by what fewer than three users did [Acct-A]', () => {
  const done = fc.array(
    fc.tuple(
      fc.constantFrom('a', 'b', 'c'),
      fc.constantFrom('one', 'two', 'three', 'four', 'five'),
      fc.integer({ min: 1, max: 9 }),
    ),
    { maxLength: 14 },
  );
  fc.assert(
    fc.property(done, done, (before, more) => {
      const after = [...before, ...more];
      const [first, second] = [protect(figure(before)), corrected(before, after)];
      if (first.total === null || second.total === null) return;
      const shown = ['a', 'b', 'c'].filter((cell) => second.tables.by?.[cell] !== null);
      for (const cells of [...shown.map((cell) => [cell]), ['a', 'b', 'c']]) {
        const added = more.filter(([cell]) => cells.includes(cell));
        const count = added.reduce((sum, [, , times]) => sum + times, 0);
        if (count === 0) continue;
        expect(count).toBeGreaterThanOrEqual(5);
        expect(new Set(added.map(([, username]) => username)).size).toBeGreaterThanOrEqual(3);
      }
    }),
  );
});
