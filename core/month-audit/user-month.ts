import type { Role } from '../access/roles';
import type { EventRef } from './month-finding';
import type { PeerRates } from './peers';
import type { Use } from './use';
import type { WallClock } from './wall-clock';

/** A request that was refused, as far as a rule looks at it. */
export interface Refusal extends EventRef {
  readonly clause: string;
  readonly message: string;
  readonly plate?: string;
}

/** All that the rules on a user look at: of the month, and of the weeks before it what shows a habit. */
export interface UserMonth {
  readonly username: string;
  readonly role: Role;
  readonly agency: string;
  /** Searches in order of time, from the weeks before on. */
  readonly uses: readonly Use[];
  /** Searches of the month alone. */
  readonly monthUses: readonly Use[];
  /** Those and the two weeks before, so that what goes on over the month's border is not halved by it. */
  readonly recentUses: readonly Use[];
  /** When the user was on duty, in order of time; empty for who never says so. */
  readonly duty: readonly { readonly fromMs: number; readonly toMs: number }[];
  /** Of the month and the two weeks before. */
  readonly refusals: readonly Refusal[];
}

/** What every rule may know besides. */
export interface RuleSetting {
  readonly fromMs: number;
  readonly toMs: number;
  readonly clock: WallClock;
  /** Phrases that the Department gives as good enough: many write them, so alike means little. */
  readonly phrases: readonly string[];
  /** What all users together do now and then. */
  readonly peers: PeerRates;
}

/** Uses that belong together: no gap of two hours or more between them. */
export interface Sitting {
  readonly uses: readonly Use[];
  readonly fromMs: number;
  readonly toMs: number;
}

const gapMs = 2 * 3_600_000;

export function sittingsOf(uses: readonly Use[]): readonly Sitting[] {
  const sittings: Use[][] = [];
  for (const use of uses) {
    const last = sittings.at(-1);
    if (last !== undefined && use.atMs - (last.at(-1)?.atMs ?? 0) < gapMs) last.push(use);
    else sittings.push([use]);
  }
  return sittings.map((each) => ({
    uses: each,
    fromMs: each[0]?.atMs ?? 0,
    toMs: each.at(-1)?.atMs ?? 0,
  }));
}

/** The uses by what they have in common, each list in order of time; those without are left out. */
export function groupedBy(
  uses: readonly Use[],
  keyOf: (use: Use) => string | undefined,
): ReadonlyMap<string, readonly Use[]> {
  const groups = new Map<string, Use[]>();
  for (const use of uses) {
    const key = keyOf(use);
    if (key === undefined) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [use]);
    else group.push(use);
  }
  return groups;
}

/** Whether any of it is of the month; what ended before was found then. */
export function reachesMonth(refs: readonly EventRef[], { fromMs }: RuleSetting): boolean {
  return refs.some(({ atMs }) => atMs >= fromMs);
}

/** How many differ. */
export function countDistinct<Item>(items: readonly Item[], keyOf: (item: Item) => unknown): number {
  return new Set(items.map(keyOf)).size;
}

/** How many occasions lie at least so far apart, taken greedily from the first. */
export function occasionsApart(refs: readonly EventRef[], apartMs: number): number {
  let count = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const { atMs } of refs)
    if (atMs - lastMs >= apartMs) {
      count++;
      lastMs = atMs;
    }
  return count;
}
