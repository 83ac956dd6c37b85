import type { Share } from './cells';
import { crossedLines, sharesOfRow } from './crossed';
import { type Figure, isTooLittle, type PublishedFigure, type PublishedLine, protect } from './suppress';

export type Shares = NonNullable<Figure['shares']>;

/** A figure as an earlier version of the same month published it, and who was behind it. */
export interface EarlierFigure {
  readonly published: PublishedFigure;
  /** Absent: it was not kept, so nothing can be compared. */
  readonly shares?: Shares | undefined;
}

const withheld: PublishedFigure = { total: null, tables: {} };

/**
 * A figure of a corrected month. Whoever keeps the earlier version subtracts one from the other, so the differences are
 * published as well and have to bear it: the same cells are withheld as before, and each number that can be subtracted
 * (total, cell, sum of what is withheld) is the same, or differs by 5 or more and by what three users or more did. Where
 * one difference does not bear it, the whole figure is withheld in the new version; where one of crossed tables does not,
 * these are.
 */
export function protectCorrection(figure: Figure, before: readonly EarlierFigure[]): PublishedFigure {
  const shown = protect(figure);
  const after = { published: shown, shares: figure.shares ?? {} };
  if (!before.every((each) => bearsSubtraction(each, after))) return withheld;
  const crossed = crossedLines(figure, shown);
  return crossed !== undefined && before.every((each) => crossedBears(figure, each, crossed))
    ? { ...shown, crossed }
    : shown;
}

/** The same groups make the same lines, and each cell of them bears its difference. */
function crossedBears(
  { crossed, shares: after = {} }: Figure,
  { published, shares: before = {} }: EarlierFigure,
  lines: readonly PublishedLine[],
): boolean {
  if (published.crossed === undefined || crossed === undefined) return true;
  const groupsOf = (each: readonly PublishedLine[]) => JSON.stringify(each.map(({ groups }) => groups));
  if (groupsOf(published.crossed) !== groupsOf(lines)) return false;
  const keys = new Set([...published.crossed, ...lines].flatMap(({ counts }) => Object.keys(counts)));
  return lines.every(({ groups }) =>
    [...keys].every((key) => {
      const of = (shares: Shares) => groups.map((row) => shares[sharesOfRow(crossed.columns, row)]?.[key]);
      return differenceBears(of(before), of(after));
    }),
  );
}

interface Version extends EarlierFigure {
  readonly shares: Shares;
}

function bearsSubtraction({ published, shares }: EarlierFigure, after: Version): boolean {
  if (published.total === null || after.published.total === null) return true;
  if (shares === undefined) return false;
  const before = { published, shares };
  const names = new Set([...Object.keys(published.tables), ...Object.keys(after.published.tables)]);
  return [...names].every((name) => tableBears(name, before, after));
}

function tableBears(name: string, before: Version, after: Version): boolean {
  const [shownBefore, shownAfter] = [before.published.tables[name] ?? {}, after.published.tables[name] ?? {}];
  const [sharesBefore, sharesAfter] = [before.shares[name] ?? {}, after.shares[name] ?? {}];
  const keys = [...new Set([shownBefore, shownAfter, sharesBefore, sharesAfter].flatMap(Object.keys))];
  // A key that a version does not have counted nothing there, and nothing is published.
  const isShown = (shown: Readonly<Record<string, number | null>>, key: string) => shown[key] !== null;
  if (keys.some((key) => isShown(shownBefore, key) !== isShown(shownAfter, key))) return false;
  const differences = (of: readonly string[]) =>
    differenceBears(
      of.map((key) => sharesBefore[key]),
      of.map((key) => sharesAfter[key]),
    );
  return (
    differences(keys) &&
    differences(keys.filter((key) => !isShown(shownAfter, key))) &&
    keys.filter((key) => isShown(shownAfter, key)).every((key) => differences([key]))
  );
}

function differenceBears(
  before: readonly (Share | undefined)[],
  after: readonly (Share | undefined)[],
): boolean {
  const change = new Map<string, number>();
  let count = 0;
  const take = (shares: readonly (Share | undefined)[], sign: 1 | -1) => {
    for (const share of shares) {
      count += sign * (share?.count ?? 0);
      for (const [username, done] of Object.entries(share?.by ?? {}))
        change.set(username, (change.get(username) ?? 0) + sign * done);
    }
  };
  take(after, 1);
  take(before, -1);
  const users = [...change.values()].filter((each) => each !== 0).length;
  return count === 0 || !isTooLittle({ count: Math.abs(count), users });
}
