import { Timeline } from '../../../local/system-time';
import { VirtualClock } from '../../../local/virtual-clock';

const startMs = Date.parse('2026-03-01T10:20:00Z');
const at = (time: string) => Date.parse(`2026-03-01T${time}Z`);

function timelineWith(dueAt: readonly string[]) {
  const clock = new VirtualClock(startMs);
  const events: string[] = [];
  const time = () => new Date(clock.now()).toISOString().slice(11, 16);
  const timeline = new Timeline({
    clock,
    schedules: {
      dueBetween: (fromMs, toMs) =>
        dueAt.map((text) => ({ atMs: at(text) })).filter(({ atMs }) => atMs > fromMs && atMs <= toMs),
      fire: async () => {
        events.push(`fire begins ${time()}`);
        await new Promise((resolve) => setImmediate(resolve));
        events.push(`fire ends ${time()}`);
      },
    },
    onMoved: () => undefined,
    sweep: async () => void events.push(`sweep ${time()}`),
  });
  return { timeline, events, clock };
}

describe('a timeline', () => {
  it('fires each schedule at its own time, in order, and sweeps at every full hour and at the end', async () => {
    const { timeline, events } = timelineWith(['10:30:00', '11:00:00', '12:10:00', '13:00:00']);
    await timeline.advance(2 * 3_600_000);
    expect(events).toEqual([
      'fire begins 10:30',
      'fire ends 10:30',
      'fire begins 11:00',
      'fire ends 11:00',
      'sweep 11:00',
      'sweep 12:00',
      'fire begins 12:10',
      'fire ends 12:10',
      'sweep 12:20',
    ]);
    await timeline.stop();
  });

  it('fires nothing twice and leaves nothing out when it advances in small steps', async () => {
    const { timeline, events } = timelineWith(['10:21:00', '10:22:00']);
    for (let i = 0; i < 6; i++) await timeline.advance(30_000);
    expect(events.filter((event) => event.startsWith('fire begins'))).toHaveLength(2);
    await timeline.stop();
  });

  it('runs advances that overlap one after the other', async () => {
    const { timeline, events, clock } = timelineWith(['10:30:00', '11:30:00']);
    await Promise.all([timeline.advance(3_600_000), timeline.advance(3_600_000)]);
    expect(events.filter((event) => event.startsWith('fire'))).toEqual([
      'fire begins 10:30',
      'fire ends 10:30',
      'fire begins 11:30',
      'fire ends 11:30',
    ]);
    expect(clock.now()).toBeGreaterThanOrEqual(at('12:20:00'));
    await timeline.stop();
  });

  it('goes on after a sweep that failed, and tells who advanced', async () => {
    const clock = new VirtualClock(startMs);
    let isBroken = true;
    const timeline = new Timeline({
      clock,
      schedules: { dueBetween: () => [], fire: async () => undefined },
      onMoved: () => undefined,
      sweep: async () => {
        if (isBroken) throw new Error('the store is gone');
      },
    });
    await expect(timeline.advance(1)).rejects.toThrow('the store is gone');
    isBroken = false;
    await expect(timeline.advance(1)).resolves.toBeUndefined();
    await timeline.stop();
  });

  it('does not run backwards', async () => {
    const { timeline } = timelineWith([]);
    expect(() => timeline.advance(-1)).toThrow(RangeError);
    expect(() => timeline.advance(Number.NaN)).toThrow(RangeError);
    await timeline.stop();
  });
});
