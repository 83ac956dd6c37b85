/** How often something was done, and by how many. */
export interface Cell {
  readonly count: number;
  /** Distinct users who did it; 0: it is the system's own doing. */
  readonly users: number;
}

/** Counts by something; the counts of one table add up to the figure's total, the users need not. */
export type Table = Readonly<Record<string, Cell>>;

/** One number with who made it up: what each user added, and what no user did. Restricted, as the user audit is. */
export interface Share {
  readonly count: number;
  readonly by: Readonly<Record<string, number>>;
}

/** Counts by a key, and who is behind each. */
export class CellTally {
  readonly #cells = new Map<string, { count: number; by: Map<string, number> }>();

  /** `username` is left out where no user did it. */
  add(key: string, username?: string): void {
    const cell = this.#cells.get(key) ?? { count: 0, by: new Map() };
    this.#cells.set(key, cell);
    cell.count++;
    if (username !== undefined) cell.by.set(username, (cell.by.get(username) ?? 0) + 1);
  }

  /** These keys, empty where nothing was seen, in this order, then the others by name. */
  table(keys: readonly string[]): Table {
    const others = [...this.#cells.keys()].filter((key) => !keys.includes(key)).sort();
    return Object.fromEntries(
      [...keys, ...others].map((key) => {
        const cell = this.#cells.get(key);
        return [key, { count: cell?.count ?? 0, users: cell?.by.size ?? 0 }];
      }),
    );
  }

  /** Whoever is behind several keys is one user. */
  total(): Cell {
    const cells = [...this.#cells.values()];
    return {
      count: cells.reduce((sum, { count }) => sum + count, 0),
      users: new Set(cells.flatMap(({ by }) => [...by.keys()])).size,
    };
  }

  /** By key; keys of nothing are left out. */
  shares(): Readonly<Record<string, Share>> {
    return Object.fromEntries(
      [...this.#cells].map(([key, { count, by }]) => [key, { count, by: Object.fromEntries(by) }]),
    );
  }
}
