import type { AuditEvent } from '../../../core/audit/event';
import { MonthTally } from '../../../core/reports/month-log';
import { detective, eventMaker, madeId, novemberEvents, officer, searched } from './made-month';

const toMs = Date.parse('2026-12-01T06:00:00Z');

function logOf(events: readonly AuditEvent[]) {
  const tally = new MonthTally(toMs);
  for (const event of events) tally.add(event);
  return tally.finish();
}

describe('the month as the log tells it', () => {
  const log = logOf(novemberEvents());

  it('counts searches by purpose, role and kind of reason [Acct-A]', () => {
    expect(log.searches).toEqual({
      total: 14,
      tables: {
        purpose: {
          felony: 13,
          'crime-against-person': 0,
          'hit-and-run': 0,
          'active-arrest-warrant': 0,
          'missing-person': 0,
          exigent: 1,
          administrative: 0,
        },
        role: {
          dispatcher: 0,
          officer: 8,
          detective: 6,
          analyst: 0,
          supervisor: 0,
          lieutenant: 0,
          commander: 0,
          chief: 0,
          'chief-designee': 0,
          administrator: 0,
          auditor: 0,
          'records-officer': 0,
          'partner-officer': 0,
        },
        reason: { 'case-number': 14, 'cad-number': 0, phrase: 0, administrative: 0 },
      },
    });
  });

  it('counts refusals by clause, images, changes of the hot list and days forgotten', () => {
    expect(log.refusals).toEqual({ total: 2, tables: { clause: { 'Access-C': 1, 'Policy-C': 1 } } });
    expect(log.imagesFetched).toEqual({ total: 2, tables: { image: { plate: 1, vehicle: 1 } } });
    expect(log.hotListChanges.tables).toEqual({
      change: { requested: 1, approved: 0, removed: 0, expired: 0 },
    });
    expect(log.daysForgotten).toEqual(['2026-10-11']);
  });

  it('counts an alert in the month in which it was raised, with what became of it', () => {
    expect(log.alerts).toEqual({
      total: 2,
      tables: {
        outcome: { open: 1, verified: 1, rejected: 0 },
        disposition: { 'none-recorded': 1, stopped: 1 },
      },
    });
  });

  it('tells what each user did [Acct-A]', () => {
    expect(log.users.map(({ username }) => username)).toEqual([
      'detective-made-up',
      'officer-made-up',
      'stranger-made-up',
    ]);
    expect(log.users[1]).toEqual({
      username: 'officer-made-up',
      roles: ['officer'],
      agencies: ['bloomington-pd'],
      divisions: ['patrol'],
      searches: 8,
      searchesByPurpose: { exigent: 1, felony: 7 },
      searchesByReason: { 'case-number': 8 },
      readsShown: 14,
      imagesFetched: 2,
      otherUses: {},
      refusals: { 'Policy-C': 1 },
      hotListChanges: {},
      alertsSent: 0,
      alertsVerified: { verified: 2 },
      dispositions: { stopped: 1 },
    });
  });

  it('finds uses without an answer, exigent uses, prohibited subjects and strangers [Acct-A] [Acct-D] [Policy-B]', () => {
    expect(log.findings.map(({ kind, username, clause }) => [kind, username, clause])).toEqual([
      ['exigent-use', 'officer-made-up', 'Policy-B'],
      ['prohibited-subject', 'officer-made-up', 'Policy-C'],
      ['stranger', 'stranger-made-up', 'Acct-D'],
      ['unclosed', 'officer-made-up', 'Acct-A'],
    ]);
    expect(log.unclosed).toEqual({ total: 1, tables: { operation: { 'search-reads': 1 } } });
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
  expect(logOf([answer, request]).findings).toEqual([]);
});

it('lists 10,000 findings and counts the others', () => {
  const make = eventMaker();
  const log = logOf(
    Array.from({ length: 10_003 }, (_, n) =>
      make('2026-11-10T15:00:00Z', {
        kind: 'requested',
        actor: detective,
        operation: 'list-alerts',
        requestId: madeId(n),
        queried: {},
        networksInScope: [],
        decision: { outcome: 'permit', rules: [] },
      }),
    ),
  );
  expect([log.findings.length, log.findingsUnlisted]).toEqual([10_000, 3]);
});
