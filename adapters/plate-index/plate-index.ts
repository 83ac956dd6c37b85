import {
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  buildSegment,
  openSegment,
  type PlateSegment,
  UnknownSegmentFormat,
} from '../../core/plate/index/segment';
import type { PlatePattern } from '../../core/plate/pattern';
import type { Plate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import { type DayKey, SealBroken } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { mapBounded } from '../../core/search/bounded';
import type { IndexedPlates, PlateIndex } from '../../core/search/ports';
import { fromStore, StoreError } from '../stores/store-error';

export interface PlateIndexOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dayKeys: DayKeys;
  /** Memory for opened segments, bytes; the segments opened first go first. 384 MiB unless given. */
  readonly keptBytesMax?: number;
}

const callsAtOnce = 32;
const keptBytesMax = 384 * 1024 * 1024;
/** What an opened segment takes beside its packed plates, measured with 30 plates of 6 shapes. */
const segmentOverheadBytes = 4096;

interface Opened {
  readonly key: DayKey;
  readonly segment: PlateSegment;
  readonly bytes: number;
}

/**
 * The distinct plates of each day and network, in sealed segments under `<day>/<network>/`. A segment is written once
 * and never changed, so an opened one stays good until its day key goes; each use asks the key.
 */
export class StoredPlateIndex implements PlateIndex {
  readonly #opened = new Map<string, Opened>();
  #openedBytes = 0;

  constructor(readonly options: PlateIndexOptions) {}

  /** How many segments lie opened in memory; none of a forgotten day after the next `find`. */
  get openedSegments(): number {
    return this.#opened.size;
  }

  /** `segmentId` is made of the batch, so that a batch that comes again replaces its own segment by an equal one. */
  async put(
    day: CaptureDay,
    network: string,
    segmentId: string,
    plates: readonly Plate[],
  ): Promise<'stored' | 'forgotten'> {
    const name = `${day}/${network}/${segmentId}`;
    const key = await this.options.dayKeys.forWriting(day);
    const sealed = whileKept(() => key?.seal(buildSegment(plates), contextOf(name)));
    if (sealed === undefined) return 'forgotten';
    await fromStore('plate index', () =>
      this.options.s3.send(new PutObjectCommand({ Bucket: this.options.bucket, Key: name, Body: sealed })),
    );
    return 'stored';
  }

  /**
   * Looks at the named networks only: segments of others are neither listed nor loaded (Access-D). A segment that does
   * not open is counted and the others are searched; throws `StoreError` when the bucket cannot be asked.
   */
  async find(
    days: readonly CaptureDay[],
    networks: readonly string[],
    pattern: PlatePattern,
  ): Promise<IndexedPlates> {
    this.#dropForgotten();
    const pairs = days.flatMap((day) => networks.map((network) => ({ day, network })));
    const named = await mapBounded(pairs, callsAtOnce, async ({ day, network }) => {
      const key = await this.options.dayKeys.forReading(day);
      if (key === undefined) return [];
      return (await this.#names(`${day}/${network}/`)).map((name) => ({ name, key }));
    });
    const found = new Set<Plate>();
    let unreadable = 0;
    await mapBounded(named.flat(), callsAtOnce, async ({ name, key }) => {
      const segment = await this.#segment(name, key);
      if (segment === 'unreadable') unreadable++;
      else for (const plate of segment?.search(pattern) ?? []) found.add(plate);
    });
    return { plates: [...found].sort(), unreadable };
  }

  /** Opened plates die at the hour of their key, whether or not anybody asks for that day again (Storage-A). */
  #dropForgotten(): void {
    for (const [name, { key }] of this.#opened) if (!key.isUsable) this.#drop(name);
  }

  /** `undefined`: gone from the bucket, or its day is forgotten by now. */
  async #segment(name: string, key: DayKey): Promise<PlateSegment | 'unreadable' | undefined> {
    const known = this.#opened.get(name);
    if (known?.key.isUsable) return known.segment;
    this.#drop(name);
    const sealed = await this.#sealed(name);
    if (sealed === undefined) return undefined;
    try {
      const segment = whileKept(() => openSegment(key.open(sealed, contextOf(name))));
      if (segment !== undefined)
        this.#keep(name, { key, segment, bytes: sealed.length + segmentOverheadBytes });
      return segment;
    } catch (error) {
      if (error instanceof SealBroken || error instanceof UnknownSegmentFormat) return 'unreadable';
      throw error;
    }
  }

  #keep(name: string, opened: Opened): void {
    this.#drop(name);
    const bytesMax = this.options.keptBytesMax ?? keptBytesMax;
    for (const oldest of this.#opened.keys()) {
      if (this.#openedBytes + opened.bytes <= bytesMax) break;
      this.#drop(oldest);
    }
    if (opened.bytes > bytesMax) return;
    this.#opened.set(name, opened);
    this.#openedBytes += opened.bytes;
  }

  #drop(name: string): void {
    this.#openedBytes -= this.#opened.get(name)?.bytes ?? 0;
    this.#opened.delete(name);
  }

  async #names(prefix: string): Promise<readonly string[]> {
    const names: string[] = [];
    let token: string | undefined;
    do {
      const page = await fromStore('plate index', () =>
        this.options.s3.send(
          new ListObjectsV2Command({
            Bucket: this.options.bucket,
            Prefix: prefix,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        ),
      );
      for (const object of page.Contents ?? []) if (object.Key !== undefined) names.push(object.Key);
      token = page.NextContinuationToken;
    } while (token !== undefined);
    return names;
  }

  async #sealed(name: string): Promise<Uint8Array | undefined> {
    return fromStore('plate index', async () => {
      try {
        const { Body } = await this.options.s3.send(
          new GetObjectCommand({ Bucket: this.options.bucket, Key: name }),
        );
        if (Body === undefined) throw new StoreError('malformed', 'plate index');
        return await Body.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    });
  }
}

function contextOf(name: string): string {
  return `plate-index|${name}`;
}
