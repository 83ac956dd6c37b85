import { CellTally, type Share } from './cells';
import { type Figure, isTooLittle, type PublishedFigure, type PublishedLine } from './suppress';

type Cells = Readonly<Record<string, Share>>;

/** Name, among a figure's shares, of what lies in one group of the rows. */
export function sharesOfRow(columns: string, row: string): string {
  return `${columns} of ${row}`;
}

/** Counts by two things at once, and who is behind each cell. */
export class CrossTally {
  readonly #rows = new Map<string, CellTally>();

  constructor(readonly columns: string) {}

  add(row: string, column: string, username?: string): void {
    const tally = this.#rows.get(row) ?? new CellTally();
    this.#rows.set(row, tally);
    tally.add(column, username);
  }

  shares(): Readonly<Record<string, Cells>> {
    return Object.fromEntries(
      [...this.#rows].map(([row, tally]) => [sharesOfRow(this.columns, row), tally.shares()]),
    );
  }
}

/**
 * Two tables of a figure crossed: a line for each group of the one, divided by the other. Groups that have a cell which
 * is not to be published, or whose own number is withheld, make one line together with the smallest others, as many as
 * it takes that the line can be published; nothing of it is withheld then, and the lines add up to both tables.
 * `undefined`: the columns themselves are not published, so their parts are not.
 */
export function crossedLines(
  { crossed, shares = {} }: Figure,
  shown: PublishedFigure,
): readonly PublishedLine[] | undefined {
  if (crossed === undefined) return undefined;
  const [rows, columns] = [shown.tables[crossed.rows], shown.tables[crossed.columns]];
  if (rows === undefined || columns === undefined) return undefined;
  const keys = Object.keys(columns);
  if (keys.length === 0 || keys.some((key) => columns[key] === null)) return undefined;
  const cellsOf = (row: string): Cells => shares[sharesOfRow(crossed.columns, row)] ?? {};
  const lineOf = (groups: readonly string[]) => lineTogether(groups, keys, cellsOf);
  const together = groupsTogether(
    Object.keys(rows).map((row) => ({
      row,
      count: keys.reduce((sum, key) => sum + (cellsOf(row)[key]?.count ?? 0), 0),
      isWithheld: rows[row] === null,
    })),
    lineOf,
  );
  const alone = Object.keys(rows).filter((row) => !together.includes(row));
  const lines = alone.map((row) => lineOf([row]).line);
  return together.length === 0 ? lines : [...lines, lineOf(together).line];
}

interface Row {
  readonly row: string;
  readonly count: number;
  readonly isWithheld: boolean;
}

/** Which groups make one line, in the order of the table. Equal ones go together, as the cells of a table do. */
function groupsTogether(
  rows: readonly Row[],
  lineOf: (groups: readonly string[]) => { readonly isTooLittle: boolean },
): readonly string[] {
  const together = new Set(
    rows.filter(({ row, isWithheld }) => isWithheld || lineOf([row]).isTooLittle).map(({ row }) => row),
  );
  if (together.size === 0) return [];
  const others = rows.filter(({ row, count }) => count > 0 && !together.has(row));
  let taken = 0;
  for (const { row, count } of [...others].sort((a, b) => a.count - b.count)) {
    const isEnough = !lineOf([...together]).isTooLittle;
    if (count !== taken && isEnough) break;
    together.add(row);
    taken = count;
  }
  return rows.map(({ row }) => row).filter((row) => together.has(row));
}

function lineTogether(
  groups: readonly string[],
  keys: readonly string[],
  cellsOf: (row: string) => Cells,
): { readonly line: PublishedLine; readonly isTooLittle: boolean } {
  const cells = keys.map((key) => {
    const parts = groups.flatMap((row) => cellsOf(row)[key] ?? []);
    const users = new Set(parts.flatMap(({ by }) => Object.keys(by))).size;
    return [key, { count: parts.reduce((sum, { count }) => sum + count, 0), users }] as const;
  });
  return {
    line: { groups, counts: Object.fromEntries(cells.map(([key, { count }]) => [key, count])) },
    isTooLittle: cells.some(([, cell]) => isTooLittle(cell)),
  };
}
