import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PlateIndexCompaction } from '../../../adapters/plate-index/compaction';
import { StoredPlateIndex } from '../../../adapters/plate-index/plate-index';
import { StoreError } from '../../../adapters/stores/store-error';
import type { PlatePattern } from '../../../core/plate/pattern';
import { captureDay } from '../../../core/retention/day';
import { madePlate } from '../../core/plate/made-plate';
import { capturedAtMs } from '../../core/reads/made-read';
import { type S3Stack, startS3 } from '../../local/s3/support';
import { madeDayKeys } from '../made-day-keys';

let s3: S3Stack;
let bucket: string;
let nowMs: number;

beforeEach(async () => {
  nowMs = capturedAtMs;
  s3 = await startS3();
  bucket = await s3.bucket();
});
afterEach(() => s3.stop());

const day = captureDay(capturedAtMs);
const made = () => ({ s3: s3.client, bucket, dayKeys: madeDayKeys(() => nowMs) });
const put = (network: string, batch: string, ...plates: string[]) =>
  new StoredPlateIndex(made()).put(day, network, batch, plates.map(madePlate));
const compact = (options = {}) =>
  new PlateIndexCompaction({ ...made(), ...options }).compact(day, 'bloomington', 2);
const find = async () =>
  (await new StoredPlateIndex(made()).find([day], ['bloomington'], 'TEST*' as PlatePattern)).plates;
const names = () => s3.s3.dump(bucket).map(({ key }) => key);

describe('the compaction of the plate index', () => {
  it('leaves one segment of a day and network with every plate of the many, and touches no other', async () => {
    await put('bloomington', '1', 'TEST123', 'TEST124');
    await put('bloomington', '2', 'TEST124', 'TE?T125');
    await put('normal', '1', 'TEST126');
    await put('normal', '2', 'TEST127');
    expect(await compact()).toEqual({ kind: 'compacted', segments: 2, unreadable: 0 });
    expect(await find()).toEqual(['TE?T125', 'TEST123', 'TEST124']);
    expect(names().map((name) => name.split('/')[1])).toEqual(['bloomington', 'normal', 'normal']);
  });

  it('leaves fewer segments than asked for as they are', async () => {
    await put('bloomington', '1', 'TEST123');
    const before = names();
    expect(await compact()).toEqual({ kind: 'left', unreadable: 0 });
    expect(names()).toEqual(before);
  });

  it.each(['PutObjectCommand', 'DeleteObjectsCommand'])(
    'loses no plate when it dies at %s, and ends with one segment when it is run again',
    async (step) => {
      await put('bloomington', '1', 'TEST123');
      await put('bloomington', '2', 'TEST124');
      let isDying = true;
      s3.client.middlewareStack.add(
        (next, { commandName }) =>
          (args) =>
            commandName === step && isDying ? Promise.reject(new Error('made up')) : next(args),
        { step: 'initialize' },
      );
      await expect(compact()).rejects.toThrow(StoreError);
      expect(await find()).toEqual(['TEST123', 'TEST124']);
      isDying = false;
      await compact();
      expect(await find()).toEqual(['TEST123', 'TEST124']);
      expect(names()).toHaveLength(1);
    },
  );

  it('loses no plate when two run at once', async () => {
    for (let batch = 1; batch <= 6; batch++) await put('bloomington', String(batch), `TEST12${batch}`);
    await Promise.all([compact(), compact()]);
    expect(await find()).toEqual(['TEST121', 'TEST122', 'TEST123', 'TEST124', 'TEST125', 'TEST126']);
  });

  it('removes nothing that came while it ran', async () => {
    await put('bloomington', '1', 'TEST123');
    await put('bloomington', '2', 'TEST124');
    let isLate = true;
    s3.client.middlewareStack.add(
      (next, { commandName }) =>
        async (args) => {
          if (commandName === 'PutObjectCommand' && isLate) {
            isLate = false;
            await put('bloomington', '2', 'TEST125');
          }
          return next(args);
        },
      { step: 'initialize' },
    );
    await compact();
    expect(await find()).toEqual(['TEST123', 'TEST124', 'TEST125']);
  });

  it('leaves what does not open where it is, and says so', async () => {
    await put('bloomington', '1', 'TEST123');
    await put('bloomington', '2', 'TEST124');
    await s3.client.send(
      new PutObjectCommand({ Bucket: bucket, Key: `${day}/bloomington/0`, Body: 'noise' }),
    );
    expect(await compact()).toEqual({ kind: 'compacted', segments: 2, unreadable: 1 });
    expect(names()).toContain(`${day}/bloomington/0`);
    expect(await compact()).toEqual({ kind: 'left', unreadable: 1 });
  });

  it('takes no more than its bound in one step', async () => {
    for (let batch = 1; batch <= 5; batch++) await put('bloomington', String(batch), `TEST12${batch}`);
    expect(await compact({ segmentsMax: 3 })).toMatchObject({ segments: 3 });
    expect(names()).toHaveLength(3);
    expect(await find()).toHaveLength(5);
  });

  it('writes nothing for a day that is forgotten [Storage-A]', async () => {
    await put('bloomington', '1', 'TEST123');
    await put('bloomington', '2', 'TEST124');
    const before = names();
    nowMs = Date.parse('2026-12-01T22:00:00Z');
    expect(await compact()).toEqual({ kind: 'forgotten' });
    expect(names()).toEqual(before);
  });
});
