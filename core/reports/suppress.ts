/** Smaller numbers than this are not published: they may be about one person. */
export const smallestPublished = 5;

/** Counts by something; cells of one table add up to the figure's total. */
export type Table = Readonly<Record<string, number>>;

/** One total and how it divides, by one thing or another. */
export interface Figure {
  readonly total: number;
  readonly tables: Readonly<Record<string, Table>>;
}

/** A figure as published: `null` is withheld. */
export interface PublishedFigure {
  readonly total: number | null;
  readonly tables: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

/**
 * Withholds every number from 1 to 4, and as many others as it takes that none of them follows from the rest: a cell
 * missing alone is the total less the others. Cells are withheld, smallest first, until those of a table could each be
 * anything from 1 to 4 (given their sum, which the total tells); where even all of them do not suffice, the total and
 * every table of it go, too. Zeros are published. Holds only for figures that share no number with another one.
 */
export function protect({ total, tables }: Figure): PublishedFigure {
  const withheld = Object.entries(tables).map(([name, cells]) => ({ name, cells, kept: keptBack(cells) }));
  const isHidden = (total > 0 && total < smallestPublished) || withheld.some(({ kept }) => kept === 'all');
  return {
    total: isHidden ? null : total,
    tables: Object.fromEntries(
      withheld.map(({ name, cells, kept }) => [
        name,
        Object.fromEntries(
          Object.entries(cells).map(([id, count]) => {
            const isWithheld = count > 0 && (isHidden || kept === 'all' || kept.has(id));
            return [id, isWithheld ? null : count];
          }),
        ),
      ]),
    ),
  };
}

/** The cells to withhold while the total is published; `all`: it must not be. */
function keptBack(cells: Table): ReadonlySet<string> | 'all' {
  const smallestFirst = Object.entries(cells)
    .filter(([, count]) => count > 0)
    .sort(([a, x], [b, y]) => x - y || (a < b ? -1 : 1));
  const kept = new Set<string>();
  let sum = 0;
  for (const [id, count] of smallestFirst) {
    if (count >= smallestPublished && (kept.size === 0 || isAmbiguous(kept.size, sum))) return kept;
    kept.add(id);
    sum += count;
  }
  return kept.size === 0 || isAmbiguous(kept.size, sum) ? kept : 'all';
}

/** Whether each of so many cells, 1 or more and of this sum, can be as much as 4. */
function isAmbiguous(cells: number, sum: number): boolean {
  return cells > 1 && sum - (cells - 1) >= smallestPublished - 1;
}
