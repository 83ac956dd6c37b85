import type { AuditEvent } from '../audit/event';
import type { Enrolment } from '../cameras/ports';
import type { Configuration } from '../contract/configuration';
import { type PublicReport, reportFormat } from '../contract/report';
import { cameraKinds } from '../reads/camera';
import { captureDay, dayMs, dayStartMs, parseCaptureDay } from '../retention/day';
import { publicPolicy } from '../sharing/public-policy';
import type { SharingNow } from '../sharing/sharing-now';
import { auditsOf } from './attestation-tally';
import { type EarlierFigure, protectCorrection, type Shares } from './correct';
import { add, type Counts, completed, sumOf } from './counts';
import { sharesOfRow } from './crossed';
import { effectivenessOf, exigentOf, trainingOf } from './derived';
import { captureDaysOf, type ReportMonth } from './month';
import type { MonthLog } from './month-log';
import type { Figure, PublishedFigure } from './suppress';
import { cameraDays, uptimeOf } from './uptime';

export { type PublicReport, reportFormat } from '../contract/report';

export type DaySummed = Extract<AuditEvent, { kind: 'day-summed' }>;

/** All that a month's reports are made of. */
export interface MonthSources {
  readonly month: ReportMonth;
  readonly madeAtMs: number;
  /** What was decided on sharing since the deployment. */
  readonly sharing: SharingNow;
  readonly configuration: Configuration;
  readonly log: MonthLog;
  /** One for each day of the month that was summed. */
  readonly sums: readonly DaySummed[];
  readonly enrolments: readonly Enrolment[];
  /** The newest signed checkpoint of the sealed log; absent until there is one. */
  readonly checkpoint?: string;
  /** The newest report before this month: a hot list that was not renewed, an audit not attested, stand as they did. */
  readonly lastReport?: PublicReport;
  /** Of a corrected month: why, and what the versions before it published. */
  readonly correction?: {
    readonly version: number;
    readonly reason: string;
    readonly before: readonly EarlierVersion[];
  };
}

/** What is kept of a version, so that a correction can be compared with it. */
export interface EarlierVersion {
  readonly figures: Readonly<Record<string, PublishedFigure>>;
  /** Absent: the version kept none. */
  readonly shares?: Readonly<Record<string, Shares>>;
}

/** For the Public Safety Community Relations Board: the public figures, and how sound the log is (Acct-B). */
export interface BoardBriefing extends PublicReport {
  readonly audience: 'board';
}

/** Devices and their reads are counted exactly; what people did, or what happened to them, is protected. */
export function publicReport(sources: MonthSources): PublicReport {
  const { month, madeAtMs, configuration, log, sums, checkpoint, correction } = sources;
  const { department, retentionDays, training } = configuration;
  const policy = publicPolicy(configuration, madeAtMs, sources.sharing);
  const days = cameraDays(sources);
  const quarantined = exact({ reason: summed(sums.map((each) => each.quarantined)) });
  const figures: Readonly<Record<string, PublishedFigure>> = {
    cameras: camerasFigure(sources),
    cameraDays: exact({ kind: days.byKind, activity: days.byActivity }),
    reads: exact({ network: named(configuration, readsByNetwork(sums)) }),
    quarantined,
    settingsChanges: exact({ part: completed([], log.settings) }),
    ...peopleFigures(sources),
  };
  const ofMonth = captureDaysOf(month).length;
  const hotLists = hotListsOf(sources);
  return {
    format: reportFormat,
    month,
    version: correction?.version ?? 1,
    ...(correction === undefined
      ? {}
      : {
          correction: {
            reason: correction.reason,
            orderedBy: 'administrator',
            approvedBy: 'chief',
          },
        }),
    department: department.name,
    state: department.state,
    timeZone: department.timeZone,
    madeAt: new Date(madeAtMs).toISOString(),
    retention: { days: retentionDays, ...forgotten(log.daysForgotten), proofs: { ...log.retentionProofs } },
    daysCounted: { counted: sums.length, ofMonth },
    figures: Object.fromEntries(Object.entries(figures).map(([name, figure]) => [name, plain(figure)])),
    uptime: uptimeOf(days),
    hotLists,
    exigent: exigentOf(figures),
    training: trainingOf(figures, training),
    effectiveness: effectivenessOf(figures),
    faults: {
      daysUncounted: ofMonth - sums.length,
      readsRefused: quarantined.total ?? 0,
      proofsWithFaults: log.retentionProofs.withFaults,
      eventsUnreadable: log.unreadable,
      deliveriesUnusable: hotLists.reduce((sum, { deliveries }) => sum + deliveries.refused, 0),
    },
    policyVersions: log.policyVersions,
    audits: auditsOf({ ...sources, steps: log.audits, ...configuration.monthAudit }),
    draws: [...log.draws],
    uncounted: [...log.uncounted],
    neverSold: policy.neverSold,
    agencies: policy.agencies.map((each) => ({
      ...each,
      searchesOurs: [...each.searchesOurs],
      opensToUs: [...each.opensToUs],
    })),
    ...(checkpoint === undefined ? {} : { checkpoint }),
  };
}

/** The same numbers withheld as in public, so that the two together tell no more than each. */
export function boardBriefing(sources: MonthSources): BoardBriefing {
  const report = publicReport(sources);
  return {
    ...report,
    audience: 'board',
    figures: { ...report.figures, unclosed: plain(shown(sources, 'unclosed', sources.log.unclosed)) },
  };
}

/** Who is behind each number, for a later correction; kept for that alone. */
export function sharesOf({ log }: MonthSources): Readonly<Record<string, Shares>> {
  const all = { ...log.figures, unclosed: log.unclosed };
  return Object.fromEntries(Object.entries(all).map(([name, { shares = {} }]) => [name, shares]));
}

function peopleFigures(sources: MonthSources): Readonly<Record<string, PublishedFigure>> {
  return Object.fromEntries(
    Object.entries(sources.log.figures).map(([name, figure]) => {
      const isByList = figure.tables.list !== undefined;
      return [name, shown(sources, name, isByList ? listsNamed(sources, figure) : figure)];
    }),
  );
}

/** As published: of a corrected month, so that no earlier version can be subtracted from it. */
function shown({ correction }: MonthSources, name: string, figure: Figure): PublishedFigure {
  const before = (correction?.before ?? []).flatMap(({ figures, shares }): EarlierFigure[] => {
    const published = figures[name];
    return published === undefined
      ? []
      : [{ published, shares: shares === undefined ? undefined : (shares[name] ?? {}) }];
  });
  return protectCorrection(figure, before);
}

/** Hot lists by the names the public knows. */
function listsNamed({ configuration }: MonthSources, figure: Figure): Figure {
  const names = new Map(configuration.outsideLists.map(({ id, name }) => [id, name]));
  const columns = figure.crossed?.columns ?? '';
  const ofRows = new Map(
    [...names].map(([id, name]) => [sharesOfRow(columns, id), sharesOfRow(columns, name)]),
  );
  const { tables, shares = {} } = figure;
  return {
    ...figure,
    tables: { ...tables, list: renamed(tables.list, names) },
    shares: { ...renamed(shares, ofRows), list: renamed(shares.list, names) },
  };
}

function renamed<T>(cells: Readonly<Record<string, T>> = {}, names: ReadonlyMap<string, string>) {
  return Object.fromEntries(Object.entries(cells).map(([id, each]) => [names.get(id) ?? id, each]));
}

/** Every outside list of the configuration; one that was not renewed in the month stands as it did before. */
function hotListsOf({ configuration, log, lastReport }: MonthSources): PublicReport['hotLists'] {
  return configuration.outsideLists.map(({ id, name, refreshHours }) => {
    const { switched = 0, held = 0, refused = 0, entries, switchedAtMs } = log.lists[id] ?? {};
    const last = lastReport?.hotLists.find((each) => each.id === id);
    const deliveredAt = switchedAtMs === undefined ? last?.deliveredAt : new Date(switchedAtMs).toISOString();
    return {
      id,
      name,
      refreshHours,
      entries: entries ?? last?.entries ?? null,
      ...(deliveredAt === undefined ? {} : { deliveredAt }),
      deliveries: { switched, held, refused },
    };
  });
}

function plain({ total, tables, crossed }: PublishedFigure): PublicReport['figures'][string] {
  return {
    total,
    tables: Object.fromEntries(Object.entries(tables).map(([name, cells]) => [name, { ...cells }])),
    ...(crossed === undefined
      ? {}
      : { crossed: crossed.map(({ groups, counts }) => ({ groups: [...groups], counts: { ...counts } })) }),
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
