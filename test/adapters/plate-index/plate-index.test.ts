import {
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import { PlateIndexCompaction } from '../../../adapters/plate-index/compaction';
import { StoredPlateIndex } from '../../../adapters/plate-index/plate-index';
import { StoreError } from '../../../adapters/stores/store-error';
import { parsePattern } from '../../../core/plate/pattern';
import { captureDay, dayMs } from '../../../core/retention/day';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs } from '../../core/reads/made-read';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { madeDayKeys } from '../made-day-keys';

let s3: S3Stack;
let bucket: string;
let nowMs: number;
let index: StoredPlateIndex;
let asked: string[];

beforeEach(async () => {
  nowMs = capturedAtMs;
  s3 = await startS3();
  bucket = await s3.bucket();
  index = new StoredPlateIndex({ s3: s3.client, bucket, dayKeys: madeDayKeys(() => nowMs) });
  asked = [];
  s3.client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const { Key, Prefix } = { Key: '', Prefix: '', ...args.input };
        asked.push(`${commandName} ${Key}${Prefix}`);
        return next(args);
      },
    { step: 'initialize' },
  );
});
afterEach(() => s3.stop());

const day = captureDay(capturedAtMs);
const dayBefore = captureDay(capturedAtMs - dayMs);
const put = (network: string, id: string, plates: string[], of = day) =>
  index.put(of, network, id, plates.map(madePlate));
const search = (text: string, networks = ['bloomington'], days = [day]) => {
  const pattern = parsePattern(text);
  if (pattern === undefined) throw new Error('no pattern');
  return index.find(days, networks, pattern);
};
const find = async (...query: Parameters<typeof search>) => (await search(...query)).plates;
const nameOf = (network: string) =>
  s3.s3.dump(bucket).find(({ key }) => key.includes(`/${network}/`))?.key ?? '';
const bytesOf = async (key: string) => {
  const { Body } = await s3.client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  return Buffer.from((await Body?.transformToByteArray()) ?? []);
};

describe('the plate index', () => {
  it('finds the plates of all segments of the days and networks asked for, each once', async () => {
    await put('bloomington', '1', ['TEST123', 'TEST124', 'ABC999']);
    await put('bloomington', '2', ['TEST124', 'TEST125']);
    await put('normal', '1', ['TEST126']);
    await put('bloomington', '1', ['TEST127'], dayBefore);
    expect(await find('TEST*')).toEqual(['TEST123', 'TEST124', 'TEST125']);
    expect(await find('TEST*', ['bloomington', 'normal'], [dayBefore, day])).toEqual([
      'TEST123',
      'TEST124',
      'TEST125',
      'TEST126',
      'TEST127',
    ]);
  });

  it('neither lists nor loads segments of other networks [Access-D]', async () => {
    await put('bloomington', '1', ['TEST123']);
    await put('normal', '1', ['TEST126']);
    asked = [];
    await find('TEST*');
    expect(asked).toEqual([
      'ListObjectsV2Command 2026-11-02/bloomington/',
      `GetObjectCommand ${nameOf('bloomington')}`,
    ]);
  });

  it('holds no plate in clear in its bucket [Storage-B]', async () => {
    await put('bloomington', '1', ['TEST123']);
    const name = nameOf('bloomington');
    expect(name).toMatch(/^2026-11-02\/bloomington\/[0-9a-f-]{36}$/);
    expect((await bytesOf(name)).includes('TEST')).toBe(false);
  });

  it('has one segment of a batch that comes twice', async () => {
    await put('bloomington', '1', ['TEST123']);
    await put('bloomington', '1', ['TEST123']);
    expect(s3.s3.dump(bucket)).toHaveLength(1);
  });

  it('never puts other plates under a name that it used', async () => {
    await put('bloomington', '1', ['TEST123']);
    await put('bloomington', '1', ['TEST124']);
    expect(await find('TEST*')).toEqual(['TEST123', 'TEST124']);
  });

  it('searches an opened segment in memory, and finds new ones', async () => {
    await put('bloomington', '1', ['TEST123']);
    await find('TEST*');
    const first = nameOf('bloomington');
    await put('bloomington', '2', ['TEST124']);
    asked = [];
    expect(await find('TEST*')).toEqual(['TEST123', 'TEST124']);
    expect(asked).toEqual([
      'ListObjectsV2Command 2026-11-02/bloomington/',
      `GetObjectCommand ${s3.s3.dump(bucket).find(({ key }) => key !== first)?.key}`,
    ]);
    expect(index.openedSegments).toBe(2);
  });

  it('finds nothing of a forgotten day and holds nothing of it in memory either [Storage-A]', async () => {
    await put('bloomington', '1', ['TEST123']);
    expect(await find('TEST*')).toEqual(['TEST123']);
    expect(index.openedSegments).toBe(1);
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await find('TEST*', ['bloomington'], [captureDay(nowMs)])).toEqual([]);
    expect(index.openedSegments).toBe(0);
    expect(await find('TEST*')).toEqual([]);
    expect(await put('bloomington', '2', ['TEST124'])).toBe('forgotten');
  });

  it('opens no segment under another network’s name, counts it, and searches the others', async () => {
    await put('normal', '1', ['TEST126']);
    await put('bloomington', '2', ['TEST124']);
    const stolen = await bytesOf(nameOf('normal'));
    await s3.client.send(
      new PutObjectCommand({ Bucket: bucket, Key: '2026-11-02/bloomington/1', Body: stolen }),
    );
    await s3.client.send(
      new PutObjectCommand({ Bucket: bucket, Key: '2026-11-02/bloomington/3', Body: 'noise' }),
    );
    expect(await search('TEST*')).toEqual({ plates: ['TEST124'], unreadable: 2 });
  });

  it('opens segments of all days and networks at once, 32 at most', async () => {
    for (let n = 10; n < 50; n++)
      await put('bloomington', String(n), [`TEST1${n}`], n < 30 ? day : dayBefore);
    let underWay = 0;
    let most = 0;
    s3.client.middlewareStack.add(
      (next) => async (args) => {
        most = Math.max(most, ++underWay);
        return next(args).finally(() => underWay--);
      },
      { step: 'initialize' },
    );
    expect(await find('TEST*', ['bloomington'], [dayBefore, day])).toHaveLength(40);
    expect(most).toBe(32);
  });

  it('keeps opened segments within its memory and finds every plate all the same', async () => {
    index = new StoredPlateIndex({
      s3: s3.client,
      bucket,
      dayKeys: madeDayKeys(() => nowMs),
      keptBytesMax: 10_000,
    });
    for (let n = 1; n <= 5; n++) await put('bloomington', String(n), [`TEST12${n}`]);
    for (let time = 0; time < 2; time++) {
      expect(await find('TEST*')).toHaveLength(5);
      expect(index.openedSegments).toBe(2);
    }
  });

  it.each(['s3:PutObject', 's3:GetObject', 's3:ListBucket'])(
    'is an error, not an empty answer, when %s is refused',
    async (action) => {
      await put('bloomington', '1', ['TEST123']);
      s3.iam.refuse(action);
      const use = action === 's3:PutObject' ? put('bloomington', '2', ['TEST124']) : find('TEST*');
      await expect(use).rejects.toThrow(StoreError);
    },
  );

  it('finds nothing of a segment that was purged from the bucket, opened or not', async () => {
    await put('bloomington', '1', ['TEST123']);
    await find('TEST*');
    await s3.client.send(new DeleteObjectCommand({ Bucket: bucket, Key: nameOf('bloomington') }));
    expect(await find('TEST*')).toEqual([]);
    expect(index.openedSegments).toBe(0);
  });

  it('misses nothing when segments are put together between listing and loading [Def]', async () => {
    const compaction = new PlateIndexCompaction({
      s3: s3.client,
      bucket,
      dayKeys: madeDayKeys(() => nowMs),
    });
    await put('bloomington', '1', ['TEST123']);
    await put('bloomington', '2', ['TEST124']);
    let compactions = 0;
    s3.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          const answer = await next(args);
          // One listing is that of the compaction itself.
          if (commandName === 'ListObjectsV2Command' && compactions++ === 0)
            await compaction.compact(day, 'bloomington', 2);
          return answer;
        },
      { step: 'initialize' },
    );
    expect(await search('TEST*')).toEqual({ plates: ['TEST123', 'TEST124'], unreadable: 0 });
  });

  it('says that something may be missing when a day is rewritten again and again', async () => {
    await put('bloomington', '1', ['TEST123']);
    let rewritten = 0;
    s3.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName !== 'GetObjectCommand') return next(args);
          const before = s3.s3.dump(bucket).map(({ key }) => ({ Key: key }));
          await s3.client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects: before } }));
          await put('bloomington', String(++rewritten), [`TEST20${rewritten}`]);
          return next(args);
        },
      { step: 'initialize' },
    );
    expect(await search('TEST*')).toEqual({ plates: [], unreadable: 1 });
    expect(rewritten).toBe(4);
  });

  it('ends at as many plates as it was told, the newest days first', async () => {
    index = new StoredPlateIndex({
      s3: s3.client,
      bucket,
      dayKeys: madeDayKeys(() => nowMs),
      platesMax: 2,
    });
    await put('bloomington', '1', ['TEST121', 'TEST122', 'TEST123'], dayBefore);
    await put('bloomington', '1', ['TEST124', 'TEST125']);
    expect(await find('TEST*', ['bloomington'], [dayBefore, day])).toEqual(['TEST124', 'TEST125']);
  });
});
