import type { AuditEvent } from '../audit/event';
import type { Enrolment } from '../cameras/ports';
import type { Configuration } from '../contract/configuration';
import { cameraKinds } from '../reads/camera';
import { captureDay, dayMs, dayStartMs, parseCaptureDay } from '../retention/day';
import { type PublicPolicy, publicPolicy } from '../sharing/public-policy';
import type { SharingNow } from '../sharing/sharing-now';
import { add, type Counts, completed, sumOf } from './counts';
import type { Finding } from './findings';
import { captureDaysOf, type ReportMonth } from './month';
import type { MonthLog } from './month-log';
import { type PublishedFigure, protect } from './suppress';
import type { UserTally } from './user-tally';

/** Raised when a field changes its meaning; see docs/formats/report.md. */
export const reportFormat = 2;

export type DaySummed = Extract<AuditEvent, { kind: 'day-summed' }>;

/** All that a month's reports are made of. */
export interface MonthSources {
  readonly month: ReportMonth;
  readonly madeAtMs: number;
  readonly configuration: Configuration;
  readonly log: MonthLog;
  /** One for each day of the month that was summed. */
  readonly sums: readonly DaySummed[];
  readonly enrolments: readonly Enrolment[];
  /** What was decided on sharing since the deployment. */
  readonly sharing: SharingNow;
  /** The newest signed checkpoint of the sealed log; absent until there is one. */
  readonly checkpoint?: string;
}

/** What anybody may know: nobody can be singled out, and no agency with access is left out. */
export interface PublicReport {
  readonly format: typeof reportFormat;
  readonly month: ReportMonth;
  readonly department: string;
  readonly state: string;
  readonly timeZone: string;
  readonly madeAt: string;
  readonly retention: {
    readonly days: number;
    /** Days whose keys were destroyed in the month. */
    readonly daysForgotten: number;
    /** The first day after the last one that was destroyed; absent if none was in the month. */
    readonly keptSince?: string;
    /** How often it was looked whether anything older can be read, how often something was found, and the oldest read. */
    readonly proofs: MonthLog['retentionProofs'];
  };
  readonly daysCounted: { readonly counted: number; readonly ofMonth: number };
  /** By name; each with its total and how it divides. `null`: withheld. */
  readonly figures: Readonly<Record<string, PublishedFigure>>;
  readonly agencies: PublicPolicy['agencies'];
  readonly checkpoint?: string;
}

/** For the Public Safety Community Relations Board: the public figures, and how sound the log is (Acct-B). */
export interface BoardBriefing extends PublicReport {
  readonly audience: 'board';
}

/** For the administrator and the Chief only (Acct-A). */
export interface UserAudit {
  readonly format: typeof reportFormat;
  readonly audience: 'administrator';
  readonly month: ReportMonth;
  readonly department: string;
  readonly madeAt: string;
  readonly users: readonly UserTally[];
  readonly findings: readonly Finding[];
  readonly findingsUnlisted: number;
}

/** Devices and their reads are counted exactly; what people did, or what happened to them, is protected. */
export function publicReport(sources: MonthSources): PublicReport {
  const { month, madeAtMs, configuration, log, sums, checkpoint } = sources;
  const { department, retentionDays } = configuration;
  return {
    format: reportFormat,
    month,
    department: department.name,
    state: department.state,
    timeZone: department.timeZone,
    madeAt: new Date(madeAtMs).toISOString(),
    retention: { days: retentionDays, ...forgotten(log.daysForgotten), proofs: log.retentionProofs },
    daysCounted: { counted: sums.length, ofMonth: captureDaysOf(month).length },
    figures: {
      cameras: camerasFigure(sources),
      reads: exact({ network: named(configuration, readsByNetwork(sums)) }),
      quarantined: exact({ reason: summed(sums.map((each) => each.quarantined)) }),
      searches: protect(log.searches),
      administrativeSearches: protect(log.administrativeSearches),
      refusals: protect(log.refusals),
      imagesFetched: protect(log.imagesFetched),
      alerts: protect(log.alerts),
      hotListChanges: protect(log.hotListChanges),
    },
    agencies: publicPolicy(configuration, madeAtMs, sources.sharing).agencies,
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** The same numbers withheld as in public, so that the two together tell no more than each. */
export function boardBriefing(sources: MonthSources): BoardBriefing {
  const report = publicReport(sources);
  return {
    ...report,
    audience: 'board',
    figures: { ...report.figures, unclosed: protect(sources.log.unclosed) },
  };
}

export function userAudit({ month, madeAtMs, configuration, log }: MonthSources): UserAudit {
  return {
    format: reportFormat,
    audience: 'administrator',
    month,
    department: configuration.department.name,
    madeAt: new Date(madeAtMs).toISOString(),
    users: log.users,
    findings: log.findings,
    findingsUnlisted: log.findingsUnlisted,
  };
}

function forgotten(days: readonly string[]): { daysForgotten: number; keptSince?: string } {
  const last = parseCaptureDay(days.at(-1) ?? '');
  return {
    daysForgotten: days.length,
    ...(last === undefined ? {} : { keptSince: captureDay(dayStartMs(last) + dayMs) }),
  };
}

function camerasFigure({ configuration, enrolments }: MonthSources): PublishedFigure {
  const active = enrolments.filter((each) => each.retiredAtMs === undefined);
  const kinds: Counts = {};
  const networks: Counts = {};
  for (const { kind, network } of active) {
    add(kinds, kind);
    add(networks, network);
  }
  return exact({ kind: completed(cameraKinds, kinds), network: named(configuration, networks) });
}

function readsByNetwork(sums: readonly DaySummed[]): Counts {
  const counts: Counts = {};
  for (const { reads } of sums)
    for (const [network, cameras] of Object.entries(reads)) add(counts, network, sumOf(cameras));
  return counts;
}

/** Every network of the configuration, and what was counted of others, by the names the public knows. */
function named({ networks }: Configuration, counts: Counts): Counts {
  const ids = networks.map(({ id }) => id);
  const names = new Map(networks.map(({ id, name }) => [id, name]));
  return Object.fromEntries(
    Object.entries(completed(ids, counts)).map(([id, count]) => [names.get(id) ?? id, count]),
  );
}

function summed(parts: readonly Readonly<Counts>[]): Counts {
  const counts: Counts = {};
  for (const part of parts) for (const [key, count] of Object.entries(part)) add(counts, key, count);
  return completed([], counts);
}

function exact(tables: Readonly<Record<string, Counts>>): PublishedFigure {
  return { total: sumOf(Object.values(tables)[0] ?? {}), tables };
}
