import type { AuditEvent, AuditFacts } from '../../../core/audit/event';
import { FigureTally } from '../../../core/reports/figure-tally';
import { detective, eventMaker, madeId, officer } from './made-month';

const at = '2026-11-10T15:00:00Z';
const permit = { outcome: 'permit' as const, rules: [] };
type Queried = Extract<AuditFacts, { kind: 'requested' }>['queried'];

/** The events of a use; without counts its answer was never recorded. */
function use(
  make: ReturnType<typeof eventMaker>,
  facts: {
    readonly step: 'receive' | 'answer' | 'decline';
    readonly of: number;
    readonly kind?: Queried['agencyKind'];
    readonly counts?: Readonly<Record<string, number>>;
  },
): AuditEvent[] {
  const { step, of, kind, counts } = facts;
  const who = {
    actor: step === 'receive' ? officer : detective,
    operation: `${step}-external-request`,
    requestId: madeId(8000 + 10 * of + step.length),
  };
  const queried = { externalRequestId: madeId(of), ...(kind === undefined ? {} : { agencyKind: kind }) };
  const asked = make(at, { kind: 'requested', ...who, queried, networksInScope: [], decision: permit });
  return counts === undefined
    ? [asked]
    : [asked, make(at, { kind: 'answered', ...who, counts: { ...counts }, resultIds: [] })];
}

function figureOf(events: readonly AuditEvent[]) {
  const tally = new FigureTally();
  for (const event of events) {
    if (event.kind === 'answered') tally.answer(event);
    tally.add(event);
  }
  return tally.figures({ lists: [], topics: [] }).outsideRequests;
}
const counts = (cells: Readonly<Record<string, { count: number }>> | undefined) =>
  Object.fromEntries(
    Object.entries(cells ?? {}).flatMap(([key, { count }]) => (count > 0 ? [[key, count]] : [])),
  );

const make = eventMaker();
const changed = { changed: 1 };
const events = [
  ...use(make, { step: 'receive', of: 1, kind: 'municipal', counts: changed }),
  ...use(make, { step: 'answer', of: 1, kind: 'municipal', counts: { reads: 3, referrals: 1 } }),
  ...use(make, { step: 'receive', of: 2, kind: 'county', counts: changed }),
  ...use(make, { step: 'answer', of: 2, kind: 'county', counts: { reads: 0, referrals: 0 } }),
  ...use(make, { step: 'receive', of: 3, kind: 'county', counts: changed }),
  ...use(make, { step: 'decline', of: 3, kind: 'county', counts: changed }),
  ...use(make, { step: 'receive', of: 4, kind: 'federal', counts: changed }),
];

it('counts each request of another agency once, by kind of agency and by what became of it [Storage-C] [Acct-A]', () => {
  const { total, tables, shares = {} } = figureOf(events);
  expect(total).toEqual({ count: 4, users: 2 });
  expect(counts(tables.agency)).toEqual({ municipal: 1, county: 2, federal: 1 });
  expect(counts(tables.outcome)).toEqual({
    open: 1,
    'answered-with-reads': 1,
    'answered-without-reads': 1,
    declined: 1,
  });
  expect(counts(shares['outcome of county'])).toEqual({ 'answered-without-reads': 1, declined: 1 });
});

it('tells a request of an earlier month again when it is closed', () => {
  const [closing] = [use(make, { step: 'decline', of: 5, kind: 'state', counts: changed })];
  const { total, tables } = figureOf(closing);
  expect(total.count).toBe(1);
  expect(counts(tables.agency)).toEqual({ state: 1 });
  expect(counts(tables.outcome)).toEqual({ declined: 1 });
});

it('leaves a request open whose answer was stopped by a cap, by somebody else’s change, or never recorded', () => {
  const received = use(make, { step: 'receive', of: 6, kind: 'municipal', counts: changed });
  for (const stopped of [{ reads: 0, withheld: 4 }, { reads: 0 }, undefined])
    expect(
      counts(
        figureOf([
          ...received,
          ...use(make, {
            step: 'answer',
            of: 6,
            kind: 'municipal',
            ...(stopped === undefined ? {} : { counts: stopped }),
          }),
        ]).tables.outcome,
      ),
    ).toEqual({ open: 1 });
});

it('brings the two events of a use together in either order', () => {
  const [asked, told] = use(make, { step: 'decline', of: 7, kind: 'county', counts: changed });
  if (asked === undefined || told === undefined) throw new Error('no use');
  expect(counts(figureOf([told, asked]).tables.outcome)).toEqual({ declined: 1 });
});
