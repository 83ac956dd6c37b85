import fc from 'fast-check';
import type { AuditEvent } from '../../../core/audit/event';
import { FigureTally } from '../../../core/reports/figure-tally';
import { MonthTally } from '../../../core/reports/month-log';
import { detective, eventMaker, madeId, novemberEvents, officer } from './made-month';

const at = '2026-11-10T15:00:00Z';
const lines = { lists: ['custom', 'state-stolen'], topics: ['policy'] };
const decision = { outcome: 'permit' as const, rules: [] };

function figuresOf(events: readonly AuditEvent[]) {
  const tally = new FigureTally();
  for (const event of events) tally.add(event);
  return { figures: tally.figures(lines), uncounted: tally.uncounted(), draws: tally.draws() };
}
const counts = (table: Readonly<Record<string, { count: number }>> | undefined) =>
  Object.fromEntries(
    Object.entries(table ?? {}).flatMap(([key, { count }]) => (count > 0 ? [[key, count]] : [])),
  );

/** A permitted use of an operation. */
const use = (make: ReturnType<typeof eventMaker>, operation: string, n: number) =>
  make(at, {
    kind: 'requested',
    actor: officer,
    operation,
    requestId: madeId(7000 + n),
    queried: {},
    networksInScope: [],
    decision: { ...decision, rules: [] },
  });

it('has a line for every figure although nothing happened, so that none is left out [Acct-A]', () => {
  const { figures } = figuresOf([]);
  expect(Object.keys(figures)).toEqual([
    'searches',
    'administrativeSearches',
    'refusedSearches',
    'refusals',
    'imagesFetched',
    'alerts',
    'sightings',
    'hotListChanges',
    'evidence',
    'releases',
    'outsideRequests',
    'sharingChanges',
    'redactions',
    'trainings',
    'findings',
    'accessChanges',
    'cameraChanges',
    'signIns',
    'otherUses',
    'activeUsers',
  ]);
  for (const { total } of Object.values(figures)) expect(total).toEqual({ count: 0, users: 0 });
  expect(Object.keys(figures.alerts.tables.list ?? {})).toEqual(['custom', 'state-stolen']);
});

it('tells misread, wrong state and stale entries of rejected alerts apart, and counts alerts by list [Access-B]', () => {
  const make = eventMaker();
  const raised = ['custom', 'state-stolen', 'state-stolen'].map((list, n) =>
    make(at, {
      kind: 'alert-raised',
      actor: { kind: 'system', name: 'match-reads' },
      alertId: madeId(n),
      readId: madeId(50),
      network: 'bloomington',
      list,
    }),
  );
  const rejected = (['misread', 'stale-entry'] as const).map((rejection, n) =>
    make(at, {
      kind: 'alert-verified',
      actor: officer,
      operation: 'verify-alert',
      alertId: madeId(n),
      outcome: 'rejected',
      rejection,
      checklist: {},
      decision,
    }),
  );
  const { tables } = figuresOf([...raised, ...rejected]).figures.alerts;
  expect(counts(tables.outcome)).toEqual({ unverified: 1, misread: 1, 'stale-entry': 1 });
  expect(counts(tables.list)).toEqual({ custom: 1, 'state-stolen': 2 });
});

it('counts entries that were asked for in exigent circumstances by themselves [Policy-B]', () => {
  const make = eventMaker();
  const entry = {
    kind: 'hot-list-changed',
    actor: detective,
    entryId: madeId(1),
    change: 'requested',
  } as const;
  const exigent = {
    kind: 'exigent',
    lawEnforcementPurpose: 'Made-up emergency',
    justification: 'A made-up justification of some length',
  } as const;
  const { hotListChanges } = figuresOf([
    make(at, { ...entry, purpose: { kind: 'felony' } }),
    make(at, { ...entry, purpose: exigent }),
  ]).figures;
  expect(counts(hotListChanges.tables.change)).toEqual({ requested: 1, 'requested-exigent': 1 });
});

it('counts changes of access, trainings, findings, sign-ins, cameras and sharing under their own heads', () => {
  const make = eventMaker();
  const person = { kind: 'person-changed', actor: officer, username: 'somebody-made-up' } as const;
  const { figures } = figuresOf([
    make(at, { ...person, change: 'suspended' }),
    make(at, { ...person, change: 'trained', topic: 'policy' }),
    make(at, {
      kind: 'device-changed',
      actor: officer,
      operation: 'register-device',
      deviceId: 'made-up',
      change: 'registered',
    }),
    make(at, { kind: 'signed-in', actor: officer, operation: 'sign-in', client: 'console' }),
    make(at, {
      kind: 'finding-raised',
      actor: { kind: 'system', name: 'made-up' },
      findingId: madeId(1),
      finding: 'shared-account',
      severity: 'medium',
      username: 'somebody-made-up',
      clause: 'Acct-A',
      eventIds: [],
    }),
    make(at, {
      kind: 'finding-decided',
      actor: officer,
      operation: 'decide-finding',
      findingId: madeId(1),
      username: 'somebody-made-up',
      outcome: 'upheld',
      words: 'Made-up words',
      decision,
    }),
    use(make, 'enrol-camera', 1),
    use(make, 'approve-agreement', 2),
    use(make, 'list-sites', 4),
    use(make, 'take-evidence', 5),
  ]);
  expect(counts(figures.accessChanges.tables.change)).toEqual({ suspended: 1, 'device-registered': 1 });
  expect(counts(figures.trainings.tables.topic)).toEqual({ policy: 1 });
  expect(counts(figures.signIns.tables.client)).toEqual({ console: 1 });
  expect(counts(figures.findings.tables.kind)).toEqual({ 'shared-account': 1 });
  expect(counts(figures.findings.tables.outcome)).toEqual({ upheld: 1 });
  expect(counts(figures.cameraChanges.tables.operation)).toEqual({ 'enrol-camera': 1 });
  expect(counts(figures.sharingChanges.tables.operation)).toEqual({ 'approve-agreement': 1 });
  expect(counts(figures.otherUses.tables.operation)).toEqual({ 'list-sites': 1 });
});

it('counts evidence by purpose, releases by step and authority, and tells of redactions and draws [Storage-B] [Access-F]', () => {
  const make = eventMaker();
  const evidence = { actor: detective, operation: 'made-up', evidenceId: madeId(1), decision } as const;
  const { figures, draws, uncounted } = figuresOf([
    make(at, {
      kind: 'evidence-taken',
      ...evidence,
      network: 'bloomington',
      purpose: 'felony',
      takenBy: detective.username,
      packageSha256: 'made-up',
    }),
    make(at, {
      kind: 'release-changed',
      ...evidence,
      releaseId: madeId(2),
      change: 'released',
      recipientKind: 'court',
      authorityKind: 'court-order',
    }),
    make(at, {
      kind: 'redaction-declined',
      actor: officer,
      operation: 'decide-redaction',
      logIndex: 3,
      orderedBy: 'chief-made-up',
      words: 'Made-up words',
      decision,
    }),
    make(at, {
      kind: 'leaves-drawn',
      actor: officer,
      operation: 'draw-leaves',
      record: {
        version: 1,
        day: '2026-11-09',
        size: 7,
        rootHash: 'AAAA',
        seed: 'ab'.repeat(32),
        leaves: [
          { index: 2, state: 'opened', leaf: 'AAAA' },
          { index: 5, state: 'redacted', leaf: 'AAAA' },
        ],
      },
      decision,
    }),
  ]);
  expect(counts(figures.evidence.tables.purpose)).toEqual({ felony: 1 });
  expect(counts(figures.releases.tables.change)).toEqual({ released: 1 });
  expect(counts(figures.releases.tables.authority)).toEqual({ 'court-order': 1 });
  expect(counts(figures.redactions.tables.step)).toEqual({ 'redaction-declined': 1 });
  expect(draws).toEqual([
    { day: '2026-11-09', size: 7, seed: 'ab'.repeat(32), opened: 1, redacted: 1, failed: 0 },
  ]);
  expect(uncounted).toEqual([]);
});

it('counts no finding that is raised of each exigent use, refusal or change of sharing, whose numbers it would give away [Acct-A]', () => {
  const make = eventMaker();
  const raised = (finding: 'exigent-use' | 'sharing-change' | 'stranger' | 'off-duty-use', n: number) =>
    make(at, {
      kind: 'finding-raised',
      actor: { kind: 'system', name: 'made-up' },
      findingId: madeId(n),
      finding,
      severity: 'low',
      username: 'somebody-made-up',
      clause: 'Acct-A',
      eventIds: [],
    });
  const { findings } = figuresOf([
    raised('exigent-use', 1),
    raised('sharing-change', 2),
    raised('stranger', 3),
    raised('off-duty-use', 4),
  ]).figures;
  expect(findings.total).toEqual({ count: 1, users: 1 });
  expect(counts(findings.tables.kind)).toEqual({ 'off-duty-use': 1 });
});

it('names a kind of event that no figure counts, so that it does not go missing unseen [Acct-A]', () => {
  const [event] = novemberEvents();
  if (event === undefined) throw new Error('no event');
  const tally = new FigureTally();
  Object.defineProperty(event, 'kind', { value: 'made-up-kind' });
  tally.add(event);
  expect(tally.uncounted()).toEqual(['made-up-kind']);
  expect(figuresOf(novemberEvents()).uncounted).toEqual([]);
});

it('counts each event in one month, so that months cannot be subtracted from each other [Acct-A]', () => {
  const middleMs = Date.parse('2026-11-15T00:00:00Z');
  const moments = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 30 });
  fc.assert(
    fc.property(moments, (days) => {
      const make = eventMaker();
      const events = days.map((day) =>
        make(new Date(middleMs + day * 86_400_000).toISOString(), {
          kind: 'refused',
          actor: officer,
          operation: 'search-reads',
          decision: { outcome: 'deny', clause: 'Access-E', rules: [] },
        }),
      );
      const first = new MonthTally(middleMs);
      const second = new MonthTally(middleMs + 31 * 86_400_000);
      for (const event of events) first.add(event);
      for (const event of events) if (event.atMs >= middleMs) second.add(event);
      const totals = [first, second].map((each) => each.finish().figures.refusedSearches?.total.count ?? 0);
      expect(totals[0]).toBe(days.filter((day) => day < 0).length);
      expect((totals[0] ?? 0) + (totals[1] ?? 0)).toBe(days.length);
    }),
  );
});
