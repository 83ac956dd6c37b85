import { type FoldedPlate, foldPlate } from '../plate/fold';
import { isComplete } from '../plate/plate';
import type { Read } from '../reads/read';
import { type Entry, isActive } from './entry';

/** How sure a match is, best first. Only the plate and the state are compared, never a person. */
export const matchGrades = ['exact', 'exact-state-unknown', 'look-alike', 'state-differs'] as const;
export type MatchGrade = (typeof matchGrades)[number];

export interface Match {
  readonly entry: Entry;
  readonly grade: MatchGrade;
}

/** Entries by folded plate, made once per version of the list and held in memory. */
export class EntryIndex {
  private readonly byPlate = new Map<FoldedPlate, Entry[]>();

  constructor(entries: Iterable<Entry>) {
    for (const entry of entries) {
      const folded = foldPlate(entry.plate);
      this.byPlate.set(folded, [...(this.byPlate.get(folded) ?? []), entry]);
    }
  }

  /** Entries that this read may be, active at `nowMs`. A read with an unread character matches nothing (Policy-H.e). */
  match(read: Read, nowMs: number): readonly Match[] {
    if (!isComplete(read.plate)) return [];
    const entries = this.byPlate.get(foldPlate(read.plate)) ?? [];
    return entries
      .filter((entry) => isActive(entry, nowMs))
      .map((entry) => ({ entry, grade: gradeOf(read, entry) }));
  }
}

/** The grade of one read against one entry whose folded plates are equal. */
export function gradeOf(read: Read, entry: Entry): MatchGrade {
  if (read.state !== undefined && entry.state !== undefined && read.state !== entry.state)
    return 'state-differs';
  if (read.plate !== entry.plate) return 'look-alike';
  return read.state === undefined || entry.state === undefined ? 'exact-state-unknown' : 'exact';
}
