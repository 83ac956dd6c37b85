import type { S3Client } from '@aws-sdk/client-s3';
import { PatternSearch } from '../../core/plate/index/search';
import type { PlatePattern } from '../../core/plate/pattern';
import type { Plate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { mapBounded } from '../../core/search/bounded';
import type { IndexedPlates, PlateIndex } from '../../core/search/ports';
import { OpenedSegments } from './opened-segments';
import { type LoadedSegment, SegmentObjects, type SegmentOwner } from './segment-objects';

export interface PlateIndexOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dayKeys: DayKeys;
  /** Memory for opened segments, bytes; 384 MiB unless given, which is about 30 million plates. */
  readonly keptBytesMax?: number;
  /** A pattern that fits more plates lists traffic; what is found of it ends here. 1,000 unless given. */
  readonly platesMax?: number;
}

const callsAtOnce = 32;
const keptBytesMax = 384 * 1024 * 1024;
const platesMax = 1000;
/** How often one search looks anew at a day whose segments are put together meanwhile; that happens rarely once. */
const looksMax = 4;

interface Named {
  readonly name: string;
  readonly key: DayKey;
  readonly owner: SegmentOwner;
}

/** The distinct plates of each day and network, in sealed segments. */
export class StoredPlateIndex implements PlateIndex {
  readonly #objects: SegmentObjects;
  readonly #opened: OpenedSegments;

  constructor(readonly options: PlateIndexOptions) {
    this.#objects = new SegmentObjects(options.s3, options.bucket);
    this.#opened = new OpenedSegments(options.keptBytesMax ?? keptBytesMax);
  }

  /** How many segments lie opened in memory; none of a forgotten day after the next `find`. */
  get openedSegments(): number {
    return this.#opened.size;
  }

  /** `batch` names where the plates come from: one that comes again replaces its own segment by an equal one. */
  async put(
    day: CaptureDay,
    network: string,
    batch: string,
    plates: readonly Plate[],
  ): Promise<'stored' | 'forgotten'> {
    const key = await this.options.dayKeys.forWriting(day);
    if (key === undefined) return 'forgotten';
    return (await this.#objects.put(key, { day, network }, batch, plates)).kind;
  }

  /**
   * Looks at the named networks only: segments of others are neither listed nor loaded (Access-D). The bucket is listed
   * at each call, so the newest minutes are there. The newest days are searched first, up to `platesMax` plates. A
   * segment that went away between listing and loading was purged or taken up into a longer one, which was written
   * before: its day is looked at again. One that does not open is counted and the others are searched. Throws
   * `StoreError` when the bucket cannot be asked.
   */
  async find(
    days: readonly CaptureDay[],
    networks: readonly string[],
    pattern: PlatePattern,
  ): Promise<IndexedPlates> {
    this.#opened.dropForgotten();
    const search = new PatternSearch(pattern, this.options.platesMax ?? platesMax);
    const searched = new Set<string>();
    let unreadable = 0;
    let owners: readonly SegmentOwner[] = days
      .toSorted()
      .reverse()
      .flatMap((day) => networks.map((network) => ({ day, network })));
    for (let look = 0; look < looksMax && owners.length > 0; look++) {
      const named = (await this.#namesOf(owners)).filter(({ name }) => !searched.has(name));
      const again = new Set<SegmentOwner>();
      for (let at = 0; at < named.length && !search.isFull; at += callsAtOnce) {
        const some = named.slice(at, at + callsAtOnce);
        const loaded = await mapBounded(some, callsAtOnce, (each) => this.#load(each));
        for (const [each, { name, owner }] of some.entries()) {
          searched.add(name);
          const segment = loaded[each];
          if (segment?.kind === 'segment') segment.segment.collect(search);
          if (segment?.kind === 'unreadable') unreadable++;
          if (segment?.kind === 'gone') again.add(owner);
        }
      }
      owners = [...again];
    }
    return { plates: [...search.found].sort(), unreadable: unreadable + owners.length };
  }

  async #namesOf(owners: readonly SegmentOwner[]): Promise<readonly Named[]> {
    const named = await mapBounded(owners, callsAtOnce, async (owner) => {
      const key = await this.options.dayKeys.forReading(owner.day);
      if (key === undefined) return [];
      return (await this.#objects.names(owner)).map((name) => ({ name, key, owner }));
    });
    const all = named.flat();
    this.#opened.dropOthers(
      new Set(owners.map(({ day, network }) => `${day}/${network}`)),
      new Set(all.map(({ name }) => name)),
    );
    return all;
  }

  async #load({ name, key }: Named): Promise<LoadedSegment> {
    const known = this.#opened.get(name);
    if (known !== undefined) return { kind: 'segment', segment: known, bytes: 0 };
    const loaded = await this.#objects.load(name, key);
    if (loaded.kind === 'segment') this.#opened.keep(name, { key, ...loaded });
    return loaded;
  }
}
