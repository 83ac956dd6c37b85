import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { buildSegment, openSegment, type PlateSegment } from '../../core/plate/index/segment';
import type { PlatePattern } from '../../core/plate/pattern';
import type { Plate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { mapBounded } from '../../core/search/bounded';
import type { PlateIndex } from '../../core/search/ports';
import { fromStore, StoreError } from '../stores/store-error';

export interface PlateIndexOptions {
  readonly s3: S3Client;
  readonly bucket: string;
  readonly dayKeys: DayKeys;
}

const callsAtOnce = 16;
/** Opened segments kept in memory; about 9 bytes a plate each. The oldest go first. */
const segmentsKeptMax = 5000;

interface Opened {
  readonly key: DayKey;
  readonly segment: PlateSegment;
}

/**
 * The distinct plates of each day and network, in sealed segments under `<day>/<network>/`. A segment is written once
 * and never changed, so an opened one stays good until its day key goes; each use asks the key.
 */
export class StoredPlateIndex implements PlateIndex {
  readonly #opened = new Map<string, Opened>();

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

  /** Looks at the named networks only: segments of others are neither listed nor loaded (Access-D). */
  async find(
    days: readonly CaptureDay[],
    networks: readonly string[],
    pattern: PlatePattern,
  ): Promise<readonly Plate[]> {
    this.#dropForgotten();
    const found = new Set<Plate>();
    const pairs = days.flatMap((day) => networks.map((network) => ({ day, network })));
    await mapBounded(pairs, callsAtOnce, async ({ day, network }) => {
      const key = await this.options.dayKeys.forReading(day);
      if (key === undefined) return;
      for (const name of await this.#names(`${day}/${network}/`)) {
        const segment = await this.#segment(name, key);
        for (const plate of segment?.search(pattern) ?? []) found.add(plate);
      }
    });
    return [...found].sort();
  }

  /** Opened plates die at the hour of their key, whether or not anybody asks for that day again (Storage-A). */
  #dropForgotten(): void {
    for (const [name, { key }] of this.#opened) if (!key.isUsable) this.#opened.delete(name);
  }

  async #segment(name: string, key: DayKey): Promise<PlateSegment | undefined> {
    const known = this.#opened.get(name);
    if (known?.key.isUsable) return known.segment;
    this.#opened.delete(name);
    const sealed = await this.#sealed(name);
    const opened = whileKept(() => openSegment(key.open(sealed, contextOf(name))));
    if (opened === undefined) return undefined;
    const [oldest] = this.#opened.keys();
    if (this.#opened.size >= segmentsKeptMax && oldest !== undefined) this.#opened.delete(oldest);
    this.#opened.set(name, { key, segment: opened });
    return opened;
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

  async #sealed(name: string): Promise<Uint8Array> {
    const { Body } = await fromStore('plate index', () =>
      this.options.s3.send(new GetObjectCommand({ Bucket: this.options.bucket, Key: name })),
    );
    if (Body === undefined) throw new StoreError('malformed', 'plate index');
    return Body.transformToByteArray();
  }
}

function contextOf(name: string): string {
  return `plate-index|${name}`;
}
