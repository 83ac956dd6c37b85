import type { AuditEvent } from '../../../core/audit/event';
import type { Enrolment } from '../../../core/cameras/ports';
import { figuresCsv } from '../../../core/reports/figures-csv';
import { MonthTally } from '../../../core/reports/month-log';
import {
  boardBriefing,
  type DaySummed,
  type MonthSources,
  publicReport,
} from '../../../core/reports/month-report';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { madeConfiguration } from '../contract/made-configuration';
import { detective, eventMaker, madeId, madeMonth, novemberEvents, officer, searched } from './made-month';

const make = eventMaker();
const camera = (cameraId: string, changes: Partial<Enrolment> = {}): Enrolment => ({
  cameraId,
  network: 'bloomington',
  kind: 'fixed',
  certificateId: 'made-up',
  enrolledBy: 'administrator-made-up',
  enrolledAtMs: 0,
  ...changes,
});
const sum = (day: string, reads: DaySummed['reads']): DaySummed => {
  const event = make('2026-11-03T02:10:00Z', {
    kind: 'day-summed',
    actor: { kind: 'system', name: 'sum-day' },
    day,
    countedAtMs: 1,
    reads,
    quarantined: { moved: 2 },
    alerts: {},
  });
  if (event.kind !== 'day-summed') throw new Error('no sum');
  return event;
};

function sourcesOf(events: readonly AuditEvent[]): MonthSources {
  const tally = new MonthTally(Date.parse('2026-12-01T06:00:00Z'));
  for (const event of events) tally.add(event);
  return {
    month: madeMonth('2026-11'),
    madeAtMs: Date.parse('2026-12-01T12:00:03Z'),
    configuration: madeConfiguration(),
    log: tally.finish(),
    sums: [
      sum('2026-11-02', { bloomington: { 'fixed-1': 40, 'car-7': 2 }, normal: { 'partner-1': 3 } }),
      sum('2026-11-03', { bloomington: { 'fixed-1': 1 } }),
    ],
    enrolments: [
      camera('fixed-1'),
      camera('car-7', { kind: 'mobile' }),
      camera('old-1', { retiredAtMs: 1 }),
      camera('partner-1', { kind: 'partner', network: 'normal' }),
    ],
    sharing: asInTheFile,
    checkpoint: 'made-up.example/log\n7\nAAAA\n',
  };
}

const sources = sourcesOf(novemberEvents());

/** Searches of twelve users each, one of them exigent: six officers, six detectives. */
function twelveUsers(): AuditEvent[] {
  const at = '2026-11-10T15:00:00Z';
  return Array.from({ length: 12 }, (_, n) => {
    const actor = { ...(n < 6 ? officer : detective), username: `user-${n}-made-up` };
    return [0, 1].flatMap((each) =>
      searched(make, at, { actor, n: 100 + 2 * n + each, reads: 1, isExigent: n === 0 && each === 0 }),
    );
  }).flat();
}

/** The one chief: a hundred searches, and a hundred refusals for one reason. */
function lone(purpose: 'administrative' | 'felony'): AuditEvent[] {
  const actor = { ...officer, username: 'chief-made-up', role: 'chief' } as const;
  const facts = { actor, operation: 'search-reads', queried: {}, networksInScope: [] };
  return Array.from({ length: 100 }, (_, n) => [
    make('2026-11-10T15:00:00Z', {
      kind: 'requested',
      ...facts,
      requestId: madeId(5000 + n),
      purpose: { kind: purpose },
      reason:
        purpose === 'felony'
          ? { kind: 'phrase', phrase: 'Made-up words' }
          : { kind: 'administrative', activity: 'Made-up audit' },
      decision: { outcome: 'permit', rules: [] },
    }),
    make('2026-11-10T15:00:00Z', {
      kind: 'refused',
      actor,
      operation: 'search-reads',
      decision: { outcome: 'deny', clause: 'Policy-C', rules: [] },
    }),
  ]).flat();
}

describe('the public report', () => {
  const report = publicReport(sources);

  it('counts cameras and their reads exactly, by the names the public knows', () => {
    expect(report.figures.cameras).toEqual({
      total: 3,
      tables: {
        kind: { fixed: 1, mobile: 1, partner: 1 },
        network: {
          'Bloomington PD cameras': 2,
          'Normal PD cameras': 1,
          'McLean County cameras': 0,
          'Peoria PD cameras': 0,
        },
      },
    });
    expect(report.figures.reads).toEqual({
      total: 46,
      tables: {
        network: {
          'Bloomington PD cameras': 43,
          'Normal PD cameras': 3,
          'McLean County cameras': 0,
          'Peoria PD cameras': 0,
        },
      },
    });
    expect(report.figures.quarantined).toEqual({ total: 4, tables: { reason: { moved: 4 } } });
    expect(report.daysCounted).toEqual({ counted: 2, ofMonth: 30 });
  });

  it('withholds the one exigent search and the felonies that would give it away [Acct-A]', () => {
    const { searches } = publicReport(sourcesOf(twelveUsers())).figures;
    expect(searches?.total).toBe(24);
    expect(searches?.tables.purpose).toMatchObject({ felony: null, exigent: null, 'missing-person': 0 });
    expect(searches?.tables.role).toMatchObject({ officer: 12, detective: 12, analyst: 0 });
  });

  it('withholds what two users did, however often [Acct-A]', () => {
    expect(report.figures.searches).toEqual({ total: null, tables: {} });
  });

  it('withholds all cells of alerts where one of them is small, and a small total with them [Acct-A]', () => {
    expect(report.figures.alerts).toEqual({ total: null, tables: {} });
    const raised = Array.from({ length: 6 }, (_, n) =>
      make('2026-11-10T15:00:00Z', {
        kind: 'alert-raised',
        actor: { kind: 'system', name: 'match-reads' },
        alertId: madeId(6000 + n),
        readId: madeId(2000),
        network: 'bloomington',
      }),
    );
    expect(publicReport(sourcesOf([...raised, ...novemberEvents()])).figures.alerts).toEqual({
      total: 8,
      tables: {
        outcome: {
          unverified: null,
          confirmed: null,
          misread: null,
          'wrong-state': null,
          'stale-entry': null,
          'other-vehicle': null,
          rejected: null,
        },
        disposition: {
          'none-recorded': null,
          stopped: null,
          cited: null,
          arrested: null,
          'vehicle-recovered': null,
          'not-located': null,
          'no-action': null,
        },
        list: { unnamed: 8 },
      },
    });
  });

  it('shows nothing of a lone user’s hundred searches and refusals, by role, purpose, reason or clause [Acct-A]', () => {
    for (const purpose of ['administrative', 'felony'] as const) {
      const { figures } = publicReport(sourcesOf(lone(purpose)));
      const searches = purpose === 'felony' ? figures.searches : figures.administrativeSearches;
      expect([searches, figures.refusedSearches]).toEqual([
        { total: null, tables: {} },
        { total: null, tables: {} },
      ]);
    }
  });

  it('gives a lone user’s hundred searches away neither by a number nor by a difference among others’ [Acct-A]', () => {
    const others = twelveUsers();
    const { searches, administrativeSearches } = publicReport(
      sourcesOf([...others, ...lone('administrative')]),
    ).figures;
    expect(searches).toEqual(publicReport(sourcesOf(others)).figures.searches);
    expect(administrativeSearches).toEqual({ total: null, tables: {} });

    const mixed = publicReport(sourcesOf([...others, ...lone('felony')])).figures.searches;
    expect(mixed?.total).toBe(124);
    expect(mixed?.tables.role).toMatchObject({ officer: null, detective: null, chief: null, analyst: 0 });
    expect(mixed?.tables.reason).toMatchObject({ 'case-number': null, phrase: null, 'cad-number': 0 });
  });

  it('lists every agency of the configuration and how long reads are kept [Storage-E] [Storage-A]', () => {
    expect(report.agencies.map(({ name }) => name)).toEqual([
      'Normal Police Department',
      "McLean County Sheriff's Office",
      'Peoria Police Department',
    ]);
    expect(report.retention).toEqual({
      days: 30,
      daysForgotten: 1,
      keptSince: '2026-10-12',
      proofs: { count: 2, withFaults: 1, oldestReadHours: 719 },
    });
  });

  it('names no user, no camera and no plate [Acct-A]', () => {
    const texts = [JSON.stringify(report), JSON.stringify(boardBriefing(sources)), figuresCsv(report)];
    expect(texts.join()).not.toMatch(
      /officer-made-up|detective-made-up|stranger-made-up|fixed-1|car-7|TEST|0b0c3a52/,
    );
  });

  it('is the same as data in CSV, where a withheld number is empty', () => {
    const busy = publicReport(sourcesOf(twelveUsers()));
    const lines = figuresCsv(busy).split('\r\n');
    expect(lines[0]).toBe('month,figure,by,group,count,withheld');
    expect(lines).toContain('2026-11,cameras,total,,3,no');
    expect(lines).toContain('2026-11,searches,purpose,exigent,,yes');
    expect(lines).toContain('2026-11,searches,role,officer,12,no');
    expect(figuresCsv(report)).toContain(
      '2026-11,searches,total,,,yes\r\n2026-11,administrativeSearches,total,,0,no',
    );
    expect(lines.at(-1)).toBe('');
  });
});

it('gives the board no number that is withheld from the public [Acct-B]', () => {
  const { unclosed, ...figures } = boardBriefing(sources).figures;
  expect(figures).toEqual(publicReport(sources).figures);
  expect(unclosed).toEqual({ total: null, tables: {} });
});

it('writes CSV that a spreadsheet neither splits nor computes', () => {
  const figures = { reads: { total: 1, tables: { network: { '=SUM(A1)': 1, 'a "b", c': 0 } } } };
  const csv = figuresCsv({ month: madeMonth('2026-11'), figures });
  expect(csv).toContain(",'=SUM(A1),1,no\r\n");
  expect(csv).toContain(',"a ""b"", c",0,no\r\n');
});
