import { mkdtemp, readdir, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { framesArriving } from '../../../edge/frames/arriving';
import { positionFrom } from '../../../edge/position';

const takenAtMs = Date.parse('2026-11-24T12:00:00Z');
const courthouse = { latitude: 40.4795, longitude: -88.9938 };
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'frames-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('gives each photo with the time it was taken and where the car was, then removes it [Policy-E]', async () => {
  await put('0001.jpg', 'one');
  const stop = new AbortController();
  const frames = framesArriving({ folder, position: async () => courthouse, signal: stop.signal, pollMs: 5 });
  const first = await frames.next();
  expect(first.value).toEqual({
    image: Buffer.from('one'),
    capturedAtMs: takenAtMs,
    name: '0001.jpg',
    position: courthouse,
  });
  expect(await readdir(folder)).toEqual(['0001.jpg']);
  const next = frames.next();
  await put('0002.jpg', 'two');
  expect((await next).value).toMatchObject({ name: '0002.jpg' });
  expect(await readdir(folder)).toEqual(['0002.jpg']);
  stop.abort();
  expect((await frames.next()).done).toBe(true);
});

it('passes over a photo when nobody knows where the car was', async () => {
  await put('0001.jpg', 'one');
  await put('0002.jpg', 'two');
  const positions = [undefined, courthouse];
  const passedOver: string[] = [];
  const frames = framesArriving({
    folder,
    position: async () => positions.shift(),
    signal: new AbortController().signal,
    onPassedOver: (name) => passedOver.push(name),
  });
  expect((await frames.next()).value).toMatchObject({ name: '0002.jpg' });
  expect(passedOver).toEqual(['0001.jpg']);
  expect(await readdir(folder)).toEqual(['0002.jpg']);
});

it.each([
  ['fresh', { ...courthouse, time: '2026-11-24T11:59:51Z' }, courthouse],
  ['11 seconds old', { ...courthouse, time: '2026-11-24T11:59:49Z' }, undefined],
  ['without a time', courthouse, undefined],
  ['nowhere on earth', { latitude: 91, longitude: 0, time: '2026-11-24T12:00:00Z' }, undefined],
])('takes a fix that is %s for what it is worth', async (_, fix, position) => {
  await writeFile(join(folder, 'fix.json'), JSON.stringify(fix));
  expect(await positionFrom(join(folder, 'fix.json'), () => takenAtMs)()).toEqual(position);
});

it('has no position without a fix', async () => {
  expect(await positionFrom(join(folder, 'fix.json'), () => takenAtMs)()).toBeUndefined();
});

async function put(name: string, content: string): Promise<void> {
  const part = join(folder, `.${name}.part`);
  await writeFile(part, content);
  await utimes(part, takenAtMs / 1000, takenAtMs / 1000);
  await rename(part, join(folder, name));
}
