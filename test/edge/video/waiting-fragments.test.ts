import { WaitingFragments } from '../../../edge/video/waiting-fragments';

const track = { codecPrivate: Buffer.alloc(0), width: 64, height: 48 };
const fragment = (timecodeMs: number, more: { isSampled?: boolean; size?: number } = {}) => ({
  track,
  fragment: {
    timecodeMs,
    lengthMs: 900,
    frames: 10,
    isSampled: more.isSampled ?? true,
    bytes: Buffer.alloc(more.size ?? 10),
  },
});

function waitingWith(bytesMax: number) {
  const dropped: number[] = [];
  const waiting = new WaitingFragments(bytesMax, ({ timecodeMs }) => void dropped.push(timecodeMs));
  const left = async () => {
    waiting.end();
    const all: number[] = [];
    for (let next = await waiting.next(); next !== undefined; next = await waiting.next())
      all.push(next.fragment.timecodeMs);
    return all;
  };
  return { waiting, dropped, left };
}

describe('live fragments for which the stream has no room', () => {
  it('leave in the order in which they came', async () => {
    const { waiting, left } = waitingWith(100);
    const first = waiting.next();
    for (const ms of [1, 2, 3]) waiting.push(fragment(ms));
    expect((await first)?.fragment.timecodeMs).toBe(1);
    expect(await left()).toEqual([2, 3]);
  });

  it('are dropped from the oldest on', async () => {
    const { waiting, dropped, left } = waitingWith(30);
    for (const ms of [1, 2, 3, 4, 5]) waiting.push(fragment(ms));
    expect(dropped).toEqual([1, 2]);
    expect(await left()).toEqual([3, 4, 5]);
  });

  it('go together with those whose pictures hang on them', async () => {
    const { waiting, dropped, left } = waitingWith(30);
    waiting.push(fragment(1));
    waiting.push(fragment(2, { isSampled: false }));
    waiting.push(fragment(3, { isSampled: false }));
    waiting.push(fragment(4));
    expect(dropped).toEqual([1, 2, 3]);
    expect(await left()).toEqual([4]);
  });

  it('keep the newest, however large it is', async () => {
    const { waiting, dropped, left } = waitingWith(30);
    waiting.push(fragment(1));
    waiting.push(fragment(2, { size: 100 }));
    expect(dropped).toEqual([1]);
    expect(await left()).toEqual([2]);
  });
});
