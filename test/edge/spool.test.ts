import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSpool, type SpoolOptions } from '../../edge/spool';

const dayMs = 86_400_000;
let folder: string;
let nowMs: number;
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'spool-')), 'spool');
  nowMs = 1_790_000_000_000;
});
afterEach(() => rm(join(folder, '..'), { recursive: true }));

const open = (more: Partial<SpoolOptions> = {}) =>
  openSpool({ folder, clock: () => nowMs, newId: randomUUID, ...more });
const texts = (records: readonly Uint8Array[]) => records.map((record) => Buffer.from(record).toString());

async function waiting(spool: Awaited<ReturnType<typeof open>>): Promise<string[]> {
  const seen: string[] = [];
  await spool.drain(async (records) => {
    seen.push(...texts(records));
    return records;
  });
  return seen;
}

async function putAll(spool: Awaited<ReturnType<typeof open>>, envelopes: readonly string[]) {
  for (const text of envelopes) {
    await spool.put(Buffer.from(text));
    nowMs += 1000;
  }
}

describe('the spool of a device', () => {
  it('sends what waits, oldest first, once, also after a restart', async () => {
    await putAll(await open(), ['a', 'b', 'c']);
    const sent: string[] = [];
    const again = await open();
    expect(
      await again.drain(async (records) => {
        sent.push(...texts(records));
        return [];
      }),
    ).toBe(0);
    expect(sent).toEqual(['a', 'b', 'c']);
    expect(await waiting(again)).toEqual([]);
  });

  it('keeps what the stream did not take, and says how much', async () => {
    const spool = await open();
    await putAll(spool, ['a', 'b', 'c']);
    expect(await spool.drain(async (records) => records.slice(1, 2))).toBe(1);
    expect(await waiting(spool)).toEqual(['b']);
  });

  it('sends at most 20 at a time, so that the camera goes on', async () => {
    const spool = await open();
    await putAll(
      spool,
      Array.from({ length: 23 }, (_, at) => `${at}`),
    );
    expect(await spool.drain(async () => [])).toBe(3);
  });

  it('holds nothing for 7 days, whatever it is told [Storage-A]', async () => {
    const spool = await open({ keptMaxMs: 60 * dayMs });
    await spool.put(Buffer.from('a'));
    nowMs += 7 * dayMs - 1;
    expect(await spool.purge()).toBe(0);
    nowMs += 1;
    expect(
      await spool.drain(async () => {
        throw new Error('nothing may be sent');
      }),
    ).toBe(0);
    expect(await readdir(folder)).toEqual([]);
  });

  it('gives up the oldest when it is full', async () => {
    const spool = await open({ bytesMax: 10 });
    await putAll(spool, ['aaaa', 'bbbb', 'cccc']);
    expect(await waiting(spool)).toEqual(['bbbb', 'cccc']);
  });

  it('is for its owner only', async () => {
    const spool = await open();
    await spool.put(Buffer.from('a'));
    const [name = ''] = await readdir(folder);
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, name))).mode & 0o777).toBe(0o600);
  });

  it('forgets a file that a crash left half written', async () => {
    await open();
    await writeFile(join(folder, `1790000000000-${randomUUID()}.envelope.part`), 'half');
    expect(await waiting(await open())).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
