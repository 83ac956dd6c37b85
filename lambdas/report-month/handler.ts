import { z } from 'zod';
import type { KnownEvents } from '../../adapters/reports/known-events';
import type { ReportFiles } from '../../adapters/reports/report-files';
import { type AuditEvent, newEvent } from '../../core/audit/event';
import type { AuditLog, OnceAuditLog } from '../../core/audit/ports';
import type { UnreadableEvent } from '../../core/audit/unreadable-event';
import type { Enrolments } from '../../core/cameras/ports';
import type { Configuration } from '../../core/contract/configuration';
import type { PublicReport } from '../../core/contract/report';
import { sumDueMs, sumEventId } from '../../core/reports/day-sum';
import {
  captureDaysOf,
  monthRange,
  monthsLater,
  newestDueMonth,
  parseReportMonth,
  type ReportMonth,
  reportDueMs,
  versionsMax,
} from '../../core/reports/month';
import { MonthTally } from '../../core/reports/month-log';
import type { DaySummed, EarlierVersion, MonthSources } from '../../core/reports/month-report';
import type { SharingNow } from '../../core/sharing/sharing-now';
import type { Counters } from '../counters';
import { calendarOf, MadeReports, ReportError, type ReportMade } from './made-reports';
import { noteSettings } from './note-settings';
import { publishIndex, publishMonth } from './publish';
import { reportFiles, sha256 } from './report-files';

export { ReportError, type ReportMade } from './made-reports';

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
  readonly onceAudit: OnceAuditLog;
  readonly counters: Counters;
  readonly now: () => number;
}

const input = z.strictObject({ month: z.string().optional() });

/** Answers come within a function's time limit; uses without one are told by the monthly audit. */
const answersMs = 3_600_000;
/** A month older than so many is corrected only when it is named. */
const monthsCorrected = 12;

/**
 * Makes the report of a month, the newest that is due unless one is named, and publishes it; then a new version of each
 * month for which a correction was agreed to. Each run notes the day's settings first. The order survives a crash after each step: (1) all outputs are stored in
 * a folder named after their content, so that no run overwrites another's; (2) `report-made` names the folder and each
 * output's hash, under the version's own key, so that a version is made once; (3) what that event names is put where the
 * public finds it, which may be repeated. A run that finds the event only does (3); of two runs at once the second one
 * fails at (2) and does (3) when it is called again.
 */
export function makeHandler(deps: ReportMonthDeps) {
  const made = new MadeReports(deps);
  const publishing = { ...deps, made, department: deps.configuration.department.name };
  return async (
    event: unknown,
  ): Promise<{ readonly month: string; readonly version: number; readonly folder: string }> => {
    const month = askedMonth(event, deps);
    await noteSettings(deps);
    const newest = newestDueMonth(deps.now(), calendarOf(deps.configuration));
    const report = await bringUpToDate(deps, made, month);
    await publishMonth(publishing, month, report);
    if (month === newest)
      for (const each of await monthsToCorrect(made, month))
        await publishMonth(publishing, each, await bringUpToDate(deps, made, each));
    await publishIndex(publishing, newest);
    deps.counters.count('ReportsPublished', 1);
    return { month, version: report.length, folder: report.at(-1)?.folder ?? '' };
  };
}

function askedMonth(event: unknown, deps: ReportMonthDeps): ReportMonth {
  const calendar = calendarOf(deps.configuration);
  const parsed = input.safeParse(event ?? {});
  if (!parsed.success) throw new ReportError('input');
  if (parsed.data.month === undefined) return newestDueMonth(deps.now(), calendar);
  const month = parseReportMonth(parsed.data.month);
  if (month === undefined) throw new ReportError('input');
  if (reportDueMs(month, calendar) > deps.now()) throw new ReportError('not-due');
  return month;
}

/** Earlier months that have a report and lack the version that was agreed to. */
async function monthsToCorrect(made: MadeReports, newest: ReportMonth): Promise<readonly ReportMonth[]> {
  const months: ReportMonth[] = [];
  for (let back = 1; back <= monthsCorrected; back++) {
    const month = monthsLater(newest, -back);
    const versions = await made.versions(month);
    if (versions.length > 0 && (await made.correction(month, versions.length + 1)) !== undefined)
      months.push(month);
  }
  return months;
}

/** All versions of the month, after making those that are missing. */
async function bringUpToDate(
  deps: ReportMonthDeps,
  made: MadeReports,
  month: ReportMonth,
): Promise<readonly ReportMade[]> {
  for (let version = (await made.versions(month)).length + 1; version <= versionsMax; version++) {
    if (version > 1) {
      const correction = await made.correction(month, version);
      if (correction === undefined) break;
      const before: EarlierVersion[] = [];
      for (const each of await made.versions(month)) before.push(await made.earlierVersion(each));
      await makeReport(deps, made, { month, correction: { version, reason: correction.reason, before } });
    } else await makeReport(deps, made, { month });
    if ((await made.versions(month)).length < version) throw new ReportError('not-recorded');
  }
  return made.versions(month);
}

type Asked = Pick<MonthSources, 'month' | 'correction'>;

async function makeReport(deps: ReportMonthDeps, made: MadeReports, asked: Asked): Promise<void> {
  const { month, correction } = asked;
  const files = await reportFiles(await sourcesOf(deps, made, asked));
  const outputs = files.map(({ name, body }) => ({ name, sha256: sha256(body) }));
  const folder = `made/${month}/${sha256(JSON.stringify(outputs)).slice(0, 16)}`;
  for (const file of files) await deps.files.put({ ...file, name: `${folder}/${file.name}` });
  const place = made.placeOf(month, correction?.version ?? 1);
  const stamp = { now: () => place.atMs, newId: () => place.eventId };
  await deps.audit.append(
    newEvent(stamp, {
      kind: 'report-made',
      actor: { kind: 'system', name: 'report-month' },
      month,
      ...(correction === undefined ? {} : { reportVersion: correction.version }),
      madeAtMs: deps.now(),
      folder,
      outputs,
    }),
  );
}

async function sourcesOf(deps: ReportMonthDeps, made: MadeReports, asked: Asked): Promise<MonthSources> {
  const { month } = asked;
  const { configuration } = deps;
  const { fromMs, toMs } = monthRange(month, configuration.department.timeZone);
  const tally = new MonthTally(toMs);
  const range = { fromMs, toMs: toMs + answersMs };
  for await (const event of deps.events(range, (row) => tally.addUnreadable(row))) tally.add(event);
  const sums: DaySummed[] = [];
  for (const day of captureDaysOf(month)) {
    const sum = await deps.known.find({ atMs: sumDueMs(day), eventId: sumEventId(day) });
    if (sum?.kind === 'day-summed') sums.push(sum);
  }
  const checkpoint = await deps.checkpoint();
  const lastReport = await reportBefore(made, month);
  return {
    ...asked,
    madeAtMs: deps.now(),
    configuration,
    log: tally.finish({
      lists: ['custom', ...configuration.outsideLists.map(({ id }) => id)],
      topics: configuration.training.topics.map(({ id }) => id),
    }),
    sums,
    enrolments: await deps.enrolments.list(),
    sharing: await deps.sharing(),
    ...(checkpoint === undefined ? {} : { checkpoint }),
    ...(lastReport === undefined ? {} : { lastReport }),
  };
}

/** The report of the month before, as published; absent if there is none. */
async function reportBefore(made: MadeReports, month: ReportMonth): Promise<PublicReport | undefined> {
  const newest = (await made.versions(monthsLater(month, -1))).at(-1);
  return newest === undefined ? undefined : made.report(newest);
}
