import net from 'node:net';
import {
  CreateStreamCommand,
  DeleteStreamCommand,
  DescribeImageGenerationConfigurationCommand,
  DescribeStreamCommand,
  GetDataEndpointCommand,
  ListStreamsCommand,
  TagStreamCommand,
  UpdateImageGenerationConfigurationCommand,
} from '@aws-sdk/client-kinesis-video';
import {
  GetImagesCommand,
  GetMediaForFragmentListCommand,
  ListFragmentsCommand,
} from '@aws-sdk/client-kinesis-video-archived-media';
import { GetMediaCommand } from '@aws-sdk/client-kinesis-video-media';
import sharp from 'sharp';
import { findFfmpeg } from '../../../local/kinesis-video/decoder';
import {
  cluster,
  liveMatroska,
  number,
  putMedia,
  requestHead,
  shadeOf,
  smallHeader,
  startVideo,
  type VideoStack,
} from './support';

const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';
const streamArn = 'arn:aws:kinesisvideo:us-east-2:000000000000:stream/camera-1/1';
const named = { StreamName: 'camera-1' };

let stack: VideoStack;
beforeEach(async () => {
  stack = await startVideo();
});
afterEach(() => stack.stop());

const create = (more: object = {}) =>
  stack.control.send(new CreateStreamCommand({ ...named, DataRetentionInHours: 24, ...more }));
const list = async (more: object = {}) =>
  (await stack.archive.send(new ListFragmentsCommand({ ...named, ...more }))).Fragments ?? [];
const types = (acknowledgements: readonly Record<string, unknown>[]) =>
  acknowledgements.map(({ EventType, FragmentTimecode }) => `${EventType} ${FragmentTimecode}`);

describe('a video stream', () => {
  it('is made, described and found by name and by ARN', async () => {
    expect(await create({ KmsKeyId: keyArn, MediaType: 'video/h264' })).toMatchObject({
      StreamARN: streamArn,
    });
    const { StreamInfo } = await stack.control.send(new DescribeStreamCommand({ StreamARN: streamArn }));
    expect(StreamInfo).toMatchObject({
      StreamName: 'camera-1',
      StreamARN: streamArn,
      Status: 'ACTIVE',
      DataRetentionInHours: 24,
      KmsKeyId: keyArn,
      MediaType: 'video/h264',
      CreationTime: new Date(stack.clock.now()),
    });
    const { StreamInfoList } = await stack.control.send(new ListStreamsCommand({}));
    expect(StreamInfoList?.map(({ StreamName }) => StreamName)).toEqual(['camera-1']);
    const { DataEndpoint } = await stack.control.send(
      new GetDataEndpointCommand({ ...named, APIName: 'PUT_MEDIA' }),
    );
    expect(DataEndpoint).toBe(stack.url);
  });

  it('is made once, and gone when deleted', async () => {
    await create();
    await expect(create()).rejects.toMatchObject({ name: 'ResourceInUseException' });
    await stack.control.send(new DeleteStreamCommand({ StreamARN: streamArn }));
    await expect(list()).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is being made for a while, in which it takes no video and no settings', async () => {
    const slow = await startVideo({ creatingMs: 60_000 });
    const update = new UpdateImageGenerationConfigurationCommand(named);
    try {
      await slow.control.send(new CreateStreamCommand(named));
      const { StreamInfo } = await slow.control.send(new DescribeStreamCommand(named));
      expect(StreamInfo?.Status).toBe('CREATING');
      await expect(slow.control.send(update)).rejects.toMatchObject({ name: 'ResourceInUseException' });
      expect(await putMedia(slow, [])).toMatchObject({ status: 400, errorType: 'ResourceInUseException' });
    } finally {
      await slow.stop();
    }
  });

  it('is active when that while is over', async () => {
    const slow = await startVideo({ creatingMs: 40 });
    const seen = new Set<string | undefined>();
    await slow.control.send(new CreateStreamCommand(named));
    while (!seen.has('ACTIVE')) {
      const { StreamInfo } = await slow.control.send(new DescribeStreamCommand(named));
      seen.add(StreamInfo?.Status);
    }
    expect([...seen]).toEqual(['CREATING', 'ACTIVE']);
    expect(await putMedia(slow, [smallHeader, cluster(1000, [0])])).toMatchObject({ status: 200 });
    await slow.stop();
  });

  it('refuses what its caller may not do, in the words of IAM', async () => {
    await create();
    stack.iam.refuse('kinesisvideo:DescribeStream');
    await expect(stack.control.send(new DescribeStreamCommand(named))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`kinesisvideo:DescribeStream on resource: ${streamArn}`),
    });
    stack.iam.refuse('kinesisvideo:PutMedia');
    expect(await putMedia(stack, [])).toMatchObject({ status: 401, errorType: 'AccessDeniedException' });
  });

  it('says which operation is not modelled', async () => {
    await create();
    await expect(
      stack.control.send(new TagStreamCommand({ ...named, Tags: { a: 'b' } })),
    ).rejects.toMatchObject({
      name: 'UnknownOperationException',
      message: 'the local kinesis-video does not model tagStream',
    });
  });
});

describe('PutMedia', () => {
  it('acknowledges each fragment of a live encoder, and the archive has them', async () => {
    await create();
    const startedAtMs = Date.parse('2030-05-01T12:00:00Z');
    const { status, acknowledgements } = await putMedia(stack, [await liveMatroska(40, 120, 200)], {
      'x-amzn-fragment-timecode-type': 'RELATIVE',
      'x-amzn-producer-start-timestamp': String(startedAtMs / 1000),
    });
    expect(status).toBe(200);
    expect(types(acknowledgements)).toEqual([
      'BUFFERING 0',
      'RECEIVED 0',
      'PERSISTED 0',
      'BUFFERING 1000',
      'RECEIVED 1000',
      'PERSISTED 1000',
      'BUFFERING 2000',
      'RECEIVED 2000',
      'PERSISTED 2000',
    ]);
    const fragments = await list();
    expect(fragments.map(({ FragmentNumber }) => FragmentNumber)).toEqual(
      acknowledgements.flatMap(({ EventType, FragmentNumber }) =>
        EventType === 'PERSISTED' ? [FragmentNumber] : [],
      ),
    );
    expect(fragments.map(({ ProducerTimestamp }) => ProducerTimestamp?.toISOString())).toEqual([
      '2030-05-01T12:00:00.000Z',
      '2030-05-01T12:00:01.000Z',
      '2030-05-01T12:00:02.000Z',
    ]);
    expect(fragments[0]).toMatchObject({
      FragmentLengthInMilliseconds: 900,
      ServerTimestamp: new Date(stack.clock.now()),
    });
  });

  it('takes a stream in pieces of any length', async () => {
    await create();
    const media = Buffer.concat([smallHeader, cluster(1000, [0, 400]), cluster(2000, [0], ['place'])]);
    const pieces = [...media].map((byte) => Buffer.from([byte]));
    const { acknowledgements } = await putMedia(stack, pieces);
    expect(types(acknowledgements).filter((type) => type.startsWith('PERSISTED'))).toEqual([
      'PERSISTED 1000',
      'PERSISTED 2000',
    ]);
    const kept = stack.service.dump('camera-1');
    expect(kept.map(({ lengthMs, tags }) => [lengthMs, [...tags.keys()]])).toEqual([
      [400, []],
      [0, ['place']],
    ]);
  });

  it.each([
    ['out of order', [cluster(2000, [0]), cluster(1000, [0])], 4004, 1000],
    ['longer than 10 seconds', [cluster(1000, [0, 10_001])], 4002, 1000],
    ['without a frame', [cluster(1000, [])], 4011, 1000],
    ['of no known track', [cluster(1000, [0]).map((byte) => (byte === 0x81 ? 0x82 : byte))], 4010, 1000],
    ['with more than 10 tags', [cluster(1000, [0], [...'abcdefghijk'])], 4009, 1000],
    ['that is no Matroska', [Buffer.from('not a video, but some text')], 4006, undefined],
    ['that ends inside an element', [cluster(1000, [0]).subarray(0, -1)], 4006, 1000],
  ])('refuses a fragment %s, and ends', async (_, media, ErrorId, FragmentTimecode) => {
    await create();
    const { acknowledgements } = await putMedia(stack, [
      smallHeader,
      ...media.map((part) => Buffer.from(part)),
    ]);
    expect(acknowledgements.at(-1)).toMatchObject({ EventType: 'ERROR', ErrorId });
    expect(acknowledgements.at(-1)?.FragmentTimecode).toBe(FragmentTimecode);
    expect(stack.service.dump('camera-1').every(({ timecodeMs }) => timecodeMs === 2000)).toBe(true);
  });

  it('needs a signature, a stream that exists, and sound headers', async () => {
    expect(await putMedia(stack, [])).toMatchObject({ status: 404, errorType: 'ResourceNotFoundException' });
    await create();
    expect(await putMedia(stack, [], { 'x-amzn-fragment-timecode-type': 'OTHER' })).toMatchObject({
      status: 400,
      errorType: 'InvalidArgumentException',
    });
    const late = { url: stack.url, clock: { ...stack.clock, now: () => stack.clock.now() - 16 * 60_000 } };
    expect(await putMedia(late, [])).toMatchObject({ status: 403, errorType: 'RequestTimeTooSkewed' });
    const unsigned = await fetch(`${stack.url}/putMedia`, { method: 'POST', body: 'x' });
    expect(unsigned.status).toBe(403);
  });

  it('asks for the right to the stream’s key, of writer and reader', async () => {
    await create({ KmsKeyId: keyArn });
    await putMedia(stack, [smallHeader, cluster(1000, [0])]);
    expect(stack.iam.calls).toContainEqual(
      expect.objectContaining({
        action: 'kms:GenerateDataKey',
        resource: keyArn,
        context: expect.objectContaining({
          'kms:ViaService': 'kinesisvideo.us-east-2.amazonaws.com',
          'kms:EncryptionContext:aws:kinesisvideo:arn': streamArn,
        }),
      }),
    );
    stack.iam.refuse('kms:Decrypt');
    const [fragment] = await list();
    await expect(
      stack.archive.send(
        new GetMediaForFragmentListCommand({ ...named, Fragments: [fragment?.FragmentNumber ?? ''] }),
      ),
    ).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    stack.iam.refuse('kms:GenerateDataKey');
    expect(await putMedia(stack, [])).toMatchObject({ status: 401, errorType: 'NotAuthorizedException' });
  });

  it('keeps nothing where the stream has no retention, and says so by not persisting', async () => {
    await create({ DataRetentionInHours: 0 });
    const { acknowledgements } = await putMedia(stack, [smallHeader, cluster(1000, [0])]);
    expect(types(acknowledgements)).toEqual(['BUFFERING 1000', 'RECEIVED 1000']);
    await expect(list()).rejects.toMatchObject({ name: 'NoDataRetentionException' });
  });

  it('ends a session in which nothing moves', async () => {
    const quick = await startVideo({ idleMsMax: 20 });
    await quick.control.send(new CreateStreamCommand(named));
    const { status, acknowledgements } = await putMedia(quick, [smallHeader], {}, { isLeftOpen: true });
    expect([status, acknowledgements]).toEqual([200, []]);
    await quick.stop();
  });

  it('drops what a cut connection leaves unfinished, and keeps what was whole', async () => {
    await create();
    const whole = Buffer.concat([smallHeader, cluster(1000, [0]), cluster(2000, [0])]);
    const isKept = new Promise<void>((resolve) => {
      stack.service.onFragment('camera-1', () => resolve());
    });
    const { hostname, port } = new URL(stack.url);
    const socket = net.connect({ host: hostname, port: Number(port) });
    socket.write(await requestHead(stack));
    socket.write(`${whole.length.toString(16)}\r\n`);
    socket.write(whole);
    await isKept;
    socket.destroy();
    expect((await list()).map(({ ProducerTimestamp }) => ProducerTimestamp?.getTime())).toEqual([1000]);
  });
});

describe('the archive', () => {
  it('finds fragments by time and page by page', async () => {
    await create();
    await putMedia(stack, [smallHeader, ...[1000, 2000, 3000, 4000].map((ms) => cluster(ms, [0]))]);
    const FragmentSelector = {
      FragmentSelectorType: 'PRODUCER_TIMESTAMP',
      TimestampRange: { StartTimestamp: new Date(2000), EndTimestamp: new Date(4000) },
    } as const;
    const first = await stack.archive.send(
      new ListFragmentsCommand({ ...named, FragmentSelector, MaxResults: 2 }),
    );
    const second = await stack.archive.send(
      new ListFragmentsCommand({ ...named, FragmentSelector, MaxResults: 2, NextToken: first.NextToken }),
    );
    const times = [first, second].map(({ Fragments }) =>
      Fragments?.map((f) => f.ProducerTimestamp?.getTime()),
    );
    expect(times).toEqual([[2000, 3000], [4000]]);
    expect(second.NextToken).toBeUndefined();
  });

  it('forgets a fragment when its retention is over, by the virtual clock [Storage-A]', async () => {
    await create({ DataRetentionInHours: 1 });
    await putMedia(stack, [smallHeader, cluster(1000, [0])]);
    stack.clock.advance(3_599_999);
    expect(stack.service.sweep()).toBe(0);
    expect(await list()).toHaveLength(1);
    stack.clock.advance(1);
    expect(stack.service.sweep()).toBe(1);
    expect(await list()).toEqual([]);
  });

  it('gives the media of fragments back as one playable video', async () => {
    await create();
    await putMedia(stack, [await liveMatroska(40, 120, 200)]);
    const numbers = (await list()).flatMap(({ FragmentNumber }) => FragmentNumber ?? []);
    const { Payload, ContentType } = await stack.archive.send(
      new GetMediaForFragmentListCommand({ ...named, Fragments: numbers.slice(1) }),
    );
    expect(ContentType).toBe('video/webm');
    const bytes = Buffer.from((await Payload?.transformToByteArray()) ?? []);
    const frames = await stack.service.decode(bytes, [0, 10]);
    expect(frames.map(({ width, height }) => [width, height])).toEqual([
      [64, 48],
      [64, 48],
    ]);
    expect(bytes.includes(Buffer.from('AWS_KINESISVIDEO_FRAGMENT_NUMBER'))).toBe(true);
    await expect(
      stack.archive.send(new GetMediaForFragmentListCommand({ ...named, Fragments: ['1'] })),
    ).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('sends kept fragments and then new ones to a reader who stays', async () => {
    await create();
    await putMedia(stack, [smallHeader, cluster(1000, [0])]);
    const StartSelector = { StartSelectorType: 'EARLIEST' } as const;
    const { Payload } = await stack.media.send(new GetMediaCommand({ ...named, StartSelector }));
    await putMedia(stack, [smallHeader, cluster(2000, [0])]);
    let bytes = Buffer.alloc(0);
    for await (const chunk of Payload as AsyncIterable<Uint8Array>) {
      bytes = Buffer.concat([bytes, chunk]);
      if (bytes.includes(number(2000))) break;
    }
    expect(bytes.includes(number(1000))).toBe(true);
  });
});

describe('images on demand', () => {
  const startedAtMs = Date.parse('2030-05-01T12:00:00Z');
  const range = {
    ...named,
    ImageSelectorType: 'PRODUCER_TIMESTAMP',
    StartTimestamp: new Date(startedAtMs),
    EndTimestamp: new Date(startedAtMs + 2999),
    Format: 'JPEG',
  } as const;
  beforeEach(async () => {
    await create();
    await putMedia(stack, [await liveMatroska(40, 120, 200)], {
      'x-amzn-fragment-timecode-type': 'RELATIVE',
      'x-amzn-producer-start-timestamp': String(startedAtMs / 1000),
    });
  });

  it('show what the camera saw at each interval', async () => {
    const { Images = [] } = await stack.archive.send(
      new GetImagesCommand({ ...range, SamplingInterval: 1000 }),
    );
    expect(Images.map(({ TimeStamp }) => TimeStamp?.getTime())).toEqual([
      startedAtMs,
      startedAtMs + 1000,
      startedAtMs + 2000,
    ]);
    const pictures = Images.map(({ ImageContent = '' }) => Buffer.from(ImageContent, 'base64'));
    const shades = await Promise.all(pictures.map(shadeOf));
    for (const [index, shade] of [40, 120, 200].entries())
      expect(Math.abs((shades[index] ?? 0) - shade)).toBeLessThan(8);
    expect(await sharp(pictures[0]).metadata()).toMatchObject({ format: 'jpeg', width: 64, height: 48 });
  });

  it('come in the size and format asked for', async () => {
    const { Images = [] } = await stack.archive.send(
      new GetImagesCommand({ ...range, Format: 'PNG', WidthPixels: 32, HeightPixels: 16 }),
    );
    const picture = Buffer.from(Images[0]?.ImageContent ?? '', 'base64');
    expect(await sharp(picture).metadata()).toMatchObject({ format: 'png', width: 32, height: 16 });
  });

  it('come page by page, and say where there was no video', async () => {
    const asked = { ...range, EndTimestamp: new Date(startedAtMs + 3999), SamplingInterval: 1000 };
    const first = await stack.archive.send(new GetImagesCommand({ ...asked, MaxResults: 3 }));
    expect(first.Images?.map(({ Error: error }) => error)).toEqual([undefined, undefined, undefined]);
    const { NextToken } = first;
    const second = await stack.archive.send(new GetImagesCommand({ ...asked, MaxResults: 3, NextToken }));
    expect(second.Images).toEqual([{ Error: 'NO_MEDIA', TimeStamp: new Date(startedAtMs + 3000) }]);
    expect(second.NextToken).toBeUndefined();
  });

  it.each([
    ['of more than 300 seconds', { EndTimestamp: new Date(startedAtMs + 300_001) }],
    ['with a width and no height', { WidthPixels: 32 }],
    ['more often than 5 a second', { SamplingInterval: 199 }],
  ])('are refused for a range %s', async (_, more) => {
    await expect(stack.archive.send(new GetImagesCommand({ ...range, ...more }))).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
  });
});

describe('image generation', () => {
  const configuration = {
    Status: 'ENABLED',
    ImageSelectorType: 'PRODUCER_TIMESTAMP',
    DestinationConfig: { Uri: 's3://frames/camera-1', DestinationRegion: 'us-east-2' },
    SamplingInterval: 500,
    Format: 'JPEG',
    FormatConfig: { JPEGQuality: '95' },
  } as const;
  const configure = (more: object = {}) =>
    stack.control.send(
      new UpdateImageGenerationConfigurationCommand({
        ...named,
        ImageGenerationConfiguration: { ...configuration, ...more },
      }),
    );
  const tags = ['AWS_KINESISVIDEO_IMAGE_GENERATION'];
  /** Real video whose fragments are tagged where `isTagged` says so. */
  const tagged = async (isTagged: readonly boolean[]) => {
    await putMedia(stack, [await liveMatroska(...isTagged.map((_, index) => 40 + 80 * index))]);
    const fragments = stack.service.dump('camera-1').map(({ cluster: bytes }) => bytes);
    const header = stack.service.dump('camera-1')[0]?.header ?? Buffer.alloc(0);
    const behind = cluster(0, [], tags).subarray(cluster(0, []).length);
    return [header, ...fragments.flatMap((bytes, index) => (isTagged[index] ? [bytes, behind] : [bytes]))];
  };

  it('puts an image into the bucket at each interval of a tagged fragment, with the producer’s rights', async () => {
    await create();
    const media = await tagged([true, false, true]);
    await configure();
    expect(stack.images).toEqual([]);
    await putMedia(stack, media, {
      'x-amzn-fragment-timecode-type': 'RELATIVE',
      'x-amzn-producer-start-timestamp': '1900000000',
    });
    await stack.service.idle();
    expect(stack.service.lostImages).toEqual([]);
    expect(stack.images.map(({ key }) => key.replace(/_[0-9a-f-]{36}\.jpg$/, ''))).toEqual([
      'camera-1/000000000000_camera-1_1900000000000',
      'camera-1/000000000000_camera-1_1900000000500',
      'camera-1/000000000000_camera-1_1900000002000',
      'camera-1/000000000000_camera-1_1900000002500',
    ]);
    expect(stack.images[0]).toMatchObject({
      bucket: 'frames',
      contentType: 'image/jpeg',
      caller: { roleArn: 'arn:aws:iam::000000000000:role/test-role' },
      metadata: { aws_kinesisvideo_producer_timestamp: '1900000000000' },
    });
    const shades = await Promise.all(stack.images.map(({ body }) => shadeOf(body)));
    for (const [index, shade] of [40, 40, 200, 200].entries())
      expect(Math.abs((shades[index] ?? 0) - shade)).toBeLessThan(8);
    expect(stack.service.images.stored.get('camera-1')).toBe(4);
  });

  it('keeps its interval across fragments', async () => {
    await create();
    const media = await tagged([true, true, true]);
    await configure({ SamplingInterval: 1500 });
    await putMedia(stack, media);
    await stack.service.idle();
    expect(stack.images.map(({ key }) => /_(\d+)_[0-9a-f-]{36}/.exec(key)?.[1])).toEqual(['0', '1500']);
  });

  it.each([
    ['disabled', { Status: 'DISABLED' }],
    ['removed', null],
  ])('makes no image when %s', async (_, change) => {
    await create();
    const media = await tagged([true]);
    await configure();
    await (change === null
      ? stack.control.send(new UpdateImageGenerationConfigurationCommand(named))
      : configure(change));
    await putMedia(stack, media);
    await stack.service.idle();
    expect(stack.images).toEqual([]);
  });

  it('tells its configuration, and refuses one that AWS would refuse', async () => {
    await create();
    await configure();
    const { ImageGenerationConfiguration } = await stack.control.send(
      new DescribeImageGenerationConfigurationCommand(named),
    );
    expect(ImageGenerationConfiguration).toEqual(configuration);
    await expect(configure({ SamplingInterval: 199 })).rejects.toMatchObject({
      name: 'InvalidArgumentException',
    });
  });

  it('counts images that cannot be made or stored, and goes on', async () => {
    await create();
    const media = await tagged([true]);
    await configure();
    await putMedia(stack, [smallHeader, cluster(1000, [0], tags)]);
    await stack.service.idle();
    expect(stack.service.lostImages).toMatchObject([{ streamName: 'camera-1' }]);
    await putMedia(stack, media);
    await stack.service.idle();
    expect(stack.images).toHaveLength(2);
  });
});

it('says what is missing where there is no decoder', () => {
  const absent = () => {
    throw new Error('not found');
  };
  expect(() => findFfmpeg(absent)).toThrow('package @ffmpeg-installer/linux-x64 is installed');
});
