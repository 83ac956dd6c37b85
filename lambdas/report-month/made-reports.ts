import type { KnownEvents } from '../../adapters/reports/known-events';
import type { ReportFiles } from '../../adapters/reports/report-files';
import type { AuditEvent } from '../../core/audit/event';
import type { Configuration } from '../../core/contract/configuration';
import { type PublicReport, parseReport } from '../../core/contract/report';
import { parseEarlierVersion } from '../../core/reports/earlier-version';
import {
  approvalEventId,
  type ReportCalendar,
  type ReportMonth,
  reportDueMs,
  reportEventId,
  versionsMax,
} from '../../core/reports/month';
import type { EarlierVersion } from '../../core/reports/month-report';
import { sha256 } from './report-files';

export type ReportMade = Extract<AuditEvent, { kind: 'report-made' }>;
type Correction = Extract<AuditEvent, { kind: 'report-correction' }>;

/** What was asked for is no report that could be made, or a stored one is not what the log says. */
export class ReportError extends Error {
  constructor(readonly code: 'input' | 'not-due' | 'not-recorded' | 'output-differs' | 'versions') {
    super(`no report: ${code}`);
    this.name = 'ReportError';
  }
}

export interface MadeReportsDeps {
  readonly configuration: Configuration;
  readonly known: Pick<KnownEvents, 'find'>;
  readonly files: Pick<ReportFiles, 'get'>;
}

/** The reports that the log names, and their outputs as it vouches for them. */
export class MadeReports {
  constructor(readonly deps: MadeReportsDeps) {}

  /** Time and id of the event of a version. */
  placeOf(month: ReportMonth, version: number) {
    return { atMs: this.#dueMs(month), eventId: reportEventId(month, version) };
  }

  /** All versions of a month, the first one first; none if it was not reported. */
  async versions(month: ReportMonth): Promise<readonly ReportMade[]> {
    const versions: ReportMade[] = [];
    for (let version = 1; version <= versionsMax; version++) {
      const found = await this.deps.known.find(this.placeOf(month, version));
      if (found?.kind !== 'report-made') break;
      versions.push(found);
    }
    return versions;
  }

  /** Why a version is to be made: asked for by one person, and agreed to by another. */
  async correction(month: ReportMonth, version: number): Promise<Correction | undefined> {
    const find = async (eventId: string) => {
      const found = await this.deps.known.find({ atMs: this.#dueMs(month), eventId });
      return found?.kind === 'report-correction' ? found : undefined;
    };
    const approved = await find(approvalEventId(month, version));
    if (approved?.change !== 'approved' || approved.proposalId === undefined) return undefined;
    const proposed = await find(approved.proposalId);
    if (proposed?.change !== 'proposed' || proposed.reportVersion !== version) return undefined;
    return proposed.actor.username === approved.actor.username ? undefined : proposed;
  }

  /** An output's text. Throws `ReportError` where it is not the one that the log has the hash of. */
  async output({ folder, outputs }: ReportMade, name: string): Promise<string> {
    const body = await this.deps.files.get(`${folder}/${name}`);
    if (outputs.find((output) => output.name === name)?.sha256 !== sha256(body))
      throw new ReportError('output-differs');
    return body;
  }

  /** The public report of a version as data; `undefined` for one of an earlier format. */
  async report(made: ReportMade): Promise<PublicReport | undefined> {
    return parseReport(await this.output(made, 'public/figures.json'));
  }

  /** What a version published, to compare a later one with it. */
  async earlierVersion(made: ReportMade): Promise<EarlierVersion> {
    const shares = 'restricted/shares.json';
    const hasShares = made.outputs.some(({ name }) => name === shares);
    return parseEarlierVersion({
      briefing: await this.output(made, 'board/briefing.json'),
      shares: hasShares ? await this.output(made, shares) : undefined,
    });
  }

  #dueMs(month: ReportMonth): number {
    return reportDueMs(month, calendarOf(this.deps.configuration));
  }
}

export function calendarOf({ department, reportSchedule }: Configuration): ReportCalendar {
  return { timeZone: department.timeZone, ...reportSchedule };
}
