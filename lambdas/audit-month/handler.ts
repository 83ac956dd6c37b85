import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ReportFiles } from '../../adapters/reports/report-files';
import { type AuditEvent, newEvent } from '../../core/audit/event';
import type { OnceAuditLog } from '../../core/audit/ports';
import type { UnreadableEvent } from '../../core/audit/unreadable-event';
import type { CaseNumberSource } from '../../core/cases/ports';
import type { Configuration } from '../../core/contract/configuration';
import { findingIdOf } from '../../core/findings/finding';
import type { FindingSink } from '../../core/findings/ports';
import { hashedUuid } from '../../core/hashed-uuid';
import { auditableMonth } from '../../core/month-audit/audit-calendar';
import { findingCause } from '../../core/month-audit/finding-cause';
import { lookBackMs } from '../../core/month-audit/month-audit';
import { attestationDueMs, isOverdue } from '../../core/month-audit/overdue';
import { auditedPerson } from '../../core/month-audit/person';
import type { AuditNotices, MonthAuditRecord, MonthAudits } from '../../core/month-audit/ports';
import { UserAuditTally } from '../../core/month-audit/user-audit';
import type { PeopleRecords } from '../../core/people/ports';
import { monthRange, type ReportMonth } from '../../core/reports/month';
import { mapBounded } from '../../core/search/bounded';
import type { Counters } from '../counters';

export interface AuditMonthDeps {
  readonly configuration: Configuration;
  readonly events: (
    range: { fromMs: number; toMs: number },
    onUnreadable: (row: UnreadableEvent) => void,
  ) => AsyncIterable<AuditEvent>;
  readonly people: Pick<PeopleRecords, 'list'>;
  readonly cases: CaseNumberSource;
  readonly files: Pick<ReportFiles, 'put'>;
  readonly findings: FindingSink;
  readonly audits: Pick<MonthAudits, 'find' | 'list' | 'putNew' | 'note'>;
  readonly onceAudit: OnceAuditLog;
  readonly notices: AuditNotices;
  readonly counters: Counters;
  readonly now: () => number;
}

/** What was asked for is no month that can be audited now. */
export class AuditMonthError extends Error {
  readonly code = 'input';

  constructor() {
    super('no month that can be audited');
    this.name = 'AuditMonthError';
  }
}

const input = z.strictObject({ month: z.string().optional() });
const actor = { kind: 'system', name: 'audit-month' } as const;
const answersMs = 3_600_000;
const raisedAtOnce = 8;

/**
 * Run once a day: audits the newest month that is due, unless it was, and tells of audits that nobody attested in time
 * (Acct-A). Crash-safe order: (1) the user audit is stored under the hash of its content; (2) each finding is raised,
 * once by its cause; (3) the record of the month names the file and all findings, and the first record stands; (4)
 * `month-audited`, made of the record; (5) the notice; (6) that it was told. Whoever dies between goes on the next day;
 * the notice alone may come twice.
 */
export function makeHandler(deps: AuditMonthDeps) {
  return async (event: unknown): Promise<{ readonly month: string }> => {
    const parsed = input.safeParse(event ?? {});
    const month = parsed.success && auditableMonth(parsed.data.month, deps.configuration, deps.now());
    if (!month) throw new AuditMonthError();
    const record = (await deps.audits.find(month)) ?? (await makeAudit(deps, month));
    if (record.toldAtMs === undefined) await tell(deps, record);
    await tellOverdue(deps);
    return { month };
  };
}

async function makeAudit(deps: AuditMonthDeps, month: ReportMonth): Promise<MonthAuditRecord> {
  const audit = (await tallied(deps, month)).finish(month);
  const body = `${JSON.stringify(audit, null, 1)}\n`;
  const sha256 = createHash('sha256').update(body, 'utf8').digest('hex');
  const file = `months/${month}/${sha256.slice(0, 16)}.json`;
  await deps.files.put({ name: file, contentType: 'application/json', body });
  const causes = audit.findings.map((finding) => findingCause(finding, month));
  await mapBounded(causes, raisedAtOnce, (cause) => deps.findings.raise(cause));
  const findings: Record<string, number> = { low: 0, medium: 0, high: 0 };
  for (const { severity } of audit.findings) findings[severity] = (findings[severity] ?? 0) + 1;
  deps.counters.count('MonthFindings', causes.length);
  return deps.audits.putNew({
    month,
    auditedAtMs: deps.now(),
    file,
    sha256,
    events: audit.range.events,
    findings,
    findingIds: [...new Set(causes.map(findingIdOf))],
  });
}

/** The reader gives 33 days at most, so the weeks before are asked for by themselves. */
async function tallied(deps: AuditMonthDeps, month: ReportMonth): Promise<UserAuditTally> {
  const { configuration } = deps;
  const { fromMs, toMs } = monthRange(month, configuration.department.timeZone);
  const cases = await deps.cases.read();
  const records = await deps.people.list();
  const people = records.map((each) => auditedPerson(each, configuration.training, deps.now()));
  const tally = new UserAuditTally({ fromMs, toMs, configuration, cases, people });
  const ranges = [
    { fromMs: fromMs - lookBackMs, toMs: fromMs },
    { fromMs, toMs: toMs + answersMs },
  ];
  for (const range of ranges)
    for await (const event of deps.events(range, (row) => tally.addUnreadable(row))) tally.add(event);
  return tally;
}

async function tell(deps: AuditMonthDeps, record: MonthAuditRecord): Promise<void> {
  const { month, file, sha256, events, findings, auditedAtMs } = record;
  const stamp = { now: () => auditedAtMs, newId: () => hashedUuid(`platekeeper month-audited ${month}`) };
  const facts = {
    kind: 'month-audited',
    actor,
    month,
    file,
    sha256,
    events,
    findings: { ...findings },
  } as const;
  await deps.onceAudit.appendOnce(newEvent(stamp, facts));
  await deps.notices.publish({ kind: 'month-audited', month, findings });
  await deps.audits.note(month, 'toldAtMs', deps.now());
}

/** Told once for each month; the gauge stays up until somebody attests. */
async function tellOverdue(deps: AuditMonthDeps): Promise<void> {
  const { attestWithinDays } = deps.configuration.monthAudit;
  const all = await deps.audits.list();
  const overdue = all.filter((each) => isOverdue(each, attestWithinDays, deps.now()));
  for (const record of overdue) {
    if (record.overdueAtMs !== undefined) continue;
    const { month, findings } = record;
    const dueAtMs = attestationDueMs(record, attestWithinDays);
    const newId = () => hashedUuid(`platekeeper month-audit-overdue ${month}`);
    const facts = { kind: 'month-audit-overdue', actor, month, dueAtMs } as const;
    await deps.onceAudit.appendOnce(newEvent({ now: () => dueAtMs, newId }, facts));
    await deps.notices.publish({ kind: 'month-audit-overdue', month, findings });
    await deps.audits.note(month, 'overdueAtMs', deps.now());
  }
  deps.counters.count('MonthAuditsOverdue', overdue.length);
}
