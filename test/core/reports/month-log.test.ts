import type { AuditEvent } from '../../../core/audit/event';
import { MonthTally } from '../../../core/reports/month-log';
import { eventMaker, madeId, novemberEvents, officer, searched } from './made-month';

const toMs = Date.parse('2026-12-01T06:00:00Z');

const none = { count: 0, users: 0 };
const once = { count: 1, users: 1 };

function logOf(events: readonly AuditEvent[]) {
  const tally = new MonthTally(toMs);
  for (const event of events) tally.add(event);
  return tally.finish();
}

describe('the month as the log tells it', () => {
  const log = logOf(novemberEvents());

  it('counts searches by purpose, role and kind of reason [Acct-A]', () => {
    expect(log.figures.searches).toMatchObject({
      total: { count: 14, users: 2 },
      tables: {
        purpose: {
          felony: { count: 13, users: 2 },
          'crime-against-person': none,
          'hit-and-run': none,
          'active-arrest-warrant': none,
          'missing-person': none,
          exigent: once,
        },
        role: {
          dispatcher: none,
          officer: { count: 8, users: 1 },
          detective: { count: 6, users: 1 },
          analyst: none,
          supervisor: none,
          lieutenant: none,
          commander: none,
          'records-officer': none,
          'partner-officer': none,
        },
        reason: { 'case-number': { count: 14, users: 2 }, 'cad-number': none, phrase: none },
        result: { found: { count: 13, users: 2 }, nothing: none, unanswered: once },
      },
    });
  });

  it('counts administrative searches apart, as their purpose, reason and role tell each other', () => {
    const make = eventMaker();
    const requested = (username: string, role: 'chief' | 'auditor', n: number) =>
      make('2026-11-10T15:00:00Z', {
        kind: 'requested',
        actor: { ...officer, username, role },
        operation: 'search-reads',
        requestId: madeId(n),
        queried: {},
        networksInScope: [],
        purpose: { kind: 'administrative' },
        reason: { kind: 'administrative', activity: 'Made-up audit' },
        decision: { outcome: 'permit', rules: [] },
      });
    const { searches, administrativeSearches } = logOf([
      requested('chief-made-up', 'chief', 1),
      requested('chief-made-up', 'chief', 2),
      requested('auditor-made-up', 'auditor', 3),
    ]).figures;
    expect(searches?.total).toEqual(none);
    expect(administrativeSearches).toMatchObject({
      total: { count: 3, users: 2 },
      tables: {
        role: { chief: { count: 2, users: 1 }, 'chief-designee': none, administrator: none, auditor: once },
      },
    });
  });

  it('counts refusals by clause, images, changes of the hot list and days forgotten', () => {
    expect(log.figures.refusedSearches).toMatchObject({
      total: { count: 2, users: 2 },
      tables: { clause: { 'Access-C': once, 'Policy-C': once } },
    });
    expect(log.figures.imagesFetched).toMatchObject({
      total: { count: 2, users: 1 },
      tables: { image: { plate: once, vehicle: once } },
    });
    expect(log.figures.hotListChanges?.tables).toEqual({
      change: {
        requested: once,
        'requested-exigent': none,
        approved: none,
        extended: none,
        'taken-over': none,
        removed: none,
      },
    });
    expect(log.daysForgotten).toEqual(['2026-10-11']);
    expect(log.retentionProofs).toEqual({ count: 2, withFaults: 1, oldestReadHours: 719 });
  });

  it('counts an alert in the month in which it was raised, with what became of it', () => {
    expect(log.figures.alerts).toMatchObject({
      total: { count: 2, users: 0 },
      tables: {
        outcome: {
          unverified: { count: 1, users: 0 },
          confirmed: once,
          misread: none,
          'wrong-state': none,
          'stale-entry': none,
          'other-vehicle': none,
          rejected: none,
        },
        disposition: {
          'none-recorded': { count: 1, users: 0 },
          stopped: once,
          cited: none,
          arrested: none,
          'vehicle-recovered': none,
          'not-located': none,
          'no-action': none,
        },
      },
      linked: ['outcome', 'disposition'],
    });
  });

  it('counts uses without an answer by what was asked for [Acct-A]', () => {
    expect(log.unclosed).toMatchObject({ total: once, tables: { operation: { 'search-reads': once } } });
  });

  it('says nothing of what was searched', () => {
    expect(JSON.stringify(log)).not.toMatch(/TEST|0012345|justification/);
  });
});

it('closes a request whose answer sorts before it, as within one millisecond', () => {
  const [request, answer] = searched(eventMaker(), '2026-11-10T15:00:00Z', {
    actor: officer,
    n: 1,
    reads: 0,
  });
  if (request === undefined || answer === undefined) throw new Error('no search');
  expect(logOf([answer, request]).unclosed.total).toEqual(none);
});
