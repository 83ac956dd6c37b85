import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { type AuditEvent, newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import {
  approvalEventId,
  parseReportMonth,
  proposalEventId,
  type ReportCalendar,
  type ReportMonth,
  reportDueMs,
  reportEventId,
  versionsMax,
} from './month';

export interface CorrectReportDeps extends AuditDeps {
  /** The event of that time and id, as it stands now. */
  readonly known: {
    find(place: { readonly atMs: number; readonly eventId: string }): Promise<AuditEvent | undefined>;
  };
  readonly onceAudit: OnceAuditLog;
  readonly decide: DecideAccess;
  readonly calendar: ReportCalendar;
}

type Step = Extract<AuditEvent, { kind: 'report-correction' }>;

export type CorrectReportOutcome =
  | { readonly kind: 'recorded'; readonly step: Step; readonly proposalId: string }
  | { readonly kind: 'refused'; readonly denial: Denial }
  /** The month has no report, or the proposal is not one of the next version. */
  | { readonly kind: 'not-found' }
  /** Another proposal was approved for this version, or whoever proposed it would approve it. */
  | { readonly kind: 'conflict' };

/** The administrator asks that a month be reported anew. The same reason again is the same proposal. */
export function proposeCorrection(deps: CorrectReportDeps) {
  return (asked: { readonly month: string; readonly reason: string }, caller: Caller) =>
    correct(deps, 'propose-report-correction', asked.month, caller, async (month, version) => ({
      eventId: proposalEventId(month, { version, reason: asked.reason }),
      change: 'proposed',
      reason: asked.reason,
    }));
}

/** The Chief agrees to a proposal, which makes the next run of the reports bring out the new version. */
export function approveCorrection(deps: CorrectReportDeps) {
  return (asked: { readonly month: string; readonly proposalId: string }, caller: Caller) =>
    correct(deps, 'approve-report-correction', asked.month, caller, async (month, version) => {
      const { proposalId } = asked;
      const found = await deps.known.find({ atMs: reportDueMs(month, deps.calendar), eventId: proposalId });
      if (found?.kind !== 'report-correction' || found.change !== 'proposed') return 'not-found';
      if (found.month !== month || found.reportVersion !== version) return 'not-found';
      if (found.actor.username === caller.person.username) return 'conflict';
      const eventId = approvalEventId(month, version);
      return { eventId, change: 'approved', reason: found.reason, proposalId };
    });
}

interface NextStep {
  readonly eventId: string;
  readonly change: Step['change'];
  readonly reason: string;
  readonly proposalId?: string;
}

/** Time and id are made of the step, so that each step has one event, and that event is all that is kept of it. */
async function correct(
  deps: CorrectReportDeps,
  operation: 'propose-report-correction' | 'approve-report-correction',
  monthText: string,
  caller: Caller,
  nextStep: (month: ReportMonth, version: number) => Promise<NextStep | 'not-found' | 'conflict'>,
): Promise<CorrectReportOutcome> {
  const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
  if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
  const use = { operation, permit, queried: {}, networksInScope: [] } as const;
  return auditedUse<CorrectReportOutcome>(deps, caller, use, async () => {
    const nothing = { counts: { recorded: 0 }, resultIds: [] };
    const month = parseReportMonth(monthText);
    const version = month === undefined ? undefined : await nextVersion(deps, month);
    if (month === undefined || version === undefined) return { value: { kind: 'not-found' }, ...nothing };
    const next = await nextStep(month, version);
    if (typeof next === 'string') return { value: { kind: next }, ...nothing };
    const step = await record(deps, { month, version, next, operation, caller, permit });
    if (step === undefined) return { value: { kind: 'conflict' }, ...nothing };
    const proposalId = step.proposalId ?? step.eventId;
    return {
      value: { kind: 'recorded', step, proposalId },
      counts: { recorded: 1 },
      resultIds: [step.eventId],
    };
  });
}

/** The version after the newest; `undefined` for a month without a report, or with as many as it may have. */
async function nextVersion(deps: CorrectReportDeps, month: ReportMonth): Promise<number | undefined> {
  const atMs = reportDueMs(month, deps.calendar);
  let version = 1;
  while (version <= versionsMax) {
    const made = await deps.known.find({ atMs, eventId: reportEventId(month, version) });
    if (made?.kind !== 'report-made') break;
    version++;
  }
  return version === 1 || version > versionsMax ? undefined : version;
}

/** The step as it stands: the first telling of it. `undefined`: another proposal was approved before. */
async function record(
  deps: CorrectReportDeps,
  facts: {
    readonly month: ReportMonth;
    readonly version: number;
    readonly next: NextStep;
    readonly operation: string;
    readonly caller: Caller;
    readonly permit: Permit;
  },
): Promise<Step | undefined> {
  const { month, version, next, operation, caller, permit } = facts;
  const { eventId, ...told } = next;
  const place = { atMs: reportDueMs(month, deps.calendar), eventId };
  await deps.onceAudit.appendOnce(
    newEvent(
      { now: () => place.atMs, newId: () => eventId },
      {
        kind: 'report-correction',
        actor: actorOf(caller.person),
        operation,
        device: caller.device,
        ...told,
        month,
        reportVersion: version,
        changedAtMs: deps.events.now(),
        decision: decisionRecord(permit),
      },
    ),
  );
  const standing = await deps.known.find(place);
  if (standing?.kind !== 'report-correction') return undefined;
  return standing.proposalId === next.proposalId ? standing : undefined;
}
