import { createHash } from 'node:crypto';
import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type { Finding } from '../findings/finding';
import type { Findings } from '../findings/ports';
import { hashedUuid } from '../hashed-uuid';
import type { StateConflict } from '../people/life-cycle';
import type { ReportMonth } from '../reports/month';
import { mapBounded } from '../search/bounded';
import type { MonthAuditRecord, MonthAudits } from './ports';

export interface AttestMonthDeps extends AuditDeps {
  readonly audits: Pick<MonthAudits, 'find' | 'attest'>;
  readonly findings: Pick<Findings, 'find'>;
  readonly onceAudit: OnceAuditLog;
  readonly decide: DecideAccess;
}

export type AttestMonthOutcome =
  | { readonly kind: 'attested'; readonly record: MonthAuditRecord }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | StateConflict
  | { readonly kind: 'not-found' };

const findsAtOnce = 16;

/**
 * The administrator stands for a month's audit (Acct-A), once, and only when each of its findings was decided. What is
 * attested is named by a hash over the stored audit and every finding with its outcome. The attestation is stored
 * before its event; whoever dies between attests again and completes it.
 */
export function attestMonth(deps: AttestMonthDeps) {
  return async (
    { month, words }: { readonly month: ReportMonth; readonly words: string },
    caller: Caller,
  ): Promise<AttestMonthOutcome> => {
    const { person } = caller;
    const operation = 'attest-month-audit';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { month }, networksInScope: [] } as const;
    return auditedUse<AttestMonthOutcome>(deps, caller, use, async () => {
      const nothing = { counts: { attested: 0 }, resultIds: [] };
      const record = await deps.audits.find(month);
      if (record === undefined) return { value: { kind: 'not-found' }, ...nothing };
      const found = await mapBounded([...record.findingIds], findsAtOnce, (id) => deps.findings.find(id));
      const decided = found.flatMap((each) => (each?.decision === undefined ? [] : [each]));
      const open = record.findingIds.length - decided.length;
      if (open > 0) return { value: stillOpen(open), ...nothing };
      const { username } = person;
      const attestation = { by: username, atMs: nowMs, words, ...attested(record, decided) };
      const stands = await deps.audits.attest(month, attestation);
      if (stands.by !== username || stands.words !== words) return { value: attestedAlready, ...nothing };
      const stamp = {
        now: () => stands.atMs,
        newId: () => hashedUuid(`platekeeper month-attested ${month}`),
      };
      await deps.onceAudit.appendOnce(
        newEvent(stamp, {
          kind: 'month-attested',
          actor: actorOf(person),
          operation,
          device: caller.device,
          month,
          recordSha256: stands.recordSha256,
          outcomes: { ...stands.outcomes },
          words,
          decision: decisionRecord(permit),
        }),
      );
      return {
        value: { kind: 'attested', record: { ...record, attestation: stands } },
        counts: { attested: 1, findings: decided.length },
        resultIds: [],
      };
    });
  };
}

/** The hash is over lines of text that anybody can write again: see docs/formats/month-audit.md. */
function attested({ month, sha256 }: MonthAuditRecord, findings: readonly Finding[]) {
  const outcomes: Record<string, number> = {};
  const lines = findings
    .map(({ findingId, decision }) => `${findingId} ${decision?.outcome ?? 'open'}`)
    .sort();
  for (const { decision } of findings)
    if (decision !== undefined) outcomes[decision.outcome] = (outcomes[decision.outcome] ?? 0) + 1;
  const text = [`platekeeper month audit ${month}`, sha256, ...lines, ''].join('\n');
  return { recordSha256: createHash('sha256').update(text, 'utf8').digest('hex'), outcomes };
}

function stillOpen(open: number): StateConflict {
  return {
    kind: 'conflict',
    clause: 'Acct-A',
    message: `${open} findings of this month are open.`,
    remedy: 'Explain, uphold or refer each; those about office holders are for the Chief of Police.',
  };
}

const attestedAlready: StateConflict = {
  kind: 'conflict',
  clause: 'Acct-A',
  message: 'This month has been attested already.',
  remedy: 'List the month audits to see by whom.',
};
