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
 * every table of it go, too. A test inverts this function: knowing it and its output leaves two values or more for each
 * withheld cell. Zeros are published. Holds only for figures that share no number with another one.
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
    .sort(([, a], [, b]) => a - b);
  const kept = new Set<string>();
  let sum = 0;
  let largest = 0;
  for (const [id, count] of smallestFirst) {
    // Equal ones go together: which of them was taken would tell that the others are not smaller.
    if (count >= smallestPublished && count !== largest && isEnough(kept.size, sum, largest)) return kept;
    kept.add(id);
    sum += count;
    largest = count;
  }
  return isEnough(kept.size, sum, largest) ? kept : 'all';
}

/**
 * Whether so many cells, each 1 or more and of this sum, could each be anything up to 4. If all of them are small, a sum
 * of all fours is not enough either: whoever knows this code sees that no larger one was taken, and then each is 4.
 */
function isEnough(cells: number, sum: number, largest: number): boolean {
  const small = smallestPublished - 1;
  if (cells === 0) return true;
  return cells > 1 && sum - (cells - 1) >= small && !(largest === small && sum === cells * small);
}
