import { randomUUID } from 'node:crypto';
import type { Caller } from '../aws/caller';
import type { DecodeFrames } from './decoder';
import { bucketAndPrefix } from './image-settings';
import { imagesOf, sampledFrames, type WantedFrame } from './images';
import type { KeptFragment, VideoStream } from './stream';

/** An image on its way to its bucket, with the permissions of whoever put the video. */
export interface GeneratedImage {
  readonly caller: Caller;
  readonly bucket: string;
  readonly key: string;
  readonly body: Buffer;
  readonly contentType: string;
  /** User-defined object metadata, names without `x-amz-meta-`. */
  readonly metadata: Readonly<Record<string, string>>;
}

/** Of one PutMedia session: when its last image was taken, so that the interval holds across fragments. */
export interface Sampling {
  lastMs: number | undefined;
}

export type StoreImage = (image: GeneratedImage) => void | Promise<void>;

/** An image or a whole fragment's images that did not reach their bucket. AWS says nothing of them either. */
export interface LostImages {
  readonly atMs: number;
  readonly streamName: string;
  readonly fragmentNumber: string;
  readonly reason: string;
}

export interface ImageGeneratorOptions {
  readonly decode: DecodeFrames;
  readonly storeImage: StoreImage;
  readonly accountId: string;
  readonly now: () => number;
}

/** A producer tags the fragments that shall be sampled; the second tag begins the names of their images. */
const generationTag = 'AWS_KINESISVIDEO_IMAGE_GENERATION';
const prefixTag = 'AWS_KINESISVIDEO_IMAGE_PREFIX';
const lostMax = 1000;

/** Takes images out of tagged fragments and stores them, one fragment after the other. */
export class ImageGenerator {
  readonly lost: LostImages[] = [];
  /** Images stored since the start, by stream name. */
  readonly stored = new Map<string, number>();
  #last: Promise<void> = Promise.resolve();

  constructor(private readonly options: ImageGeneratorOptions) {}

  offer(
    stream: VideoStream,
    fragment: KeptFragment,
    { caller, sampling }: { readonly caller: Caller; readonly sampling: Sampling },
  ): void {
    const settings = stream.imageGeneration;
    if (settings?.Status !== 'ENABLED' || !fragment.tags.has(generationTag)) return;
    const frames = sampledFrames(fragment, {
      origin: settings.ImageSelectorType,
      intervalMs: settings.SamplingInterval,
      lastMs: sampling.lastMs,
    });
    const lastMs = frames.at(-1)?.atMs;
    if (lastMs === undefined) return;
    sampling.lastMs = lastMs;
    const earlier = stream.fragments.filter(({ number }) => number !== fragment.number);
    this.#last = this.#last
      .then(async () => {
        const how = { earlier, format: settings, decode: this.options.decode };
        const images = await imagesOf(fragment, frames, how);
        for (const [index, body] of images.entries()) {
          const frame = frames[index];
          if (frame !== undefined) await this.#store({ stream, fragment, frame, body, caller });
        }
      })
      .catch((error: unknown) => this.#lose(stream, fragment, error));
  }

  /** Resolves when every image so far is stored or lost. */
  async idle(): Promise<void> {
    let seen: Promise<void> | undefined;
    while (seen !== this.#last) {
      seen = this.#last;
      await seen;
    }
  }

  async #store(image: {
    readonly stream: VideoStream;
    readonly fragment: KeptFragment;
    readonly frame: WantedFrame;
    readonly body: Buffer;
    readonly caller: Caller;
  }): Promise<void> {
    const { stream, fragment, frame, body, caller } = image;
    const settings = stream.imageGeneration;
    if (settings === undefined) return;
    const { name } = stream.settings;
    const { bucket, prefix } = bucketAndPrefix(settings.DestinationConfig.Uri);
    const [extension, contentType] = settings.Format === 'PNG' ? ['png', 'image/png'] : ['jpg', 'image/jpeg'];
    const own = fragment.tags.get(prefixTag);
    const words = [own, this.options.accountId, name, frame.atMs, randomUUID()];
    const file = words.filter((word) => word !== undefined).join('_');
    await this.options.storeImage({
      caller,
      bucket,
      key: `${prefix}${file}.${extension}`,
      body,
      contentType,
      metadata: {
        ...Object.fromEntries([...fragment.tags].filter(([tag]) => !tag.startsWith('AWS'))),
        aws_kinesisvideo_fragment_number: fragment.number,
        aws_kinesisvideo_producer_timestamp: String(fragment.producerMs),
        aws_kinesisvideo_server_timestamp: String(fragment.serverMs),
      },
    });
    this.stored.set(name, (this.stored.get(name) ?? 0) + 1);
  }

  #lose(stream: VideoStream, fragment: KeptFragment, error: unknown): void {
    if (this.lost.length >= lostMax) this.lost.shift();
    this.lost.push({
      atMs: this.options.now(),
      streamName: stream.settings.name,
      fragmentNumber: fragment.number,
      reason: error instanceof Error ? error.message : String(error),
    });
  }
}
