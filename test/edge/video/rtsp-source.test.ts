import fc from 'fast-check';
import { parseCameraAddress } from '../../../edge/video/rtsp/address';
import { openVideo } from '../../../edge/video/sources/open-video';
import { openRtsp, type RtspOptions } from '../../../edge/video/sources/rtsp';
import { VideoFault, type VideoFrame } from '../../../edge/video/video';
import { CameraFiles } from './camera-files';
import { account, type CameraServerOptions, type Connection, startCamera } from './camera-server';

const files = new CameraFiles();
let path: string;
let expected: readonly VideoFrame[];
beforeAll(async () => {
  path = await files.encode('street.h264', [40, 120, 200]);
  const file = await openVideo(path);
  expected = await collected(file.frames());
  await file.close();
});
afterAll(() => files.remove());

const startedAtMs = 1_900_000_000_000;
const clock = () => startedAtMs;

async function collected(frames: AsyncIterable<VideoFrame>): Promise<VideoFrame[]> {
  const all: VideoFrame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

type Camera = Awaited<ReturnType<typeof startCamera>>;

async function withCamera<T>(
  connection: Partial<Connection>,
  run: (camera: Camera) => Promise<T>,
  more: Partial<CameraServerOptions> = {},
): Promise<T> {
  const camera = await startCamera({ connections: [{ path, ...connection }], ...more });
  try {
    return await run(camera);
  } finally {
    await camera.stop();
  }
}

function open(url: string, more: Partial<RtspOptions> = {}) {
  const address = parseCameraAddress(url);
  if (address === undefined) throw new Error('no address');
  return openRtsp({ address, clock, ...more });
}

/** The pictures of one connection and what ended them. */
async function watched(camera: Camera, more: Partial<RtspOptions> = {}) {
  const video = await open(camera.urlWithAccount, more);
  const frames: VideoFrame[] = [];
  try {
    for await (const frame of video.frames()) frames.push(frame);
    return { video, frames, fault: undefined };
  } catch (fault) {
    return { video, frames, fault };
  }
}

const indexes = (frames: readonly VideoFrame[]) => frames.map(({ atMs }) => Math.round(atMs / 100));
const upTo = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

describe('a camera', () => {
  const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  let timersBefore: number;
  beforeEach(() => {
    timersBefore = timers();
  });
  // However a video ends, it leaves no keep-alive and no deadline behind.
  afterEach(() => expect(timers()).toBeLessThanOrEqual(timersBefore));

  it.each([
    ['lets everybody in', 'none'],
    ['asks for a password', 'basic'],
    ['asks for a digest', 'digest'],
    ['asks for a digest by SHA-256', 'digest-sha256'],
  ] as const)('that %s gives the same pictures at the same times as a file', async (_, authentication) => {
    await withCamera(
      { cutAfterPictures: 30 },
      async (camera) => {
        const { video, frames, fault } = await watched(camera);
        expect({ width: video.track.width, height: video.track.height }).toEqual({ width: 64, height: 48 });
        expect(video.startedAtMs).toBe(startedAtMs);
        expect(indexes(frames)).toEqual(upTo(0, 30));
        expect(frames.map(({ isKeyframe }) => isKeyframe)).toEqual(
          expected.map(({ isKeyframe }) => isKeyframe),
        );
        expect(frames.map(({ data }) => data.toString('hex'))).toEqual(
          expected.map(({ data }) => data.toString('hex')),
        );
        expect(fault).toMatchObject({ code: 'cut' });
      },
      { authentication },
    );
  });

  it('that asks for a digest never sees the password, nor user info in an address', async () => {
    await withCamera(
      { cutAfterPictures: 30 },
      async (camera) => {
        await watched(camera);
        expect(camera.methods()).toEqual(['OPTIONS', 'DESCRIBE', 'DESCRIBE', 'SETUP', 'PLAY']);
        const said = camera.heard.join('\n');
        expect(said).not.toContain(account.password);
        expect(said).not.toContain(Buffer.from(`agent:${account.password}`).toString('base64'));
        expect(said).not.toContain('@');
        expect(camera.heard[3]).toMatch(/^SETUP rtsp:\/\/127\.0\.0\.1:\d+\/street\/picture RTSP/);
      },
      { authentication: 'digest' },
    );
  });

  it('that refuses the password is asked once, since more could lock it', async () => {
    await withCamera(
      {},
      async (camera) => {
        const url = camera.url.replace('rtsp://', 'rtsp://agent:wrong@');
        const fault = await open(url).catch((error: unknown) => error);
        expect(fault).toMatchObject({ code: 'no-entry' });
        expect(JSON.stringify(fault) + String(fault)).not.toContain('wrong');
        expect(camera.heard.filter((request) => /^Authorization:/im.test(request))).toHaveLength(1);
        await expect(open(camera.url)).rejects.toMatchObject({ code: 'no-entry' });
      },
      { authentication: 'digest' },
    );
  });

  it('need not describe its parameter sets', async () => {
    await withCamera(
      { cutAfterPictures: 12 },
      async (camera) => expect((await watched(camera)).frames).toHaveLength(12),
      { isDescribed: false },
    );
  });

  it('whose packet is lost gives no picture that hangs on it', async () => {
    const places: number[] = [];
    const isDamaged = (packet: Buffer, index: number) => {
      const picture = (((packet.readUInt32BE(4) - 0xffff_ff00) >>> 0) / 9000) | 0;
      places[picture] = index;
      return packet;
    };
    await withCamera({ cutAfterPictures: 30, isDamaged }, (camera) => watched(camera));
    const lastPacketOf = (picture: number) => places[picture] ?? 0;
    const shownWithout = (lostPacket: number) =>
      withCamera({ cutAfterPictures: 30, lostPackets: [lostPacket] }, async (camera) =>
        indexes((await watched(camera)).frames),
      );
    expect(await shownWithout(lastPacketOf(4))).toEqual([...upTo(0, 4), ...upTo(10, 30)]);
    expect(await shownWithout(lastPacketOf(10))).toEqual([...upTo(0, 10), ...upTo(20, 30)]);
    expect(await shownWithout(lastPacketOf(0))).toEqual(upTo(10, 30));
  });

  it('that is cut off in the middle gives what it gave, then a fault', async () => {
    await withCamera({ cutAfterPictures: 17 }, async (camera) => {
      const { frames, fault } = await watched(camera);
      expect(frames).toHaveLength(17);
      expect(fault).toMatchObject({ name: 'VideoFault', code: 'cut' });
    });
  });

  it('that gives no picture, or no more, is given up', async () => {
    await withCamera({ lostPackets: upTo(0, 1000) }, async (camera) => {
      await expect(open(camera.url, { openingMsMax: 150 })).rejects.toMatchObject({ code: 'cut' });
    });
    await withCamera({}, async (camera) => {
      const { frames, fault } = await watched(camera, { silenceMsMax: 150 });
      // The last of the pictures that are there ends with the one after it, or with the connection.
      expect(frames).toHaveLength(30);
      expect(fault).toMatchObject({ code: 'cut' });
    });
  });

  it('is told that somebody still watches, and when nobody does any more', async () => {
    await withCamera(
      {},
      async (camera) => {
        const kept = camera.request('GET_PARAMETER');
        const video = await open(camera.urlWithAccount);
        await kept;
        const ended = collected(video.frames());
        await video.close();
        expect(await ended).toHaveLength(30);
        expect(camera.methods().slice(-2)).toEqual(['GET_PARAMETER', 'TEARDOWN']);
        expect(camera.heard.at(-1)).toContain('Session: made-up');
      },
      { sessionSeconds: 2, authentication: 'digest' },
    );
  });

  it("whose clock leaves the agent's is not believed", async () => {
    const shiftMs = (picture: number) => (picture < 15 ? 0 : 6000);
    await withCamera({ shiftMs }, async (camera) => {
      const { frames, fault } = await watched(camera);
      expect(frames).toHaveLength(15);
      expect(fault).toMatchObject({ code: 'cut' });
    });
  });

  it('that offers nothing that can be taken is refused', async () => {
    await withCamera(
      {},
      async (camera) => expect(open(camera.url)).rejects.toMatchObject({ code: 'not-h264' }),
      { description: 'v=0\r\nm=audio 0 RTP/AVP 0\r\n' },
    );
  });

  it('that is not there is a fault', async () => {
    const camera = await startCamera({ connections: [{ path }] });
    await camera.stop();
    await expect(open(camera.url)).rejects.toMatchObject({ code: 'cut' });
  });

  it('that sends damaged packets ends in a fault and in nothing else', async () => {
    const changes = fc.array(fc.tuple(fc.nat(120), fc.nat(40), fc.nat(255)), { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(changes, async (all) => {
        const isDamaged = (packet: Buffer, index: number) => {
          for (const [which, at, byte] of all) if (which === index && at < packet.length) packet[at] = byte;
          return packet;
        };
        await withCamera({ cutAfterPictures: 30, isDamaged }, async (camera) => {
          const end = await watched(camera).catch((error: unknown) => ({ fault: error }));
          expect(end.fault).toBeInstanceOf(VideoFault);
        });
      }),
      { numRuns: 40 },
    );
  });
});
