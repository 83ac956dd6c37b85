import type { Read } from '../../reads/read';
import { gradeOf, type Likeness, type MatchGrade, rankOf } from '../grade';
import { mayContain } from './filter';
import { FoldedKey, hashOf, packFolded } from './folded-key';
import { findNear, isOneApart } from './near';
import { firstHalfAt, ordinalAt, secondHalfAt, stateAt } from './packed-entry';
import { foldHalves, packHalf, packState, stateOther, stateUnknown } from './plate-text';
import { readParts, type SnapshotCounts, type SnapshotParts } from './snapshot-format';

export interface IndexHit {
  /** The entry's place in the list that the snapshot was built of. */
  readonly ordinal: number;
  readonly grade: MatchGrade;
}

/** Of one read on one list: further ones, worst graded first, are left out. No list names a vehicle so often. */
export const hitsMax = 256;

/** What of a read is compared with entries. */
export type ComparedRead = Pick<Read, 'plate' | 'state' | 'candidates'>;

/** Opens what `buildSnapshot` built. Throws `SnapshotUnusable`. */
export function openSnapshot(bytes: Uint8Array): HotListIndex {
  const { counts, parts } = readParts(bytes);
  return new HotListIndex(counts, parts);
}

const nothing: readonly IndexHit[] = Object.freeze([]);

/** One hot list in memory. Of reads that are on no list, which is nearly all, it touches one word. */
export class HotListIndex {
  readonly #parts: SnapshotParts;
  readonly #filter: Uint32Array;
  readonly #own = new FoldedKey();
  readonly #candidate = new FoldedKey();
  readonly #listed = new FoldedKey();
  /** Of the read in hand; an entry may be there more than once. */
  #found: IndexHit[] = [];
  readonly entries: number;
  readonly isTolerant: boolean;

  constructor(counts: SnapshotCounts, parts: SnapshotParts) {
    this.entries = counts.entries;
    this.isTolerant = counts.nearBuckets > 0;
    this.#parts = parts;
    this.#filter = parts.filter;
  }

  /**
   * The entries that the read may be of, best grade first, then as listed; each once. By the plate and then by the
   * reader's further candidates, confused characters made equal in both; by a tolerant index also with one character of
   * the plate missing, too many or wrong, unless the state too is another. A read with an unread character matches
   * nothing (Policy-H.e), and neither does such a candidate.
   */
  find(read: ComparedRead): readonly IndexHit[] {
    const own = this.#own;
    if (!packFolded(read.plate, own)) return nothing;
    const isListed = mayContain(this.#filter, hashOf(own.low, own.high));
    return isListed || this.isTolerant || read.candidates.length > 0
      ? this.#compare(read, isListed)
      : nothing;
  }

  #compare(read: ComparedRead, isListed: boolean): readonly IndexHit[] {
    if (isListed) this.#collect(read, read.plate, this.#own);
    for (const { plate } of read.candidates)
      if (packFolded(plate, this.#candidate) && this.#mayHold(this.#candidate))
        this.#collect(read, undefined, this.#candidate);
    if (this.isTolerant) this.#collectNear(read);
    if (this.#found.length === 0) return nothing;
    const hits = this.#found;
    this.#found = [];
    return hits.length === 1 ? hits : ranked(hits);
  }

  #mayHold({ low, high }: FoldedKey): boolean {
    return mayContain(this.#filter, hashOf(low, high));
  }

  /** Entries of the same key: by the read's own plate, else by one of its candidates. */
  #collect(read: ComparedRead, plate: string | undefined, key: FoldedKey): void {
    const { directory, entries } = this.#parts;
    const bucket = hashOf(key.low, key.high) & (directory.length - 2);
    const end = Math.min(directory[bucket + 1] ?? 0, this.entries);
    for (let place = directory[bucket] ?? 0; place < end; place++) {
      const first = firstHalfAt(entries, place);
      const second = secondHalfAt(entries, place);
      const listed = foldHalves(first, second, this.#listed);
      if (listed.low !== key.low || listed.high !== key.high) continue;
      const isSame = plate !== undefined && first === packHalf(plate, 0) && second === packHalf(plate, 1);
      const likeness: Likeness = isSame ? 'same' : plate === undefined ? 'candidate' : 'look-alike';
      this.#add(place, gradeOf(likeness, this.#states(read, place)));
    }
  }

  /** Two differences, of a character and of the state, are no match. */
  #collectNear(read: ComparedRead): void {
    const { near, entries } = this.#parts;
    for (const place of findNear(near, this.#own)) {
      const listed = foldHalves(firstHalfAt(entries, place), secondHalfAt(entries, place), this.#listed);
      if (!isOneApart(this.#own, listed)) continue;
      const states = this.#states(read, place);
      if (states.areEqual || !states.areBothKnown) this.#add(place, 'near');
    }
  }

  #states(read: ComparedRead, place: number) {
    const listed = stateAt(this.#parts.entries, place);
    const seen = packState(read.state);
    return {
      areBothKnown: listed !== stateUnknown && seen !== stateUnknown,
      areEqual: listed === seen && listed !== stateOther,
    };
  }

  #add(place: number, grade: MatchGrade): void {
    this.#found.push({ ordinal: ordinalAt(this.#parts.entries, place), grade });
  }
}

/** Each entry once, by its best grade: that is the one of the reading with the most weight. */
function ranked(found: IndexHit[]): readonly IndexHit[] {
  found.sort(byGradeThenOrdinal);
  const seen = found[0]?.grade === found.at(-1)?.grade ? undefined : new Set<number>();
  const hits: IndexHit[] = [];
  for (const hit of found) {
    if (seen?.has(hit.ordinal) || hit.ordinal === hits.at(-1)?.ordinal) continue;
    seen?.add(hit.ordinal);
    hits.push(hit);
  }
  return hits.length > hitsMax ? hits.slice(0, hitsMax) : hits;
}

function byGradeThenOrdinal(a: IndexHit, b: IndexHit): number {
  return a.grade === b.grade ? a.ordinal - b.ordinal : rankOf(a.grade) - rankOf(b.grade);
}
