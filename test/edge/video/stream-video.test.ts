import {
  CreateStreamCommand,
  KinesisVideoClient,
  UpdateImageGenerationConfigurationCommand,
} from '@aws-sdk/client-kinesis-video';
import { GetImagesCommand } from '@aws-sdk/client-kinesis-video-archived-media';
import { streamVideoFile } from '../../../edge/video/stream-video';
import { shadeOf, startVideo, type VideoStack } from '../../local/kinesis-video/support';
import { clientConfig } from '../../local/support';
import { CameraFiles } from './camera-files';
import { startCuttingProxy } from './cutting-proxy';

const files = new CameraFiles();
afterAll(() => files.remove());
const streamName = 'camera-1';
const startedAtMs = 1_900_000_000_000;

let stack: VideoStack;
beforeEach(async () => {
  stack = await startVideo();
  await stack.control.send(new CreateStreamCommand({ StreamName: streamName, DataRetentionInHours: 24 }));
});
afterEach(() => stack.stop());

const common = { streamName, clock: () => Date.now(), intervalMs: 0, backoffMs: 1 };
const timecodes = () => stack.service.dump(streamName).map(({ producerMs }) => producerMs - startedAtMs);

describe('streaming a video', () => {
  let path: string;
  beforeAll(async () => {
    path = await files.encode('street.mp4', [40, 80, 120, 160, 200]);
  });

  it('brings every picture into the cloud undamaged, and images of it into the bucket', async () => {
    await stack.control.send(
      new UpdateImageGenerationConfigurationCommand({
        StreamName: streamName,
        ImageGenerationConfiguration: {
          Status: 'ENABLED',
          ImageSelectorType: 'PRODUCER_TIMESTAMP',
          DestinationConfig: { Uri: `s3://frames/${streamName}`, DestinationRegion: 'us-east-2' },
          SamplingInterval: 500,
          Format: 'JPEG',
        },
      }),
    );
    const counts = await streamVideoFile({ ...common, client: stack.control, path, startedAtMs });
    expect(counts).toEqual({
      fragments: 5,
      frames: 50,
      rejected: 0,
      sessions: 1,
      startedAtMs,
      lengthMs: 4900,
    });
    expect(timecodes()).toEqual([0, 1000, 2000, 3000, 4000]);
    const kept = stack.service.dump(streamName);
    const media = Buffer.concat([kept[0]?.header ?? Buffer.alloc(0), ...kept.map(({ cluster }) => cluster)]);
    const pictures = await stack.service.decode(media, [0, 49]);
    expect(pictures.map(({ rgb }) => Math.round((rgb[0] ?? 0) / 10) * 10)).toEqual([40, 200]);
    await stack.service.idle();
    expect(stack.images).toHaveLength(10);
  });

  it('dates a file as having ended now, unless it is told otherwise', async () => {
    const clock = () => startedAtMs;
    const counts = await streamVideoFile({ ...common, clock, client: stack.control, path });
    expect(counts.startedAtMs).toBe(startedAtMs - 4900);
  });

  /** Streams the file through a network that cuts after so many bytes; what arrived, and what arrived too often. */
  async function throughCuts(cutsAfterBytes: readonly number[]) {
    const own = await startVideo();
    await own.control.send(new CreateStreamCommand({ StreamName: streamName, DataRetentionInHours: 24 }));
    const proxy = await startCuttingProxy(own.url, cutsAfterBytes);
    const client = new KinesisVideoClient(clientConfig(proxy.url));
    const acknowledged = new Set<number>();
    const sentAgain: number[] = [];
    own.service.onFragment(streamName, ({ producerMs }) => {
      if (acknowledged.has(producerMs)) sentAgain.push(producerMs);
    });
    try {
      const counts = await streamVideoFile({
        ...common,
        client,
        path,
        startedAtMs,
        onPersisted: ({ timecodeMs }) => void acknowledged.add(timecodeMs),
      });
      const kept = own.service.dump(streamName).map(({ producerMs }) => producerMs - startedAtMs);
      return { counts, kept, sentAgain, connections: proxy.connections(), bytes: proxy.bytes() };
    } finally {
      client.destroy();
      proxy.close();
      await own.stop();
    }
  }

  it('loses no fragment to a connection that is cut anywhere, and sends none again that was acknowledged', async () => {
    const whole = await throughCuts([]);
    expect(whole).toMatchObject({ kept: [0, 1000, 2000, 3000, 4000], connections: 1 });
    for (let part = 1; part < 10; part++) {
      const cut = Math.floor((whole.bytes * part) / 10);
      const { counts, kept, sentAgain, connections } = await throughCuts([cut, Math.floor(cut / 2)]);
      expect(counts).toMatchObject({ fragments: 5, frames: 50, rejected: 0 });
      expect([...new Set(kept)].sort((a, b) => a - b)).toEqual([0, 1000, 2000, 3000, 4000]);
      expect(sentAgain).toEqual([]);
      expect(connections).toBeGreaterThan(1);
    }
  }, 30_000);

  it('shows pictures of a fragment that hang on the fragment before', async () => {
    const shades = Array.from({ length: 12 }, (_, second) => (second < 10 ? 40 : 200));
    const long = await files.encode('long.mp4', shades, { keyframeSeconds: 12 });
    await streamVideoFile({ ...common, client: stack.control, path: long, startedAtMs });
    expect(timecodes()).toEqual([0, 9600]);
    const { Images = [] } = await stack.archive.send(
      new GetImagesCommand({
        StreamName: streamName,
        ImageSelectorType: 'PRODUCER_TIMESTAMP',
        StartTimestamp: new Date(startedAtMs + 9600),
        EndTimestamp: new Date(startedAtMs + 11_000),
        SamplingInterval: 1000,
        Format: 'JPEG',
      }),
    );
    const seen = await Promise.all(
      Images.map(({ ImageContent = '' }) => shadeOf(Buffer.from(ImageContent, 'base64'))),
    );
    expect(seen.map((shade) => Math.round(shade / 20) * 20)).toEqual([40, 200]);
  });

  it('gives up after its tries when the stream is out of reach, naming the cause', async () => {
    stack.iam.refuse('kinesisvideo:PutMedia');
    await expect(
      streamVideoFile({ ...common, client: stack.control, path, failuresMax: 3 }),
    ).rejects.toMatchObject({ code: 'out-of-reach', cause: { name: 'AccessDeniedException' } });
    expect(stack.iam.calls.filter(({ action }) => action === 'kinesisvideo:PutMedia')).toHaveLength(3);
  });
});
