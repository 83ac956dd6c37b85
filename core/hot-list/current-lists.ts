import type { Read } from '../reads/read';
import { type Entry, isActive } from './entry';
import type { MatchGrade } from './grade';
import type { Hit } from './hit';
import { buildNearSnapshot, buildSnapshot } from './index/build-snapshot';
import { nearEntriesMax } from './index/near';
import { type ComparedRead, type HotListIndex, openSnapshot } from './index/open-snapshot';
import { SnapshotUnusable } from './index/snapshot-format';
import type { ListedVehicle } from './listed-vehicle';
import type { HotLists, OutsideListPointer } from './lists';

export interface CurrentListsOptions {
  readonly lists: HotLists;
  readonly now: () => number;
  /** Readings with one character missing, extra or wrong match custom entries as well, while these are few. */
  readonly nearCustomEntries: boolean;
  /** Told once a delivery of an outside list that cannot be opened; its list matches nothing until the next one. */
  readonly onUnusable: (error: SnapshotUnusable) => void;
}

/** How often lists may be switched while one read is compared, before its record comes again. */
const switchesMax = 3;

/** Lists were switched again and again while a read was compared; nothing was decided on it. */
export class ListsUnsettled extends Error {
  override readonly name = 'ListsUnsettled';
}

interface CustomList {
  readonly entries: readonly Entry[];
  readonly index: HotListIndex;
}

interface OutsideList {
  readonly pointer: OutsideListPointer;
  /** `undefined`: this delivery cannot be opened. */
  readonly index: HotListIndex | undefined;
}

/**
 * Every hot list in memory, as it is now: the version is asked before each batch, the lists only when it moved, and of
 * outside lists only those deliveries that are new. What is found in memory is asked for again before it counts, so that
 * a removal, an end or a switch that falls between holds for this very read (Policy-H.f, H.g).
 */
export class CurrentLists {
  #version: number | undefined;
  #custom: CustomList = { entries: [], index: openSnapshot(buildSnapshot([])) };
  #outside: readonly OutsideList[] = [];

  constructor(readonly options: CurrentListsOptions) {}

  /** To be called before each batch; says whether anything had changed. Rejects, and keeps nothing new, on a fault. */
  async refresh(): Promise<boolean> {
    const { lists } = this.options;
    // Asked before the lists: a change between the two is then seen twice instead of never.
    const version = await lists.version();
    if (version === this.#version) return false;
    const [entries, pointers] = await Promise.all([lists.customEntries(), lists.outsideLists()]);
    const outside = await Promise.all(pointers.map((pointer) => this.#open(pointer)));
    this.#custom = this.#pack(entries);
    this.#outside = outside;
    this.#version = version;
    return true;
  }

  /** The entries that the read is of, each active at this moment; surest first within a list. */
  async confirmedHits(read: Read): Promise<readonly Hit[]> {
    for (let switches = 0; switches < switchesMax; switches++) {
      const { hits, isOutdated } = await this.#confirm(read);
      // What left one delivery may stand in the next, so the whole read is compared again.
      if (!isOutdated || !(await this.refresh())) return hits;
    }
    throw new ListsUnsettled('hot lists are being switched faster than reads are compared');
  }

  async #confirm(read: Read) {
    const { lists, now } = this.options;
    const hits: Hit[] = [];
    let isOutdated = false;
    for (const { ordinal } of this.#custom.index.find(read)) {
      const entryId = this.#custom.entries[ordinal]?.entryId ?? '';
      const vehicle = await lists.confirmCustom(entryId, now());
      hits.push(...hitOf(read, vehicle, this.#custom.index.isTolerant));
    }
    for (const { pointer, index } of this.#outside)
      for (const { ordinal } of index?.find(read) ?? []) {
        const vehicle = await lists.confirmOutside(pointer, ordinal);
        isOutdated ||= vehicle === undefined;
        hits.push(...hitOf(read, vehicle, false));
      }
    return { hits, isOutdated };
  }

  /** An entry that is not active now becomes so by a change alone, which raises the version. */
  #pack(all: readonly Entry[]): CustomList {
    const nowMs = this.options.now();
    const entries = all.filter((entry) => isActive(entry, nowMs));
    const isTolerant = this.options.nearCustomEntries && entries.length <= nearEntriesMax;
    const snapshot = isTolerant ? buildNearSnapshot(entries) : buildSnapshot(entries);
    return { entries, index: openSnapshot(snapshot) };
  }

  async #open(pointer: OutsideListPointer): Promise<OutsideList> {
    const { list, listVersion } = pointer;
    const held = this.#outside.find((each) => each.pointer.list === list);
    if (held?.pointer.listVersion === listVersion) return { pointer, index: held.index };
    const bytes = await this.options.lists.snapshot(pointer);
    try {
      return { pointer, index: openSnapshot(bytes) };
    } catch (error) {
      if (!(error instanceof SnapshotUnusable)) throw error;
      this.options.onUnusable(error);
      return { pointer, index: undefined };
    }
  }
}

/** Compared with what stands now, so that no damage or change of what is in memory raises an alert by itself. */
function hitOf(read: Read, vehicle: ListedVehicle | undefined, isTolerant: boolean): readonly Hit[] {
  if (vehicle === undefined) return [];
  const grade = gradeAgainst(read, vehicle, isTolerant);
  return grade === undefined ? [] : [{ vehicle, grade }];
}

function gradeAgainst(
  read: ComparedRead,
  vehicle: ListedVehicle,
  isTolerant: boolean,
): MatchGrade | undefined {
  const build = isTolerant ? buildNearSnapshot : buildSnapshot;
  return openSnapshot(build([vehicle])).find(read)[0]?.grade;
}
