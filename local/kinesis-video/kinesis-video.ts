import type { Authorize, Caller, CredentialSource } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { type Listening, listen } from '../aws/http';
import type { Clock } from '../clock';
import { CustomerKey } from '../kinesis/customer-key';
import { type DecodeFrames, ffmpegDecoder } from './decoder';
import type { ReceivedFragment } from './fragment-splitter';
import { videoListener } from './http-face';
import { ImageGenerator, type LostImages, type Sampling, type StoreImage } from './image-generation';
import { type KeptFragment, VideoStream, type VideoStreamSettings } from './stream';

export interface KinesisVideoOptions {
  readonly clock: Clock;
  readonly authorize: Authorize;
  readonly credentials: CredentialSource;
  readonly region: string;
  readonly accountId: string;
  /** `aws` unless given. */
  readonly partition?: string;
  /** Puts a generated image into its bucket as `caller`, by S3's own rules. */
  readonly storeImage: StoreImage;
  /** By ffmpeg unless given. */
  readonly decode?: DecodeFrames;
  /** A PutMedia session ends after this long without data; 30 seconds unless given. */
  readonly idleMsMax?: number;
  /** A stream that a request makes is CREATING for so long, in real time; 300 milliseconds unless given. */
  readonly creatingMs?: number;
}

const creatingMsDefault = 300;

/**
 * Kinesis Video Streams in memory: PutMedia with acknowledgements, the archive, images on demand and to S3, retention
 * on the virtual clock. Control and data share one endpoint. Signalling, HLS, DASH, clips and edge are not modelled.
 */
export class KinesisVideo {
  readonly key: CustomerKey;
  readonly images: ImageGenerator;
  readonly decode: DecodeFrames;
  readonly #streams = new Map<string, VideoStream>();
  readonly #listeners = new Map<string, Set<(fragment: KeptFragment) => void>>();

  constructor(readonly options: KinesisVideoOptions) {
    this.decode = options.decode ?? ffmpegDecoder();
    this.key = new CustomerKey({
      ...options,
      service: 'kinesisvideo',
      refusalCode: 'NotAuthorizedException',
    });
    this.images = new ImageGenerator({
      decode: this.decode,
      storeImage: options.storeImage,
      accountId: options.accountId,
      now: () => options.clock.now(),
    });
  }

  listen(): Promise<Listening> {
    return listen(videoListener(this));
  }

  /** Makes an active stream. Throws `ResourceInUseException` for a name that exists. */
  createStream(settings: VideoStreamSettings): VideoStream {
    if (this.#streams.has(settings.name))
      throw new AwsError('ResourceInUseException', `The stream ${settings.name} already exists.`);
    const stream = new VideoStream(this.streamArn(settings.name), settings, this.options.clock.now());
    this.#streams.set(settings.name, stream);
    return stream;
  }

  /** Makes a stream as a request does: it is active a little later. Throws as `createStream`. */
  beginStream(settings: VideoStreamSettings): VideoStream {
    const { creatingMs = creatingMsDefault } = this.options;
    const stream = this.createStream(settings);
    if (creatingMs === 0) return stream;
    stream.isActive = false;
    const activate = () => {
      stream.isActive = true;
    };
    setTimeout(activate, creatingMs).unref();
    return stream;
  }

  deleteStream(name: string): void {
    this.stream(name);
    this.#streams.delete(name);
  }

  /** AWS ends an ARN with the time of creation, which a template could not foretell; here it is always 1. */
  streamArn(name: string): string {
    const { partition = 'aws', region, accountId } = this.options;
    return `arn:${partition}:kinesisvideo:${region}:${accountId}:stream/${name}/1`;
  }

  streamNames(): readonly string[] {
    return [...this.#streams.keys()].sort();
  }

  /** Throws `ResourceNotFoundException`. */
  stream(name: string): VideoStream {
    const stream = this.#streams.get(name);
    if (stream === undefined)
      throw new AwsError(
        'ResourceNotFoundException',
        'The requested stream is not found or not active.',
        404,
      );
    stream.expire(this.options.clock.now());
    return stream;
  }

  /** Throws `ResourceInUseException` for a stream that is still being made. */
  requireActive({ isActive, settings }: VideoStream): void {
    if (!isActive)
      throw new AwsError('ResourceInUseException', `The stream ${settings.name} is being created.`);
  }

  /** Takes a whole fragment in: numbered, kept by the stream's retention, sampled where its tags ask for it. */
  accept(
    stream: VideoStream,
    fragment: ReceivedFragment,
    {
      caller,
      sampling,
      ...times
    }: {
      readonly caller: Caller;
      readonly sampling: Sampling;
      readonly producerMs: number;
      readonly serverMs: number;
    },
  ): KeptFragment {
    const kept = stream.append(fragment, times);
    this.images.offer(stream, kept, { caller, sampling });
    for (const listener of this.#listeners.get(stream.settings.name) ?? []) listener(kept);
    return kept;
  }

  /** Calls `listener` with each fragment that arrives from now on. Returns how to stop. */
  onFragment(streamName: string, listener: (fragment: KeptFragment) => void): () => void {
    const listeners = this.#listeners.get(streamName) ?? new Set();
    this.#listeners.set(streamName, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Every fragment that the stream still holds. */
  dump(streamName: string): readonly KeptFragment[] {
    return this.stream(streamName).fragments;
  }

  /** Forgets what is past its stream's retention; gives the number of fragments forgotten. */
  sweep(nowMs: number = this.options.clock.now()): number {
    return [...this.#streams.values()].reduce((sum, stream) => sum + stream.expire(nowMs), 0);
  }

  /** Images that did not reach their bucket. */
  get lostImages(): readonly LostImages[] {
    return this.images.lost;
  }

  /** Resolves when every image so far is stored or lost. */
  idle(): Promise<void> {
    return this.images.idle();
  }

  authorize(caller: Caller, action: string, resource: string): void {
    this.options.authorize({ caller, action, resource, context: { 'aws:SecureTransport': 'true' } });
  }

  /** For a stream under a customer key: the caller's own permission on it. */
  requireKey(caller: Caller, action: 'kms:GenerateDataKey' | 'kms:Decrypt', stream: VideoStream): void {
    this.key.require(caller, [action], stream.settings.keyId, { 'aws:kinesisvideo:arn': stream.arn });
  }
}
