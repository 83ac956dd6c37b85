import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import http from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { KinesisVideoClient } from '@aws-sdk/client-kinesis-video';
import { KinesisVideoArchivedMediaClient } from '@aws-sdk/client-kinesis-video-archived-media';
import { KinesisVideoMediaClient } from '@aws-sdk/client-kinesis-video-media';
import { SignatureV4 } from '@smithy/signature-v4';
import sharp from 'sharp';
import { element, ids, openElement } from '../../../local/kinesis-video/ebml';
import type { GeneratedImage } from '../../../local/kinesis-video/image-generation';
import { KinesisVideo, type KinesisVideoOptions } from '../../../local/kinesis-video/kinesis-video';
import { encodeCameraVideo } from '../../../scripts/video/encode';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

/** The service with its official clients, and the images it stored; a stream is active as soon as it is made. */
export async function startVideo(more: Partial<KinesisVideoOptions> = {}) {
  const clock = fixedClock();
  const iam = recordingAuthorizer();
  const images: GeneratedImage[] = [];
  const service = new KinesisVideo({
    clock,
    authorize: iam.authorize,
    credentials: testCredentials.source,
    region,
    accountId,
    storeImage: (image) => void images.push(image),
    creatingMs: 0,
    ...more,
  });
  const { url, close } = await service.listen();
  const control = new KinesisVideoClient(clientConfig(url));
  const archive = new KinesisVideoArchivedMediaClient(clientConfig(url));
  const media = new KinesisVideoMediaClient(clientConfig(url));
  return {
    service,
    clock,
    iam,
    images,
    url,
    control,
    archive,
    media,
    stop: async () => {
      for (const client of [control, archive, media]) client.destroy();
      await close();
    },
  };
}

export type VideoStack = Awaited<ReturnType<typeof startVideo>>;

export interface PutMediaReply {
  readonly status: number;
  readonly errorType: string | undefined;
  readonly acknowledgements: readonly Record<string, unknown>[];
}

/** A producer of the test's own: signs by AWS's library and sends the pieces one by one. */
export async function putMedia(
  stack: Pick<VideoStack, 'url' | 'clock'>,
  pieces: readonly Buffer[],
  headers: Readonly<Record<string, string>> = {},
  { isLeftOpen = false }: { readonly isLeftOpen?: boolean } = {},
): Promise<PutMediaReply> {
  const { hostname, port } = new URL(stack.url);
  const signed = await signedHeaders(stack, headers);
  return new Promise((resolve, reject) => {
    const request = http.request(
      { hostname, port, path: '/putMedia', method: 'POST', headers: signed },
      (response) => {
        let text = '';
        response.on('data', (chunk) => {
          text += chunk;
        });
        response.on('end', () => {
          request.destroy();
          resolve({
            status: response.statusCode ?? 0,
            errorType: response.headers['x-amzn-errortype']?.toString(),
            acknowledgements: response.statusCode === 200 ? lines(text) : [],
          });
        });
      },
    );
    request.on('error', reject);
    request.flushHeaders();
    for (const piece of pieces) request.write(piece);
    if (!isLeftOpen) request.end();
  });
}

/** How a PutMedia request begins on the wire. */
export async function requestHead(stack: Pick<VideoStack, 'url' | 'clock'>): Promise<string> {
  const headers = Object.entries(await signedHeaders(stack, {})).map(([name, value]) => `${name}: ${value}`);
  return ['POST /putMedia HTTP/1.1', ...headers, 'transfer-encoding: chunked', '', ''].join('\r\n');
}

async function signedHeaders(
  { url, clock }: Pick<VideoStack, 'url' | 'clock'>,
  headers: Readonly<Record<string, string>>,
): Promise<Record<string, string>> {
  const { hostname, host } = new URL(url);
  const signer = new SignatureV4({
    service: 'kinesisvideo',
    region,
    credentials: testCredentials.keys,
    sha256: new KinesisVideoClient(clientConfig(url)).config.sha256,
    applyChecksum: false,
  });
  const unsigned = {
    method: 'POST',
    protocol: 'http:',
    hostname,
    path: '/putMedia',
    query: {},
    headers: {
      host,
      'x-amz-content-sha256': 'UNSIGNED-PAYLOAD',
      'x-amzn-stream-name': 'camera-1',
      'x-amzn-fragment-timecode-type': 'ABSOLUTE',
      'x-amzn-producer-start-timestamp': '0',
      ...headers,
    },
  };
  return (await signer.sign(unsigned, { signingDate: new Date(clock.now()) })).headers;
}

const lines = (text: string) =>
  text
    .split('\r\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);

/** EBML header, an open segment and one track, as little as a session can begin with. */
export const smallHeader = Buffer.concat([
  element(ids.ebml),
  openElement(ids.segment),
  element(ids.info, element(ids.timecodeScale, number(1_000_000))),
  element(ids.tracks, element(ids.trackEntry, element(ids.trackNumber, number(1)))),
]);

/** A cluster of keyframes that hold no picture, with tags behind it. */
export function cluster(
  timecodeMs: number,
  offsets: readonly number[],
  tags: readonly string[] = [],
): Buffer {
  const blocks = offsets.map((offset) => {
    const head = Buffer.from([0x81, 0, 0, 0x80, 0xff]);
    head.writeInt16BE(offset, 1);
    return element(ids.simpleBlock, head);
  });
  const simple = tags.map((name) => element(ids.simpleTag, element(ids.tagName, Buffer.from(name))));
  const behind = tags.length === 0 ? [] : [element(ids.tags, element(ids.tag, ...simple))];
  return Buffer.concat([
    element(ids.cluster, element(ids.timecode, number(timecodeMs)), ...blocks),
    ...behind,
  ]);
}

export function number(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(BigInt(value));
  return bytes;
}

/** A grey picture for each shade. */
export const greys = (...shades: number[]) =>
  Promise.all(
    shades.map((shade) =>
      sharp({ create: { width: 64, height: 48, channels: 3, background: { r: shade, g: shade, b: shade } } })
        .png()
        .toBuffer(),
    ),
  );

/** Real H.264 in Matroska as a live encoder writes it: a second of each shade, 10 frames and one cluster a second. */
export async function liveMatroska(...shades: number[]): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'live-'));
  try {
    const source = join(folder, 'source.mp4');
    await encodeCameraVideo({ photos: await greys(...shades), path: source, width: 64, height: 48 });
    const out = join(folder, 'live.mkv');
    const args = ['-loglevel', 'error', '-i', source, '-c', 'copy', '-f', 'matroska', '-live', '1'];
    const made = spawnSync(ffmpeg, [...args, '-cluster_time_limit', '950', out]);
    if (made.status !== 0) throw new Error(made.stderr.toString());
    return readFileSync(out);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export const ffmpeg = join(dirname(require.resolve('@ffmpeg-installer/linux-x64/package.json')), 'ffmpeg');

/** The grey in the middle of a picture. */
export async function shadeOf(image: Uint8Array): Promise<number> {
  const { data } = await sharp(image).greyscale().raw().toBuffer({ resolveWithObject: true });
  return data[Math.floor(data.length / 2)] ?? -1;
}
