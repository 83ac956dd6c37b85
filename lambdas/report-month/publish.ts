import type { ReportFile, ReportFiles } from '../../adapters/reports/report-files';
import { monthsLater, type ReportMonth } from '../../core/reports/month';
import { reportsPage } from '../../web/portal/report-page';
import { stylesheet } from '../../web/portal/stylesheet';
import type { TrendMonth } from '../../web/portal/trend';
import { languages, pageNames } from '../../web/portal/words/words';
import type { MadeReports, ReportMade } from './made-reports';
import { replacedPages } from './report-files';

export interface PublishDeps {
  readonly department: string;
  readonly made: MadeReports;
  readonly files: Pick<ReportFiles, 'put'>;
  /** Absent where the portal is out of this account's reach. */
  readonly portal?: Pick<ReportFiles, 'put'> | undefined;
}

const html = 'text/html; charset=utf-8';
const contentTypes: Readonly<Record<string, string>> = {
  html,
  css: 'text/css; charset=utf-8',
  csv: 'text/csv; charset=utf-8',
  json: 'application/json',
};
const monthsListed = 36;
const monthsShown = 12;

/**
 * Puts a month where the public finds it: its newest version under the month, those that it replaced in folders of their
 * own, marked. Only what the log vouches for is published: each file is checked against its hash. Pages come last.
 */
export async function publishMonth(
  deps: PublishDeps,
  month: ReportMonth,
  versions: readonly ReportMade[],
): Promise<void> {
  for (const [at, made] of versions.entries()) {
    const isNewest = at === versions.length - 1;
    const report = isNewest ? undefined : await deps.made.report(made);
    const marked = report === undefined ? [] : replacedPages(report);
    const folder = `reports/${month}/${isNewest ? '' : `v${at + 1}/`}`;
    for (const { name } of made.outputs.filter((output) => output.name.startsWith('public/'))) {
      const own = await deps.made.output(made, name);
      const body = marked.find((each) => each.name === name)?.body ?? own;
      await show(deps, {
        name: `${folder}${name.replace('public/', '')}`,
        contentType: contentTypeOf(name),
        body,
      });
    }
  }
}

/** The page that leads to every month, the newest first back to three years; older ones stay where they are. */
export async function publishIndex(deps: PublishDeps, newest: ReportMonth): Promise<void> {
  const months: { month: ReportMonth; versions: number }[] = [];
  const trend: TrendMonth[] = [];
  for (let back = 0; back < monthsListed; back++) {
    const month = monthsLater(newest, -back);
    const versions = await deps.made.versions(month);
    const made = versions.at(-1);
    if (made === undefined) continue;
    months.push({ month, versions: versions.length });
    if (back < monthsShown) trend.unshift(await totalsOf(deps, month, made));
  }
  const { department } = deps;
  await show(deps, { name: 'reports/style.css', contentType: 'text/css; charset=utf-8', body: stylesheet });
  for (const language of [...languages].reverse())
    await show(deps, {
      name: `reports/${pageNames[language]}`,
      contentType: html,
      body: reportsPage({ department, language, months, trend }),
    });
}

async function totalsOf(
  { made: reports }: PublishDeps,
  month: ReportMonth,
  made: ReportMade,
): Promise<TrendMonth> {
  const report = await reports.report(made);
  const totals = Object.entries(report?.figures ?? {}).map(([name, { total }]) => [name, total]);
  return { month, totals: Object.fromEntries(totals) };
}

/** The folder `public` of the reports is the portal's copy, for whoever has to carry it there by hand. */
async function show(deps: PublishDeps, file: ReportFile): Promise<void> {
  await deps.files.put({ ...file, name: `public/${file.name}` });
  await deps.portal?.put(file);
}

function contentTypeOf(name: string): string {
  return contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}
