import { createHash } from 'node:crypto';
import type { ReportFile } from '../../adapters/reports/report-files';
import { type PublicReport, reportJsonSchema } from '../../core/contract/report';
import { figuresCsv } from '../../core/reports/figures-csv';
import { boardBriefing, type MonthSources, publicReport, sharesOf } from '../../core/reports/month-report';
import { briefingPdf } from '../../web/portal/briefing-pdf';
import { briefingPage, reportPage } from '../../web/portal/report-page';
import { stylesheet } from '../../web/portal/stylesheet';

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const csv = 'text/csv; charset=utf-8';
const json = 'application/json';

/** What anybody may have; the pages that lead to data come after it. */
export const publicOutputs = [
  { name: 'public/style.css', contentType: css },
  { name: 'public/figures.schema.json', contentType: 'application/schema+json' },
  { name: 'public/figures.json', contentType: json },
  { name: 'public/figures.csv', contentType: csv },
  { name: 'public/es.html', contentType: html },
  { name: 'public/index.html', contentType: html },
] as const;

type PublicName = (typeof publicOutputs)[number]['name'];

/** Everything that a month's report consists of, named within its folder. */
export async function reportFiles(sources: MonthSources): Promise<readonly ReportFile[]> {
  const report = publicReport(sources);
  const briefing = boardBriefing(sources);
  const bodies = publicBodies(report);
  return [
    { name: 'restricted/shares.json', contentType: json, body: pretty(sharesOf(sources)) },
    { name: 'board/style.css', contentType: css, body: stylesheet },
    { name: 'board/briefing.json', contentType: json, body: pretty(briefing) },
    { name: 'board/briefing.pdf', contentType: 'application/pdf', body: await briefingPdf(briefing) },
    { name: 'board/index.html', contentType: html, body: briefingPage(briefing) },
    ...publicOutputs.map((output) => ({ ...output, body: bodies[output.name] })),
  ];
}

/** A version that was replaced, as it is shown from then on: the same data, under pages that say so. */
export function replacedPages(report: PublicReport): readonly ReportFile[] {
  const pages: readonly [PublicName, 'es' | 'en'][] = [
    ['public/es.html', 'es'],
    ['public/index.html', 'en'],
  ];
  return pages.map(([name, language]) => ({
    name,
    contentType: html,
    body: reportPage({ report, language, isReplaced: true }),
  }));
}

/** SHA-256 in hex, as the audit log keeps it of each output. */
export function sha256(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('hex');
}

function publicBodies(report: PublicReport): Readonly<Record<PublicName, string>> {
  return {
    'public/style.css': stylesheet,
    'public/figures.schema.json': pretty(reportJsonSchema()),
    'public/figures.json': pretty(report),
    'public/figures.csv': figuresCsv(report),
    'public/es.html': reportPage({ report, language: 'es' }),
    'public/index.html': reportPage({ report, language: 'en' }),
  };
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
