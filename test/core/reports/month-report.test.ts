import type { Enrolment } from '../../../core/cameras/ports';
import { figuresCsv } from '../../../core/reports/figures-csv';
import { MonthTally } from '../../../core/reports/month-log';
import {
  boardBriefing,
  type DaySummed,
  type MonthSources,
  publicReport,
  userAudit,
} from '../../../core/reports/month-report';
import { madeConfiguration } from '../contract/made-configuration';
import { eventMaker, madeMonth, novemberEvents } from './made-month';

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

function novemberSources(): MonthSources {
  const tally = new MonthTally(Date.parse('2026-12-01T06:00:00Z'));
  for (const event of novemberEvents()) tally.add(event);
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
    checkpoint: 'made-up.example/log\n7\nAAAA\n',
  };
}

const sources = novemberSources();

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
    expect(report.figures.searches?.total).toBe(14);
    expect(report.figures.searches?.tables.purpose).toMatchObject({
      felony: null,
      exigent: null,
      'missing-person': 0,
    });
    expect(report.figures.searches?.tables.role).toMatchObject({ officer: 8, detective: 6 });
    expect(report.figures.alerts).toEqual({
      total: null,
      tables: {
        outcome: { open: null, verified: null, rejected: 0 },
        disposition: { 'none-recorded': null, stopped: null },
      },
    });
  });

  it('lists every agency of the configuration and how long reads are kept [Storage-E] [Storage-A]', () => {
    expect(report.agencies.map(({ name }) => name)).toEqual([
      'Normal Police Department',
      "McLean County Sheriff's Office",
      'Peoria Police Department',
    ]);
    expect(report.retention).toEqual({ days: 30, daysForgotten: 1, keptSince: '2026-10-12' });
  });

  it('names no user, no camera and no plate [Acct-A]', () => {
    const texts = [JSON.stringify(report), JSON.stringify(boardBriefing(sources)), figuresCsv(report)];
    expect(texts.join()).not.toMatch(
      /officer-made-up|detective-made-up|stranger|fixed-1|car-7|TEST|0b0c3a52/,
    );
  });

  it('is the same as data in CSV, where a withheld number is empty', () => {
    const lines = figuresCsv(report).split('\r\n');
    expect(lines[0]).toBe('month,figure,by,group,count,withheld');
    expect(lines).toContain('2026-11,cameras,total,,3,no');
    expect(lines).toContain('2026-11,searches,purpose,exigent,,yes');
    expect(lines).toContain('2026-11,searches,role,officer,8,no');
    expect(lines.at(-1)).toBe('');
  });
});

it('gives the board no number that is withheld from the public [Acct-B]', () => {
  const { unclosed, ...figures } = boardBriefing(sources).figures;
  expect(figures).toEqual(publicReport(sources).figures);
  expect(unclosed).toEqual({ total: null, tables: { operation: { 'search-reads': null } } });
});

it('gives the administrator each user and finding [Acct-A]', () => {
  const audit = userAudit(sources);
  expect(audit.users.map(({ username, searches }) => [username, searches])).toEqual([
    ['detective-made-up', 6],
    ['officer-made-up', 8],
    ['stranger-made-up', 0],
  ]);
  expect(audit.findings.map(({ kind }) => kind)).toEqual([
    'exigent-use',
    'prohibited-subject',
    'stranger',
    'unclosed',
  ]);
});

it('writes CSV that a spreadsheet neither splits nor computes', () => {
  const figures = { reads: { total: 1, tables: { network: { '=SUM(A1)': 1, 'a "b", c': 0 } } } };
  const csv = figuresCsv({ month: madeMonth('2026-11'), figures });
  expect(csv).toContain(",'=SUM(A1),1,no\r\n");
  expect(csv).toContain(',"a ""b"", c",0,no\r\n');
});
