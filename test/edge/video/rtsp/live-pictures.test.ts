import { LivePictures } from '../../../../edge/video/rtsp/live-pictures';
import { CameraFiles } from '../camera-files';
import { pictures } from '../camera-server';

const files = new CameraFiles();
let [sps, pps, otherSps]: Buffer[] = [];
beforeAll(async () => {
  [sps, pps] = pictures(await files.encode('small.h264', [40]))[0] ?? [];
  const other = await files.encode('other.h264', [40], { width: 96, height: 72 });
  [otherSps] = pictures(other)[0] ?? [];
});
afterAll(() => files.remove());

const nowMs = 1_900_000_000_000;
const keyframe = (bytes: number) => Buffer.concat([Buffer.from([0x65, 0x88]), Buffer.alloc(bytes - 2, 1)]);

/** A live video into which units are pushed, one packet each, at times in milliseconds. */
function live() {
  const offered = { payloadType: 96, clockRate: 90_000, sps, pps };
  const shown = new LivePictures(offered, () => nowMs);
  let sequence = 0;
  const push = (unit: Buffer, atMs: number) => {
    const head = Buffer.from([0x80, 96, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    head.writeUInt16BE(sequence++ & 0xffff, 2);
    head.writeUInt32BE(atMs * 90, 4);
    return shown.push(Buffer.concat([head, unit]));
  };
  return { shown, push };
}

it('dates pictures from the first packet, by which the camera is dated by our clock', () => {
  const { shown, push } = live();
  push(keyframe(10), 500);
  const frames = [...push(keyframe(10), 600), ...push(keyframe(10), 750)];
  expect(frames.map(({ atMs }) => atMs)).toEqual([0, 100]);
  expect(shown.startedAtMs).toBe(nowMs);
  expect(shown.track).toMatchObject({ width: 64, height: 48 });
});

it('ends when the camera changes the size of its pictures, so that the next connection begins with it', () => {
  const { push } = live();
  push(keyframe(10), 0);
  push(otherSps ?? Buffer.alloc(0), 100);
  push(keyframe(10), 100);
  expect(() => push(keyframe(10), 200)).toThrow(expect.objectContaining({ code: 'cut' }));
});

it('ends when the clock of the camera stands still, before its pictures fill the memory', () => {
  const { push } = live();
  const pushed = (count: number) => {
    for (let picture = 0; picture < count; picture++) push(keyframe(1_000_000), 0);
  };
  pushed(17);
  expect(() => pushed(2)).toThrow(expect.objectContaining({ code: 'cut' }));
});

it('passes over what is no packet, and packets of something else', () => {
  const { shown } = live();
  expect(shown.push(Buffer.from('no packet'))).toEqual([]);
  expect(shown.push(Buffer.from('80610000000000000000000065', 'hex'))).toEqual([]);
  expect(shown.startedAtMs).toBeUndefined();
});
