import { VirtualClock } from '../../../local/virtual-clock';

const realDate = Date;
afterEach(() => {
  globalThis.Date = realDate;
});

describe('the virtual clock', () => {
  it('starts where it is told and runs on', () => {
    const clock = new VirtualClock(Date.parse('2026-03-01T00:00:00Z'));
    expect(new Date(clock.now()).toISOString().slice(0, 16)).toBe('2026-03-01T00:00');
  });

  it('moves forward and never back', () => {
    const clock = new VirtualClock(1_000_000);
    clock.advanceTo(5_000_000);
    clock.advanceTo(2_000_000);
    expect(clock.now()).toBeGreaterThanOrEqual(5_000_000);
    expect(clock.now()).toBeLessThan(5_060_000);
  });

  it('is what Date says while installed, and only then', () => {
    const clock = new VirtualClock(Date.parse('2030-01-01T00:00:00Z'));
    const before = new Date();
    clock.install();
    const inside = new Date();
    expect(inside.getUTCFullYear()).toBe(2030);
    expect(new Date(Date.now()).getUTCFullYear()).toBe(2030);
    expect(Date()).toContain('2030');
    expect(new Date('2001-02-03T00:00:00Z').getTime()).toBe(981158400000);
    expect(Date.UTC(2001, 1, 3)).toBe(981158400000);
    expect(before).toBeInstanceOf(Date);
    clock.uninstall();
    expect(inside).toBeInstanceOf(Date);
    expect(Math.abs(Date.now() - before.getTime())).toBeLessThan(60_000);
  });

  it('lets classes that extend Date live at the virtual time', () => {
    const clock = new VirtualClock(Date.parse('2030-01-01T00:00:00Z'));
    clock.install();
    class Stamp extends Date {}
    const stamp = new Stamp();
    expect(stamp).toBeInstanceOf(Stamp);
    expect(stamp.getUTCFullYear()).toBe(2030);
    clock.uninstall();
  });

  it('refuses to go while another clock sits on top of it', () => {
    const below = new VirtualClock();
    const above = new VirtualClock();
    below.install();
    above.install();
    expect(() => below.uninstall()).toThrow('another clock is installed');
    above.uninstall();
    below.uninstall();
  });
});
