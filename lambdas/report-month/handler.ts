import { z } from 'zod';
import type { KnownEvents } from '../../adapters/reports/known-events';
import type { ReportFile, ReportFiles } from '../../adapters/reports/report-files';
import { type AuditEvent, newEvent } from '../../core/audit/event';
import type { AuditLog } from '../../core/audit/ports';
import type { Enrolments } from '../../core/cameras/ports';
import type { Configuration } from '../../core/contract/configuration';
import { sumDueMs, sumEventId } from '../../core/reports/day-sum';
import type { UnreadableEvent } from '../../core/reports/findings';
import {
  captureDaysOf,
  monthRange,
  monthsLater,
  newestDueMonth,
  parseReportMonth,
  type ReportCalendar,
  type ReportMonth,
  reportDueMs,
  reportEventId,
} from '../../core/reports/month';
import { MonthTally } from '../../core/reports/month-log';
import type { DaySummed, MonthSources } from '../../core/reports/month-report';
import type { SharingNow } from '../../core/sharing/sharing-now';
import { reportStylesheet, reportsPage } from '../../web/portal/report-page';
import type { Counters } from '../counters';
import { publicOutputs, reportFiles, sha256 } from './report-files';

export interface ReportMonthDeps {
  readonly configuration: Configuration;
  /** Rows that are no events are left out and told. */
  readonly events: (
    range: { fromMs: number; toMs: number },
    onUnreadable: (row: UnreadableEvent) => void,
  ) => AsyncIterable<AuditEvent>;
  readonly known: Pick<KnownEvents, 'find'>;
  readonly enrolments: Pick<Enrolments, 'list'>;
  readonly sharing: () => Promise<SharingNow>;
  readonly checkpoint: () => Promise<string | undefined>;
  readonly files: Pick<ReportFiles, 'put' | 'get'>;
  /** Absent where the portal is out of this account's reach. */
  readonly portal?: Pick<ReportFiles, 'put'> | undefined;
  readonly audit: AuditLog;
  readonly counters: Counters;
  readonly now: () => number;
}

export type ReportMade = Extract<AuditEvent, { kind: 'report-made' }>;

/** What was asked for is no report that could be made, or a stored one is not what the log says. */
export class ReportError extends Error {
  constructor(readonly code: 'input' | 'not-due' | 'not-recorded' | 'output-differs') {
    super(`no report: ${code}`);
    this.name = 'ReportError';
  }
}

const input = z.strictObject({ month: z.string().optional() });

/** Answers come within a function's time limit; later ones stay findings. */
const answersMs = 3_600_000;
const monthsListed = 36;

/**
 * Makes the report of a month, the newest that is due unless one is named, and publishes it. The order survives a crash
 * after each step: (1) all outputs are stored in a folder named after their content, so that no run overwrites
 * another's; (2) `report-made` names the folder and each output's hash, under the month's own key, so that a month has
 * one report; (3) what that event names is put where the public finds it, which may be repeated. A run that finds the
 * event only does (3); of two runs at once the second one fails at (2) and does (3) when it is called again.
 */
export function makeHandler(deps: ReportMonthDeps) {
  return async (event: unknown): Promise<{ readonly month: string; readonly folder: string }> => {
    const month = askedMonth(event, deps);
    if ((await findReport(deps, month)) === undefined) await makeReport(deps, month);
    const made = await findReport(deps, month);
    if (made === undefined) throw new ReportError('not-recorded');
    await publish(deps, made);
    deps.counters.count('ReportsPublished', 1);
    return { month, folder: made.folder };
  };
}

function askedMonth(event: unknown, deps: ReportMonthDeps): ReportMonth {
  const parsed = input.safeParse(event ?? {});
  if (!parsed.success) throw new ReportError('input');
  if (parsed.data.month === undefined) return newestDueMonth(deps.now(), calendarOf(deps));
  const month = parseReportMonth(parsed.data.month);
  if (month === undefined) throw new ReportError('input');
  if (reportDueMs(month, calendarOf(deps)) > deps.now()) throw new ReportError('not-due');
  return month;
}

async function makeReport(deps: ReportMonthDeps, month: ReportMonth): Promise<void> {
  const files = reportFiles(await sourcesOf(deps, month));
  const outputs = files.map(({ name, body }) => ({ name, sha256: sha256(body) }));
  const folder = `made/${month}/${sha256(JSON.stringify(outputs)).slice(0, 16)}`;
  for (const file of files) await deps.files.put({ ...file, name: `${folder}/${file.name}` });
  const place = placeOf(deps, month);
  const stamp = { now: () => place.atMs, newId: () => place.eventId };
  const actor = { kind: 'system', name: 'report-month' } as const;
  const facts = { kind: 'report-made', actor, month, madeAtMs: deps.now(), folder, outputs } as const;
  await deps.audit.append(newEvent(stamp, facts));
}

async function sourcesOf(deps: ReportMonthDeps, month: ReportMonth): Promise<MonthSources> {
  const { fromMs, toMs } = monthRange(month, deps.configuration.department.timeZone);
  const tally = new MonthTally(toMs);
  const range = { fromMs, toMs: toMs + answersMs };
  for await (const event of deps.events(range, (row) => tally.addUnreadable(row))) tally.add(event);
  const sums: DaySummed[] = [];
  for (const day of captureDaysOf(month)) {
    const sum = await deps.known.find({ atMs: sumDueMs(day), eventId: sumEventId(day) });
    if (sum?.kind === 'day-summed') sums.push(sum);
  }
  const checkpoint = await deps.checkpoint();
  return {
    month,
    madeAtMs: deps.now(),
    configuration: deps.configuration,
    log: tally.finish(),
    sums,
    enrolments: await deps.enrolments.list(),
    sharing: await deps.sharing(),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** Only what the log vouches for is published: each file is checked against its hash. Pages come last. */
async function publish(deps: ReportMonthDeps, made: ReportMade): Promise<void> {
  for (const { name, contentType } of publicOutputs) {
    const body = await deps.files.get(`${made.folder}/${name}`);
    if (made.outputs.find((output) => output.name === name)?.sha256 !== sha256(body))
      throw new ReportError('output-differs');
    await show(deps, { name: `reports/${made.month}/${name.replace('public/', '')}`, contentType, body });
  }
  const { name: department } = deps.configuration.department;
  const body = reportsPage({ department, months: await monthsMade(deps) });
  await show(deps, {
    name: 'reports/style.css',
    contentType: 'text/css; charset=utf-8',
    body: reportStylesheet,
  });
  await show(deps, { name: 'reports/index.html', contentType: 'text/html; charset=utf-8', body });
}

/** The folder `public` of the reports is the portal's copy, for whoever has to carry it there by hand. */
async function show(deps: ReportMonthDeps, file: ReportFile): Promise<void> {
  await deps.files.put({ ...file, name: `public/${file.name}` });
  await deps.portal?.put(file);
}

/** The newest first, back to three years; older ones stay where they are. */
async function monthsMade(deps: ReportMonthDeps): Promise<readonly ReportMonth[]> {
  const newest = newestDueMonth(deps.now(), calendarOf(deps));
  const months: ReportMonth[] = [];
  for (let back = 0; back < monthsListed; back++) {
    const month = monthsLater(newest, -back);
    if ((await findReport(deps, month)) !== undefined) months.push(month);
  }
  return months;
}

async function findReport(deps: ReportMonthDeps, month: ReportMonth): Promise<ReportMade | undefined> {
  const found = await deps.known.find(placeOf(deps, month));
  return found?.kind === 'report-made' ? found : undefined;
}

function placeOf(deps: ReportMonthDeps, month: ReportMonth) {
  return { atMs: reportDueMs(month, calendarOf(deps)), eventId: reportEventId(month) };
}

function calendarOf({ configuration }: ReportMonthDeps): ReportCalendar {
  return { timeZone: configuration.department.timeZone, ...configuration.reportSchedule };
}
