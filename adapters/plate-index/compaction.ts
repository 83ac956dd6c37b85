import type { S3Client } from '@aws-sdk/client-s3';
import type { PlateSegment } from '../../core/plate/index/segment';
import type { Plate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { mapBounded } from '../../core/search/bounded';
import { SegmentObjects, type SegmentOwner } from './segment-objects';

export interface CompactionOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dayKeys: DayKeys;
  /** Of one step, 1,000 segments and 64 MiB unless given; what is more waits for the next step. */
  readonly segmentsMax?: number;
  readonly bytesMax?: number;
}

export type Compacted =
  | { readonly kind: 'compacted'; readonly segments: number; readonly unreadable: number }
  | { readonly kind: 'left'; readonly unreadable: number }
  | { readonly kind: 'forgotten' };

const segmentsMax = 1000;
const bytesMax = 64 * 1024 * 1024;
const callsAtOnce = 16;

/**
 * Puts the segments of a day and network together. The long segment is written whole before the short ones are removed,
 * and only those are removed that were read into it: a run that dies between leaves plates twice and none out, and so do
 * two runs at once. A search that listed the short ones before and finds them gone looks again. A segment that does not
 * open is left where it is.
 */
export class PlateIndexCompaction {
  readonly #objects: SegmentObjects;

  constructor(readonly options: CompactionOptions) {
    this.#objects = new SegmentObjects(options.s3, options.bucket);
  }

  networks(day: CaptureDay): Promise<readonly string[]> {
    return this.#objects.networks(day);
  }

  /** Leaves fewer than `segmentsMin` segments, which is two or more, as they are. Throws `StoreError`. */
  async compact(day: CaptureDay, network: string, segmentsMin: number): Promise<Compacted> {
    const owner: SegmentOwner = { day, network };
    const names = await this.#objects.names(owner);
    if (names.length < segmentsMin) return { kind: 'left', unreadable: 0 };
    const key = await this.options.dayKeys.forReading(day);
    if (key === undefined) return { kind: 'forgotten' };

    const sources: { name: string; segment: PlateSegment }[] = [];
    let [bytes, unreadable] = [0, 0];
    const some = names.slice(0, this.options.segmentsMax ?? segmentsMax);
    await mapBounded(some, callsAtOnce, async (name) => {
      if (bytes >= (this.options.bytesMax ?? bytesMax)) return;
      const loaded = await this.#objects.load(name, key);
      if (loaded.kind === 'unreadable') unreadable++;
      if (loaded.kind !== 'segment') return;
      sources.push({ name, segment: loaded.segment });
      bytes += loaded.bytes;
    });
    if (sources.length < 2) return { kind: 'left', unreadable };

    const read = sources.map(({ name }) => name).sort();
    const plates = platesOf(sources.map(({ segment }) => segment));
    const stored = await this.#objects.put(key, owner, read.join(), plates);
    if (stored.kind === 'forgotten') return stored;
    await this.#objects.remove(read);
    return { kind: 'compacted', segments: read.length, unreadable };
  }
}

function* platesOf(segments: readonly PlateSegment[]): Iterable<Plate> {
  for (const segment of segments) yield* segment.plates();
}
