import type { FeedRow } from './personnel-feed';
import type { PersonRecord } from './record';

export interface RefusedRow {
  readonly row: number;
  readonly message: string;
}

/** Somebody whom the feed marks as gone and who is on record here. */
export interface Leaver {
  readonly row: number;
  readonly record: PersonRecord;
}

/** What a feed would do. */
export interface FeedPlan {
  readonly leaving: readonly Leaver[];
  readonly left: readonly Leaver[];
  /** Marked as gone and never had access here. */
  readonly unknown: number;
  readonly refused: readonly RefusedRow[];
  /** With access as the records stand. */
  readonly active: number;
}

/**
 * Whom a feed disables: people who are marked as gone, and nobody for being missing from it. Somebody whom it names both
 * as present and as gone stays, and both rows are refused: a disablement is for good.
 */
export function planFeed(rows: readonly FeedRow[], records: readonly PersonRecord[]): FeedPlan {
  const byName = new Map(records.map((record) => [record.username, record]));
  const present = new Set(rows.flatMap((row) => (row.kind === 'present' ? [row.username] : [])));
  const gone = new Set(rows.flatMap((row) => (row.kind === 'gone' ? [row.username] : [])));
  const refused: RefusedRow[] = [];
  const leavers = new Map<string, Leaver>();
  const unknown = new Set<string>();
  for (const each of rows) {
    const { row } = each;
    if (each.kind === 'refused') {
      refused.push({ row, message: each.message });
      continue;
    }
    const { username } = each;
    const record = byName.get(username);
    if (present.has(username) && gone.has(username))
      refused.push({ row, message: 'the name is in the feed as present and as gone' });
    else if (each.kind === 'present') continue;
    else if (record === undefined) unknown.add(username);
    else if (record.role === 'personnel-feed')
      refused.push({ row, message: 'the name is the personnel system’s own, and no person' });
    else if (!leavers.has(username)) leavers.set(username, { row, record });
  }
  const found = [...leavers.values()];
  return {
    leaving: found.filter(({ record }) => !record.disabled),
    left: found.filter(({ record }) => record.disabled),
    unknown: unknown.size,
    refused,
    active: records.filter(({ role, disabled }) => !disabled && role !== 'personnel-feed').length,
  };
}

/** A feed that ends the access of more than half of everybody is a broken export. */
export function isBeyondBelief({ leaving, active }: FeedPlan): boolean {
  return leaving.length * 2 > active;
}
