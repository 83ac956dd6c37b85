import { createHash } from 'node:crypto';
import {
  DeleteObjectsCommand,
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
import type { Plate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import { type DayKey, SealBroken } from '../../core/retention/day-key';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore, StoreError } from '../stores/store-error';

/** Whose plates a segment holds. */
export interface SegmentOwner {
  readonly day: CaptureDay;
  readonly network: string;
}

export type LoadedSegment =
  | { readonly kind: 'segment'; readonly segment: PlateSegment; readonly bytes: number }
  /** No segment, or sealed for another place. */
  | { readonly kind: 'unreadable' }
  /** Not in the bucket any more: purged, or taken up into a longer one. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'forgotten' };

const deletedPerCall = 1000;

/**
 * The sealed segments in their bucket, named `<day>/<network>/<id>`. An id is made, under the day's key, of what the
 * segment was made of: whatever is written under a name a second time holds the same plates, so nothing that was read
 * under a name is ever out of date.
 */
export class SegmentObjects {
  constructor(
    readonly s3: S3Client,
    readonly bucket: string,
  ) {}

  /** `source`: what the plates come from; the id is made of it and of them. */
  async put(
    key: DayKey,
    { day, network }: SegmentOwner,
    source: string,
    plates: Iterable<Plate>,
  ): Promise<{ readonly kind: 'stored'; readonly name: string } | { readonly kind: 'forgotten' }> {
    const made = whileKept(() => {
      const bytes = buildSegment(plates);
      const digest = createHash('sha256').update(bytes).digest('hex');
      const name = `${day}/${network}/${key.idOf(`plate-index|${network}|${source}|${digest}`)}`;
      return { name, sealed: key.seal(bytes, contextOf(name)) };
    });
    if (made === undefined) return { kind: 'forgotten' };
    const { name, sealed } = made;
    await fromStore('plate index', () =>
      this.s3.send(new PutObjectCommand({ Bucket: this.bucket, Key: name, Body: sealed })),
    );
    return { kind: 'stored', name };
  }

  async load(name: string, key: DayKey): Promise<LoadedSegment> {
    const sealed = await this.#sealed(name);
    if (sealed === undefined) return { kind: 'gone' };
    try {
      const segment = whileKept(() => openSegment(key.open(sealed, contextOf(name))));
      return segment ? { kind: 'segment', segment, bytes: sealed.length } : { kind: 'forgotten' };
    } catch (error) {
      if (error instanceof SealBroken || error instanceof UnknownSegmentFormat) return { kind: 'unreadable' };
      throw error;
    }
  }

  async names({ day, network }: SegmentOwner): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const { Contents = [] } of this.#pages({ Prefix: `${day}/${network}/` }))
      names.push(...Contents.flatMap(({ Key }) => Key ?? []));
    return names;
  }

  async networks(day: CaptureDay): Promise<readonly string[]> {
    const networks: string[] = [];
    for await (const { CommonPrefixes = [] } of this.#pages({ Prefix: `${day}/`, Delimiter: '/' }))
      networks.push(...CommonPrefixes.flatMap(({ Prefix }) => Prefix?.split('/')[1] ?? []));
    return networks;
  }

  async remove(names: readonly string[]): Promise<void> {
    for (let at = 0; at < names.length; at += deletedPerCall) {
      const Objects = names.slice(at, at + deletedPerCall).map((Key) => ({ Key }));
      const { Errors = [] } = await fromStore('plate index', () =>
        this.s3.send(new DeleteObjectsCommand({ Bucket: this.bucket, Delete: { Objects, Quiet: true } })),
      );
      if (Errors.length > 0) throw new StoreError('unprocessed', 'plate index');
    }
  }

  async *#pages(of: { readonly Prefix: string; readonly Delimiter?: string }) {
    let token: string | undefined;
    do {
      const page = await fromStore('plate index', () =>
        this.s3.send(
          new ListObjectsV2Command({
            Bucket: this.bucket,
            ...of,
            ...(token === undefined ? {} : { ContinuationToken: token }),
          }),
        ),
      );
      yield page;
      token = page.NextContinuationToken;
    } while (token !== undefined);
  }

  async #sealed(name: string): Promise<Uint8Array | undefined> {
    return fromStore('plate index', async () => {
      try {
        const { Body } = await this.s3.send(new GetObjectCommand({ Bucket: this.bucket, Key: name }));
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
