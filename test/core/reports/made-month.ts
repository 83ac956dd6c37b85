import { type AuditEvent, type AuditFacts, newEvent, type PersonActor } from '../../../core/audit/event';
import { parseReportMonth, type ReportMonth } from '../../../core/reports/month';

export function madeMonth(text: string): ReportMonth {
  const month = parseReportMonth(text);
  if (month === undefined) throw new Error(`no month: ${text}`);
  return month;
}

export const madeId = (n: number) => `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;

/** Numbers events 1, 2, 3 … and their ids with them. */
export function eventMaker() {
  let number = 0;
  return (at: string, facts: AuditFacts): AuditEvent =>
    newEvent({ now: () => Date.parse(at), newId: () => madeId(++number) }, facts);
}

export const officer = {
  kind: 'person',
  username: 'officer-made-up',
  agency: 'bloomington-pd',
  role: 'officer',
  division: 'patrol',
} as const;
export const detective = {
  kind: 'person',
  username: 'detective-made-up',
  agency: 'bloomington-pd',
  role: 'detective',
  division: 'criminal-investigations',
} as const;

export const permit = { outcome: 'permit', rules: ['search'] } as const;
export const denied = (clause: string) => ({ outcome: 'deny', clause, rules: ['made-up'] }) as const;

const search = { operation: 'search-reads', queried: { plate: 'TEST123' }, networksInScope: ['bloomington'] };

/** Both events of a search that found so many reads. */
export function searched(
  make: ReturnType<typeof eventMaker>,
  at: string,
  facts: { actor: PersonActor; n: number; reads: number; isExigent?: boolean },
): AuditEvent[] {
  const { actor, n, reads } = facts;
  return [
    make(at, {
      kind: 'requested',
      actor,
      ...search,
      queried: { ...search.queried },
      networksInScope: [...search.networksInScope],
      requestId: madeId(1000 + n),
      purpose: facts.isExigent
        ? {
            kind: 'exigent',
            lawEnforcementPurpose: 'Made-up emergency',
            justification: 'A made-up justification of some length',
          }
        : { kind: 'felony' },
      reason: { kind: 'case-number', caseNumber: '2026-0012345' },
      decision: { ...permit, rules: [...permit.rules] },
    }),
    make(at, {
      kind: 'answered',
      actor,
      operation: 'search-reads',
      requestId: madeId(1000 + n),
      counts: { reads, truncated: 0, unreadable: 0 },
      resultIds: [],
    }),
  ];
}

/**
 * A small November: seven searches of an officer (one exigent), five of a detective, a search without an answer, a
 * refusal, a stranger, two images, an entry, two alerts of which one was verified, a day forgotten, two proofs of the retention, and what is not of
 * the month: an alert of October verified now, an answer and a search after its end.
 */
export function novemberEvents(): AuditEvent[] {
  const make = eventMaker();
  const at = '2026-11-10T15:00:00Z';
  const events: AuditEvent[] = [];
  for (let n = 0; n < 7; n++)
    events.push(...searched(make, at, { actor: officer, n, reads: 2, isExigent: n === 0 }));
  for (let n = 7; n < 12; n++) events.push(...searched(make, at, { actor: detective, n, reads: 1 }));
  const [lost] = searched(make, at, { actor: officer, n: 12, reads: 0 });
  const [late, lateAnswer] = searched(make, '2026-12-01T05:59:59Z', { actor: detective, n: 13, reads: 3 });
  if (lost === undefined || late === undefined || lateAnswer === undefined) throw new Error('no search');
  const decision = { ...permit, rules: [...permit.rules] };
  const refusal = (clause: string) => ({ ...denied(clause), rules: ['made-up'] });
  const image = { searchId: madeId(1000), readId: madeId(2000), network: 'bloomington', decision };
  const alert = (n: number) => ({ alertId: madeId(3000 + n) });
  const raised = { readId: madeId(2000), network: 'bloomington' };
  const system = (name: string) => ({ kind: 'system', name }) as const;
  return [
    ...events,
    lost,
    make(at, { kind: 'refused', actor: officer, operation: 'search-reads', decision: refusal('Policy-C') }),
    make(at, {
      kind: 'refused',
      actor: { kind: 'stranger', username: 'stranger-made-up' },
      operation: 'search-reads',
      decision: refusal('Access-C'),
    }),
    ...(['plate', 'vehicle'] as const).map((each) =>
      make(at, { kind: 'image-fetched', actor: officer, operation: 'fetch-image', ...image, image: each }),
    ),
    make(at, { kind: 'hot-list-changed', actor: detective, entryId: madeId(4000), change: 'requested' }),
    ...[0, 1].map((n) =>
      make(at, { kind: 'alert-raised', actor: system('match-reads'), ...alert(n), ...raised }),
    ),
    ...[0, 9].map((n) =>
      make(at, {
        kind: 'alert-verified',
        actor: officer,
        operation: 'verify-alert',
        ...alert(n),
        outcome: 'verified',
        checklist: {},
        decision,
      }),
    ),
    make(at, {
      kind: 'alert-disposed',
      actor: officer,
      operation: 'record-disposition',
      ...alert(0),
      disposition: 'stopped',
      isEnforcement: true,
      decision,
    }),
    ...([719, 700] as const).map((oldestReadHours, n) =>
      make(at, {
        kind: 'retention-proven',
        actor: system('prove-retention'),
        retentionDays: 30,
        daysWithKey: [],
        oldestReadHours,
        oldest: {},
        recovery: { reads: n === 0 ? 'none' : 'continuous' },
        faults: n === 0 ? [] : ['copies-recoverable'],
      }),
    ),
    make(at, { kind: 'day-forgotten', actor: system('forget-day'), day: '2026-10-11', forgottenAtMs: 1 }),
    late,
    { ...lateAnswer, atMs: Date.parse('2026-12-01T06:00:01Z') },
    ...searched(make, '2026-12-01T06:00:00Z', { actor: officer, n: 14, reads: 1 }),
  ];
}
