import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CreateStreamCommand } from '@aws-sdk/client-kinesis-video';
import { parseCameraAddress } from '../../../edge/video/rtsp/address';
import { type LiveEvent, type StreamLiveOptions, streamLive } from '../../../edge/video/stream-live';
import { startVideo, type VideoStack } from '../../local/kinesis-video/support';
import { region, testCredentials } from '../../local/support';
import { CameraFiles } from './camera-files';
import { account, type CameraServerOptions, startCamera } from './camera-server';

const files = new CameraFiles();
const streamName = 'camera-1';
const startedAtMs = 1_900_000_000_000;
let path: string;
let stack: VideoStack;
beforeAll(async () => {
  path = await files.encode('street.h264', [40, 120, 200]);
});
afterAll(() => files.remove());
beforeEach(async () => {
  stack = await startVideo();
  await stack.control.send(new CreateStreamCommand({ StreamName: streamName, DataRetentionInHours: 24 }));
});
afterEach(() => stack.stop());

const timecodes = () => stack.service.dump(streamName).map(({ producerMs }) => producerMs - startedAtMs);

/** Streams until the camera's last connection was lost; each video begins 3 seconds after the one before. */
async function streamed(
  server: Omit<CameraServerOptions, 'onPlay' | 'onSent'>,
  more: Partial<StreamLiveOptions> = {},
) {
  let nowMs = startedAtMs;
  const events: LiveEvent[] = [];
  const stop = new AbortController();
  const camera = await startCamera({
    ...server,
    onPlay: (connection) => {
      nowMs = startedAtMs + connection * 3000;
    },
  });
  const address = parseCameraAddress(camera.urlWithAccount);
  if (address === undefined) throw new Error('no address');
  try {
    const counts = await streamLive({
      client: stack.control,
      streamName,
      camera: address,
      clock: () => nowMs,
      signal: stop.signal,
      intervalMs: 0,
      backoffMs: 1,
      reconnectMs: 1,
      onEvent: (event) => {
        events.push(event);
        const lost = events.filter(({ kind }) => kind === 'camera-lost').length;
        if (lost === server.connections.length) stop.abort();
      },
      ...more,
    });
    return { counts, events, camera };
  } finally {
    await camera.stop();
  }
}

async function shades(pictures: readonly number[], from = 0, to = 100) {
  const kept = stack.service.dump(streamName).slice(from, to);
  const media = Buffer.concat([kept[0]?.header ?? Buffer.alloc(0), ...kept.map(({ cluster }) => cluster)]);
  const decoded = await stack.service.decode(media, pictures);
  return decoded.map(({ rgb }) => Math.round((rgb[0] ?? 0) / 10) * 10);
}

describe('streaming a live camera', () => {
  it('goes on where the connection to the camera was cut, and keeps what came before the cut', async () => {
    const { counts, events } = await streamed({
      connections: [
        { path, cutAfterPictures: 25 },
        { path, cutAfterPictures: 30 },
      ],
      authentication: 'digest',
    });
    expect(counts).toEqual({ fragments: 6, frames: 55, dropped: 0, unkept: 0 });
    expect(timecodes()).toEqual([0, 1000, 2000, 3000, 4000, 5000]);
    expect(await shades([0, 15, 24, 25, 54])).toEqual([40, 120, 200, 40, 200]);
    expect(events).toEqual([
      { kind: 'camera-connected', width: 64, height: 48 },
      { kind: 'camera-lost', code: 'cut', retryMs: 1 },
      { kind: 'camera-connected', width: 64, height: 48 },
      { kind: 'camera-lost', code: 'cut', retryMs: 1 },
    ]);
  });

  it('leaves pictures out that hang on a lost packet, and goes on with the next keyframe', async () => {
    const isDamaged = (packet: Buffer) => {
      // A part of a slice of the twelfth picture.
      if (packet.readUInt32BE(4) === 11 * 9000 - 0x100) packet.writeUInt8(0x7d, 12);
      return packet;
    };
    const { counts } = await streamed({ connections: [{ path, cutAfterPictures: 30, isDamaged }] });
    expect(timecodes()).toEqual([0, 1000, 2000]);
    expect(counts).toMatchObject({ fragments: 3, frames: 21 });
  });

  it('waits longer each time for a camera that gives nothing', async () => {
    const { events } = await streamed({
      connections: [
        ...[1, 2, 3, 4].map(() => ({ path, cutAfterPictures: 0 })),
        { path, cutAfterPictures: 30 },
      ],
    });
    expect(events.flatMap((event) => (event.kind === 'camera-lost' ? [event.retryMs] : []))).toEqual([
      1, 2, 4, 8, 1,
    ]);
  });

  it('begins a new session when the camera changed its pictures', async () => {
    const wide = await files.encode('wide.h264', [80, 160], { width: 96, height: 72 });
    const { counts, events } = await streamed({
      connections: [
        { path, cutAfterPictures: 20 },
        { path: wide, cutAfterPictures: 20 },
      ],
    });
    expect(counts).toMatchObject({ fragments: 4, frames: 40, unkept: 0 });
    expect(timecodes()).toEqual([0, 1000, 3000, 4000]);
    expect(events.at(-2)).toEqual({ kind: 'camera-connected', width: 96, height: 72 });
    expect(await shades([0, 19], 0, 2)).toEqual([40, 120]);
    expect(await shades([0, 19], 2)).toEqual([80, 160]);
  });

  it('puts nothing on the stream twice when a camera ran ahead of the clock', async () => {
    // The second video begins 3 seconds after the first, which is by then 2.9 and, shifted, 4.9 seconds long.
    const { counts } = await streamed({
      connections: [
        { path, cutAfterPictures: 30, shiftMs: (picture) => (picture < 10 ? 0 : 2000) },
        { path, cutAfterPictures: 30 },
      ],
    });
    expect(timecodes()).toEqual([0, 3000, 4000, 5000]);
    expect(counts).toEqual({ fragments: 4, frames: 40, dropped: 0, unkept: 0 });
  });

  it('ends with the fault when the camera does not let it in, and asks no further', async () => {
    const camera = await startCamera({ connections: [{ path }], authentication: 'digest' });
    const address = parseCameraAddress(camera.url.replace('rtsp://', 'rtsp://agent:wrong@'));
    if (address === undefined) throw new Error('no address');
    const streaming = streamLive({
      client: stack.control,
      streamName,
      camera: address,
      clock: () => startedAtMs,
      signal: new AbortController().signal,
    });
    await expect(streaming).rejects.toMatchObject({ code: 'no-entry' });
    expect(camera.connections()).toBe(1);
    await camera.stop();
  });

  it('stops in time when the stream takes nothing, drops the oldest, and says what was not kept', async () => {
    stack.iam.refuse('kinesisvideo:PutMedia');
    const { counts, events } = await streamed(
      { connections: [{ path, cutAfterPictures: 30 }] },
      { stopMsMax: 50, waitingBytesMax: 1, bufferBytesMax: 1 },
    );
    // One is in the producer's hands, the newest is always kept.
    expect(counts).toEqual({ fragments: 0, frames: 0, dropped: 1, unkept: 2 });
    expect(events).toContainEqual({
      kind: 'fragment-dropped',
      timecodeMs: startedAtMs + 1000,
      lengthMs: 900,
    });
    expect(events).toContainEqual({ kind: 'stream-lost', error: 'AccessDeniedException' });
  });
});

it('is a command of the agent, which ends with its counts on SIGTERM and says no password', async () => {
  const camera = await startCamera({ connections: [{ path }], authentication: 'digest' });
  const agent = spawn(
    process.execPath,
    ['--import', 'tsx', join('edge', 'main.ts'), 'stream', '--video', camera.url, '--stream', streamName],
    {
      env: {
        PATH: process.env.PATH,
        AWS_REGION: region,
        AWS_ACCESS_KEY_ID: testCredentials.keys.accessKeyId,
        AWS_SECRET_ACCESS_KEY: testCredentials.keys.secretAccessKey,
        AWS_ENDPOINT_URL: stack.url,
        CAMERA_USERNAME: account.username,
        CAMERA_PASSWORD: account.password,
      },
    },
  );
  let kept = 0;
  stack.service.onFragment(streamName, () => {
    kept++;
    if (kept === 2) agent.kill('SIGTERM');
  });
  const out: Buffer[] = [];
  const complaints: Buffer[] = [];
  agent.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  agent.stderr.on('data', (chunk: Buffer) => complaints.push(chunk));
  const status = await new Promise((resolve) => agent.on('close', resolve));
  await camera.stop();
  expect(Buffer.concat(complaints).toString()).not.toContain('secret');
  expect(Buffer.concat(out).toString()).toBe(
    [
      '{"kind":"camera-connected","width":64,"height":48}\n',
      '{"fragments":3,"frames":30,"dropped":0,"unkept":0}\n',
    ].join(''),
  );
  expect(status).toBe(0);
  expect(camera.methods().at(-1)).toBe('TEARDOWN');
}, 30_000);
