import type { Cell, CellTally, Share, Table } from './cells';

/** Smaller numbers than this are not published: they may be about one person, who was searched for or stopped. */
export const smallestPublished = 5;

/**
 * What fewer users did is not published, however often: a number of one user is what that user did, and of two, each
 * learns the other's by taking off the own.
 */
export const fewestUsers = 3;

/** One total and how it divides, by one thing or another. */
export interface Figure {
  readonly total: Cell;
  readonly tables: Readonly<Record<string, Table>>;
  /** Tables that bound each other, as one that says what came before and one that says what came of it. */
  readonly linked?: readonly string[];
  /** Two of the tables that are published crossed, too; what lies in each cell is among the shares. */
  readonly crossed?: { readonly rows: string; readonly columns: string };
  /** Who is behind each cell, by table and key; restricted. */
  readonly shares?: Readonly<Record<string, Readonly<Record<string, Share>>>>;
}

/** A figure of tallies that divide the same things: by table, the tally and the keys that have a line at any rate. */
export function figureOf(parts: Readonly<Record<string, readonly [CellTally, readonly string[]]>>): Figure {
  const entries = Object.entries(parts);
  return {
    total: entries[0]?.[1][0].total() ?? { count: 0, users: 0 },
    tables: Object.fromEntries(entries.map(([name, [tally, keys]]) => [name, tally.table(keys)])),
    shares: Object.fromEntries(entries.map(([name, [tally]]) => [name, tally.shares()])),
  };
}

/** Groups of one table, and how they divide together by another one. */
export interface PublishedLine {
  readonly groups: readonly string[];
  readonly counts: Readonly<Record<string, number>>;
}

/** A figure as published: `null` is withheld. */
export interface PublishedFigure {
  readonly total: number | null;
  readonly tables: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  /** Two of its tables crossed; absent where that has to be withheld, or nothing is crossed. */
  readonly crossed?: readonly PublishedLine[] | undefined;
}

/**
 * Withholds what is too small or has too few users, and as much else as it takes that none of it follows from the rest:
 * a cell missing alone is the total less the others, and what is missing together is published as a sum. So the
 * withheld cells of a table are two or more, could each be anything from 1 to 4 given their sum, and have three users
 * between them; they are filled up with the smallest others. Where even all cells do not suffice, the total goes, and
 * with it every table, zeros too: what a lone user did not do tells what that user did. Otherwise zeros are published.
 *
 * Of linked tables, a cell withheld in one could be bounded by the other, so every cell of all of them goes; the total
 * says nothing of how it divides.
 *
 * A test inverts this function: knowing it and its output leaves two values or more for each withheld cell. Holds only
 * for figures that share no number with another one.
 */
export function protect({ total, tables, linked = [] }: Figure): PublishedFigure {
  const withheld = new Map(Object.entries(tables).map(([name, cells]) => [name, withheldOf(cells, total)]));
  const isLinkHidden = linked.some((name) => {
    const kept = withheld.get(name);
    return kept === 'all' || (kept?.size ?? 0) > 0;
  });
  const isGiven = [...withheld].some(([name, kept]) => kept === 'all' && !linked.includes(name));
  if (isTooLittle(total) || isGiven) return { total: null, tables: {} };
  const isShown = (table: string, id: string) => {
    if (linked.includes(table)) return !isLinkHidden;
    const kept = withheld.get(table);
    return kept !== undefined && kept !== 'all' && !kept.has(id);
  };
  return {
    total: total.count,
    tables: Object.fromEntries(
      Object.entries(tables).map(([name, cells]) => [
        name,
        Object.fromEntries(
          Object.entries(cells).map(([id, { count }]) => [id, isShown(name, id) ? count : null]),
        ),
      ]),
    ),
  };
}

/** Whether a number may be about one person, or tells somebody what another one did. */
export function isTooLittle({ count, users }: Cell): boolean {
  return (count > 0 && count < smallestPublished) || (users > 0 && users < fewestUsers);
}

/** The cells to withhold while the total is published; `all`: it must not be. */
function withheldOf(cells: Table, total: Cell): ReadonlySet<string> | 'all' {
  const smallestFirst = Object.entries(cells)
    .filter(([, { count }]) => count > 0)
    .sort(([, a], [, b]) => a.count - b.count);
  const kept = smallestFirst.filter(([, cell]) => isTooLittle(cell));
  if (kept.length === 0) return new Set();
  const isEnough = () => {
    const together = kept.map(([, cell]) => cell);
    const isWhole = kept.length === smallestFirst.length;
    return isAmbiguous(together) && hasUsers(together, isWhole ? total : undefined);
  };
  let taken = 0;
  for (const entry of smallestFirst.filter(([, cell]) => !isTooLittle(cell))) {
    // Equal ones go together: which of them was taken would tell that the others are not smaller.
    if (entry[1].count !== taken && isEnough()) break;
    kept.push(entry);
    taken = entry[1].count;
  }
  return isEnough() ? new Set(kept.map(([id]) => id)) : 'all';
}

/**
 * Whether so many cells, each 1 or more and of this sum, could each be anything up to 4. If all of them are small, a sum
 * of all fours is not enough either: whoever knows this code sees that no larger one was taken, and then each is 4.
 */
function isAmbiguous(together: readonly Cell[]): boolean {
  const small = smallestPublished - 1;
  const sum = together.reduce((all, { count }) => all + count, 0);
  const others = together.length - 1;
  return others > 0 && sum - others >= small && !together.every(({ count }) => count === small);
}

/**
 * Whether what a subtraction gives, their sum, has enough users. Who is behind several cells is not known here, so one
 * of them has to have enough by itself, unless they are all there are and have those of the total.
 */
function hasUsers(together: readonly Cell[], whole: Cell | undefined): boolean {
  const users = whole?.users ?? Math.max(...together.map((cell) => cell.users));
  return users === 0 || users >= fewestUsers;
}
