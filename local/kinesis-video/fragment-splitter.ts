import { EbmlFault, element, elementStart, elementsOf, ids, openElement, unsignedInteger } from './ebml';
import { blockOf, type MediaFrame, readTags, trackNumbers } from './matroska';
import { MediaError } from './media-error';

/** One Matroska cluster and the tags behind it: what Kinesis Video calls a fragment. */
export interface ReceivedFragment {
  /** EBML header, segment start, segment info and tracks of the session. */
  readonly header: Buffer;
  readonly cluster: Buffer;
  /** As in the payload, in milliseconds. */
  readonly timecodeMs: number;
  /** In the order of the payload; times as in the payload. */
  readonly frames: readonly MediaFrame[];
  readonly tags: ReadonlyMap<string, string>;
}

export type MediaEvent =
  | { readonly kind: 'started'; readonly timecodeMs: number }
  | { readonly kind: 'complete'; readonly fragment: ReceivedFragment };

const fragmentBytesMax = 50 * 1024 * 1024;
const fragmentSpanMsMax = 10_000;
const tracksMax = 3;
const tagsMax = 10;
/** With this tag a producer says that nothing more belongs to the fragment. */
export const endOfFragmentTag = 'AWS_KINESISVIDEO_END_OF_FRAGMENT';

interface OpenCluster {
  timecodeMs: number | undefined;
  readonly parts: Buffer[];
  bytes: number;
  readonly frames: MediaFrame[];
  readonly tags: Map<string, string>;
}

/**
 * Takes a session's Matroska stream apart, in pieces of any length. A fragment is complete when the next one begins,
 * when its end is told by a tag, or when the stream ends in order. Throws `MediaError` for what PutMedia refuses.
 */
export class FragmentSplitter {
  #waiting: Buffer = Buffer.alloc(0);
  #header: Buffer[] = [];
  #tracks: ReadonlySet<number> | undefined;
  #nsPerTick = 1_000_000;
  #cluster: OpenCluster | undefined;
  #segments = 0;
  #latestMs = Number.NEGATIVE_INFINITY;

  push(chunk: Buffer): MediaEvent[] {
    this.#waiting = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
    return this.#guarded(() => this.#drain());
  }

  /** The stream ended as its sender meant it to. */
  end(): MediaEvent[] {
    return this.#guarded(() => {
      if (this.#waiting.length > 0) throw new EbmlFault('the stream ends inside an element');
      return this.#complete();
    });
  }

  #guarded(work: () => MediaEvent[]): MediaEvent[] {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof EbmlFault)) throw error;
      throw new MediaError('INVALID_MKV_DATA', error.message, this.#cluster?.timecodeMs);
    }
  }

  #drain(): MediaEvent[] {
    const events: MediaEvent[] = [];
    for (;;) {
      const start = elementStart(this.#waiting);
      if (start === undefined) return events;
      if (start.id === ids.segment) {
        this.#openSegment(start.headerBytes);
      } else if (start.id === ids.cluster) {
        events.push(...this.#complete());
        this.#openCluster(start.headerBytes);
      } else {
        if (start.sizeBytes === undefined) throw new EbmlFault('an element of unknown size');
        const end = start.headerBytes + start.sizeBytes;
        if (end > fragmentBytesMax) this.#refuseSize();
        if (this.#waiting.length < end) return events;
        const whole = this.#waiting.subarray(0, end);
        this.#waiting = this.#waiting.subarray(end);
        events.push(...this.#take(start.id, whole, whole.subarray(start.headerBytes)));
      }
    }
  }

  #openSegment(headerBytes: number): void {
    if (++this.#segments > 1) throw new EbmlFault('more than one segment');
    this.#header.push(openElement(ids.segment));
    this.#waiting = this.#waiting.subarray(headerBytes);
  }

  #openCluster(headerBytes: number): void {
    if (this.#tracks === undefined) throw new EbmlFault('a cluster before the tracks');
    this.#cluster = { timecodeMs: undefined, parts: [], bytes: 0, frames: [], tags: new Map() };
    this.#waiting = this.#waiting.subarray(headerBytes);
  }

  #take(id: number, whole: Buffer, data: Buffer): MediaEvent[] {
    if (this.#cluster === undefined) {
      this.#takeHeader(id, whole, data);
      return [];
    }
    if (id === ids.tags) return this.#takeTags(this.#cluster, data);
    if (id > 0xffffff) throw new EbmlFault('an element that may not stand between clusters');
    return this.#takeOfCluster(this.#cluster, { id, whole, data });
  }

  #takeHeader(id: number, whole: Buffer, data: Buffer): void {
    if (id === ids.tags) return;
    if (id === ids.tracks) {
      this.#tracks = trackNumbers(data);
      if (this.#tracks.size > tracksMax)
        throw new MediaError('MORE_THAN_ALLOWED_TRACKS_FOUND', `more than ${tracksMax} tracks`);
    }
    if (id === ids.info) {
      for (const { id: child, data: value } of elementsOf(data))
        if (child === ids.timecodeScale) this.#nsPerTick = unsignedInteger(value);
    }
    if (id === ids.ebml || id === ids.info || id === ids.tracks) this.#header.push(Buffer.from(whole));
  }

  #takeOfCluster(
    cluster: OpenCluster,
    { id, whole, data }: { readonly id: number; readonly whole: Buffer; readonly data: Buffer },
  ): MediaEvent[] {
    cluster.parts.push(Buffer.from(whole));
    cluster.bytes += whole.length;
    if (cluster.bytes > fragmentBytesMax) this.#refuseSize();
    if (id === ids.timecode) {
      cluster.timecodeMs = this.#milliseconds(unsignedInteger(data));
      return [{ kind: 'started', timecodeMs: cluster.timecodeMs }];
    }
    if (id === ids.simpleBlock || id === ids.blockGroup) this.#takeFrame(cluster, blockOf(id, data));
    return [];
  }

  #takeFrame(cluster: OpenCluster, block: ReturnType<typeof blockOf>): void {
    const { timecodeMs } = cluster;
    if (timecodeMs === undefined) throw new EbmlFault('a frame before the timecode of its cluster');
    if (this.#tracks?.has(block.track) !== true)
      throw new MediaError('TRACK_NUMBER_MISMATCH', 'a frame of no known track', timecodeMs);
    const frame = {
      track: block.track,
      atMs: timecodeMs + this.#milliseconds(block.offset),
      isKeyframe: block.isKeyframe,
    };
    cluster.frames.push(frame);
    const [firstMs, lastMs] = spanOf(cluster.frames);
    if (lastMs - firstMs > fragmentSpanMsMax)
      throw new MediaError('MAX_FRAGMENT_DURATION_REACHED', 'more than 10 seconds', timecodeMs);
    if (frame.atMs <= this.#latestMs)
      throw new MediaError('FRAGMENT_TIMECODE_LESSER_THAN_PREVIOUS', 'out of order', timecodeMs);
  }

  #takeTags(cluster: OpenCluster, data: Buffer): MediaEvent[] {
    let isEnd = false;
    for (const [name, value] of readTags(data)) {
      if (name === endOfFragmentTag) isEnd = true;
      else cluster.tags.set(name, value);
    }
    if (cluster.tags.size > tagsMax)
      throw new MediaError(
        'FRAGMENT_METADATA_LIMIT_REACHED',
        `more than ${tagsMax} tags`,
        cluster.timecodeMs,
      );
    return isEnd ? this.#complete() : [];
  }

  #complete(): MediaEvent[] {
    const cluster = this.#cluster;
    if (cluster === undefined) return [];
    const { timecodeMs, frames, tags, parts } = cluster;
    if (timecodeMs === undefined) throw new EbmlFault('a cluster without a timecode');
    const seen = new Set(frames.map(({ track }) => track));
    if (frames.length === 0 || [...(this.#tracks ?? [])].some((track) => !seen.has(track)))
      throw new MediaError('FRAMES_MISSING_FOR_TRACK', 'a track has no frame', timecodeMs);
    this.#cluster = undefined;
    this.#latestMs = spanOf(frames)[1];
    const fragment = {
      header: Buffer.concat(this.#header),
      cluster: element(ids.cluster, ...parts),
      timecodeMs,
      frames,
      tags,
    };
    return [{ kind: 'complete', fragment }];
  }

  #milliseconds(ticks: number): number {
    return Math.round((ticks * this.#nsPerTick) / 1_000_000);
  }

  #refuseSize(): never {
    throw new MediaError('MAX_FRAGMENT_SIZE_REACHED', 'more than 50 MB', this.#cluster?.timecodeMs);
  }
}

/** First and last time of some frames, which need not stand in order of time. */
export function spanOf(frames: readonly MediaFrame[]): [number, number] {
  let [firstMs, lastMs] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { atMs } of frames) {
    firstMs = Math.min(firstMs, atMs);
    lastMs = Math.max(lastMs, atMs);
  }
  return [firstMs, lastMs];
}
