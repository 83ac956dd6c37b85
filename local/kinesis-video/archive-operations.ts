import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import { chunkOf } from './chunk';
import { imageShape } from './image-settings';
import { firstFrame, imagesOf } from './images';
import { parseInput, streamReference } from './input';
import type { KinesisVideo } from './kinesis-video';
import type { KeptFragment, TimeOrigin, VideoStream } from './stream';
import type { Operation } from './stream-operations';

const origin = z.enum(['PRODUCER_TIMESTAMP', 'SERVER_TIMESTAMP']);
/** Seconds since the epoch, as the protocol writes times. */
const seconds = z.number().transform((value) => Math.round(value * 1000));

const listInput = z.object({
  MaxResults: z.number().int().min(1).max(1000).default(100),
  NextToken: z.string().optional(),
  FragmentSelector: z
    .object({
      FragmentSelectorType: origin,
      TimestampRange: z.object({ StartTimestamp: seconds, EndTimestamp: seconds }),
    })
    .optional(),
});

const mediaInput = z.object({
  Fragments: z
    .array(z.string().regex(/^\d{1,128}$/))
    .min(1)
    .max(1000),
});

const imagesInput = z.object({
  ...imageShape,
  ImageSelectorType: origin,
  StartTimestamp: seconds,
  EndTimestamp: seconds,
  SamplingInterval: z.number().int().min(200).default(3000),
  MaxResults: z.number().int().min(1).max(100).default(25),
  NextToken: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional(),
});

const imageRangeMsMax = 300_000;
const imagesPerPageMax = 25;

/** What reads the fragments that a stream keeps, by path. */
export function archiveOperations(service: KinesisVideo): Readonly<Record<string, Operation>> {
  const readable = (input: unknown, caller: Caller, action: string): VideoStream => {
    const name = streamReference(input);
    service.authorize(caller, `kinesisvideo:${action}`, service.streamArn(name));
    const stream = service.stream(name);
    if (!stream.isPersistent)
      throw new AwsError('NoDataRetentionException', 'The stream keeps no data.', 400);
    return stream;
  };
  return {
    '/listFragments': (input, caller) => listFragments(readable(input, caller, 'ListFragments'), input),
    '/getMediaForFragmentList': (input, caller) => {
      const stream = readable(input, caller, 'GetMediaForFragmentList');
      service.requireKey(caller, 'kms:Decrypt', stream);
      return mediaOf(stream, input);
    },
    '/getImages': (input, caller) => {
      const stream = readable(input, caller, 'GetImages');
      service.requireKey(caller, 'kms:Decrypt', stream);
      return getImages(service, stream, input);
    },
  };
}

function listFragments(stream: VideoStream, input: unknown) {
  const { MaxResults, NextToken, FragmentSelector } = parseInput(listInput, input);
  const range = FragmentSelector?.TimestampRange;
  const found = stream.fragments.filter((fragment) => {
    if (NextToken !== undefined && fragment.number <= NextToken) return false;
    if (FragmentSelector === undefined || range === undefined) return true;
    const atMs = startOf(fragment, FragmentSelector.FragmentSelectorType);
    return atMs >= range.StartTimestamp && atMs <= range.EndTimestamp;
  });
  const page = found.slice(0, MaxResults);
  return {
    Fragments: page.map(({ number, cluster, header, producerMs, serverMs, lengthMs }) => ({
      FragmentNumber: number,
      FragmentSizeInBytes: header.length + cluster.length,
      ProducerTimestamp: producerMs / 1000,
      ServerTimestamp: serverMs / 1000,
      FragmentLengthInMilliseconds: lengthMs,
    })),
    ...(found.length > page.length ? { NextToken: page.at(-1)?.number } : {}),
  };
}

function mediaOf(stream: VideoStream, input: unknown): Buffer {
  const { Fragments } = parseInput(mediaInput, input);
  let header: Buffer | undefined;
  const parts: Buffer[] = [];
  for (const number of Fragments) {
    const fragment = stream.fragments.find((each) => each.number === number);
    if (fragment === undefined)
      throw new AwsError('ResourceNotFoundException', `There is no fragment ${number}.`, 404);
    parts.push(...chunkOf(fragment, header));
    header = fragment.header;
  }
  return Buffer.concat(parts);
}

async function getImages(service: KinesisVideo, stream: VideoStream, input: unknown) {
  const given = parseInput(imagesInput, input);
  const { StartTimestamp, EndTimestamp, SamplingInterval, NextToken } = given;
  if (EndTimestamp < StartTimestamp || EndTimestamp - StartTimestamp > imageRangeMsMax)
    throw new AwsError('InvalidArgumentException', 'The range of time must have 0 to 300 seconds.');
  if (given.WidthPixels !== undefined && given.HeightPixels === undefined)
    throw new AwsError('InvalidArgumentException', 'WidthPixels needs HeightPixels.');
  const pageMax = Math.min(given.MaxResults, imagesPerPageMax);
  const images: Record<string, unknown>[] = [];
  let atMs = NextToken === undefined ? StartTimestamp : Number(NextToken);
  for (; atMs <= EndTimestamp && images.length < pageMax; atMs += SamplingInterval) {
    const toMs = Math.min(atMs + SamplingInterval, EndTimestamp + 1);
    images.push(await imageAt(service, stream, { given, fromMs: atMs, toMs }));
  }
  return { Images: images, ...(atMs <= EndTimestamp ? { NextToken: String(atMs) } : {}) };
}

async function imageAt(
  service: KinesisVideo,
  stream: VideoStream,
  { given, fromMs, toMs }: { given: z.output<typeof imagesInput>; fromMs: number; toMs: number },
) {
  const { fragments } = stream;
  const found = firstFrame(fragments, { origin: given.ImageSelectorType, fromMs, toMs });
  if (found === undefined) return { TimeStamp: fromMs / 1000, Error: 'NO_MEDIA' };
  const earlier = fragments.slice(0, fragments.indexOf(found.fragment));
  const how = { earlier, format: given, decode: service.decode };
  const [image] = await imagesOf(found.fragment, [found.frame], how);
  return image === undefined
    ? { TimeStamp: found.frame.atMs / 1000, Error: 'MEDIA_ERROR' }
    : { TimeStamp: found.frame.atMs / 1000, ImageContent: image.toString('base64') };
}

const startOf = (fragment: KeptFragment, by: TimeOrigin) =>
  by === 'PRODUCER_TIMESTAMP' ? fragment.producerMs : fragment.serverMs;
