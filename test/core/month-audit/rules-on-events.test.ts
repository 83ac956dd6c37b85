import type { AuditEvent } from '../../../core/audit/event';
import { ClockDrift } from '../../../core/month-audit/rules/clock-drift';
import { EntryNotHandedOver } from '../../../core/month-audit/rules/entry-not-handed-over';
import { SharedAccountSigns } from '../../../core/month-audit/rules/shared-account-signs';
import { SharingChange } from '../../../core/month-audit/rules/sharing-change';
import { SilentCamera } from '../../../core/month-audit/rules/silent-camera';
import { Stranger } from '../../../core/month-audit/rules/stranger';
import { Unclosed } from '../../../core/month-audit/rules/unclosed';
import { eventMaker, madeId, officer, permit } from '../reports/made-month';
import { severities } from './made-user';

const fromMs = Date.parse('2026-11-01T05:00:00Z');
const toMs = Date.parse('2026-12-01T06:00:00Z');
const decision = { ...permit, rules: [...permit.rules] };

function told(
  rule: { add(event: AuditEvent): void; finish(): readonly { severity: string }[] },
  events: AuditEvent[],
) {
  for (const event of events) rule.add(event);
  return severities(rule.finish());
}

describe('signs of a shared account', () => {
  const make = eventMaker();
  const touch = (at: string, device: object) =>
    make(`2026-11-03T${at}:00Z`, {
      kind: 'requested',
      actor: officer,
      operation: 'search-reads',
      device: { address: '203.0.113.7', proven: 'department-console', ...device },
      requestId: madeId(1),
      queried: {},
      networksInScope: [],
      decision,
    });
  const there = { address: '203.0.113.88' };

  it('are two consoles in turn within minutes [Access-C] [Acct-A]', () => {
    const turns = Array.from({ length: 8 }, (_, at) =>
      touch(`15:${at}0`.replace(/:(\d)0$/, ':0$1'), at % 2 ? there : {}),
    );
    expect(told(new SharedAccountSigns(), turns)).toEqual(['medium']);
  });

  it('are none of who signs in at another desk, nor of a console and a phone in a moving car', () => {
    const moved = ['15:00', '15:02', '15:05'].map((at) => touch(at, {}));
    const after = ['15:08', '15:09'].map((at) => touch(at, there));
    expect(told(new SharedAccountSigns(), [...moved, ...after])).toEqual([]);
    const phone = Array.from({ length: 8 }, (_, at) =>
      touch(
        `15:0${at}`,
        at % 2 ? { proven: 'department-phone', deviceId: 'phone', address: `198.51.100.${at}` } : {},
      ),
    );
    expect(told(new SharedAccountSigns(), phone)).toEqual([]);
  });
});

describe('uses without an answer', () => {
  const make = eventMaker();
  const asked = (at: string, n: number) =>
    make(at, {
      kind: 'requested',
      actor: officer,
      operation: 'search-reads',
      requestId: madeId(n),
      queried: {},
      networksInScope: [],
      decision,
    });
  const answered = (at: string, n: number) =>
    make(at, {
      kind: 'answered',
      actor: officer,
      operation: 'search-reads',
      requestId: madeId(n),
      counts: {},
      resultIds: [],
    });

  it('are found on several days; those of one outage are low [Acct-A]', () => {
    const days = ['03', '04', '05', '06'].map((day, n) => asked(`2026-11-${day}T15:00:00Z`, n));
    expect(told(new Unclosed({ fromMs, toMs }), days)).toEqual(['medium']);
    const outage = ['00', '01', '02'].map((minute, n) => asked(`2026-11-03T15:${minute}:00Z`, n));
    expect(told(new Unclosed({ fromMs, toMs }), outage)).toEqual(['low']);
  });

  it('are none where the answer came, though after the end of the month', () => {
    const events = [asked('2026-12-01T05:59:59Z', 1), answered('2026-12-01T06:00:01Z', 1)];
    expect(told(new Unclosed({ fromMs, toMs }), events)).toEqual([]);
  });
});

describe('entries of commanders', () => {
  const make = eventMaker();
  const commander = { ...officer, username: 'commander-made-up', role: 'commander' } as const;
  const entered = (day: string, n: number) =>
    make(`2026-11-${day}T15:00:00Z`, {
      kind: 'hot-list-changed',
      actor: commander,
      entryId: madeId(n),
      change: 'requested',
      expiresAtMs: Date.parse(`2026-11-${day}T21:00:00Z`),
    });
  const ended = (day: string, n: number) =>
    make(`2026-11-${day}T20:00:00Z`, {
      kind: 'hot-list-changed',
      actor: commander,
      entryId: madeId(n),
      change: 'taken-over',
    });

  it('that lapse and come again are found [Policy-H.f] [Acct-A]', () => {
    expect(
      told(new EntryNotHandedOver(toMs), [entered('03', 1), entered('04', 2), entered('05', 3)]),
    ).toEqual(['medium']);
    expect(told(new EntryNotHandedOver(toMs), [entered('03', 1)])).toEqual(['low']);
  });

  it('that were taken over are none', () => {
    expect(told(new EntryNotHandedOver(toMs), [entered('03', 1), ended('03', 1)])).toEqual([]);
  });
});

describe('cameras', () => {
  const make = eventMaker();
  const summed = (day: string, reads: number, ahead = 0) =>
    make(`2026-11-${day}T02:10:00Z`, {
      kind: 'day-summed',
      actor: { kind: 'system', name: 'sum-day' },
      day: `2026-11-${day}`,
      countedAtMs: 1,
      reads: { bloomington: { 'camera-1': reads, 'camera-2': 40 } },
      quarantined: ahead === 0 ? {} : { 'captured-in-future': ahead },
      alerts: {},
    });

  it('that are silent for days are found, and a day of rest is low [Policy-E] [Acct-A]', () => {
    const rule = new SilentCamera();
    for (const day of ['03', '04', '05']) rule.add(summed(day, 0));
    expect(rule.finish()).toMatchObject([{ kind: 'silent-camera', cause: 'camera-1', severity: 'medium' }]);
    expect(told(new SilentCamera(), [summed('03', 0), summed('04', 9)])).toEqual(['low']);
    expect(told(new SilentCamera(), [summed('03', 9)])).toEqual([]);
  });

  it('whose clock runs ahead are found [Storage-A] [Acct-A]', () => {
    expect(told(new ClockDrift(), [summed('03', 9, 30)])).toEqual(['medium']);
    expect(told(new ClockDrift(), [summed('03', 9)])).toEqual([]);
  });
});

describe('strangers', () => {
  const make = eventMaker();
  const refused = (minute: number, actor: object) =>
    make(`2026-11-03T15:0${minute}:00Z`, {
      kind: 'refused',
      actor: { kind: 'stranger', username: 'nobody', ...actor },
      operation: 'search-reads',
      decision: { outcome: 'deny', clause: 'Access-C', rules: ['standing'] },
    });

  it('that keep trying are found, and once is low [Acct-D]', () => {
    expect(
      told(
        new Stranger(),
        [0, 1, 2, 3, 4].map((minute) => refused(minute, {})),
      ),
    ).toEqual(['medium']);
    expect(told(new Stranger(), [refused(0, {})])).toEqual(['low']);
  });

  it('are nobody who is on record', () => {
    expect(told(new Stranger(), [refused(0, officer)])).toEqual([]);
  });
});

describe('changes of sharing', () => {
  const make = eventMaker();
  const chief = { ...officer, username: 'chief-made-up', role: 'chief' } as const;
  const asked = (operation: string) =>
    make('2026-11-03T15:00:00Z', {
      kind: 'requested',
      actor: chief,
      operation,
      requestId: madeId(1),
      queried: {},
      networksInScope: [],
      decision,
    });

  it('are all told, a grant to a federal agency as more than that [Storage-E] [Storage-F] [Acct-A]', () => {
    expect(told(new SharingChange(), [asked('approve-agreement'), asked('revoke-sharing')])).toEqual(['low']);
    expect(told(new SharingChange(), [asked('approve-exigent-grant')])).toEqual(['medium']);
  });

  it('are not what only looks at it', () => {
    expect(told(new SharingChange(), [asked('list-sharing')])).toEqual([]);
  });
});
