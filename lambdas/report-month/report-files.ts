import { createHash } from 'node:crypto';
import type { ReportFile } from '../../adapters/reports/report-files';
import { figuresCsv } from '../../core/reports/figures-csv';
import { boardBriefing, type MonthSources, publicReport, userAudit } from '../../core/reports/month-report';
import { briefingPage, reportPage, reportStylesheet } from '../../web/portal/report-page';

const html = 'text/html; charset=utf-8';
const css = 'text/css; charset=utf-8';
const csv = 'text/csv; charset=utf-8';
const json = 'application/json';

/** What anybody may have; the pages that lead to data come after it. */
export const publicOutputs = [
  { name: 'public/style.css', contentType: css },
  { name: 'public/figures.json', contentType: json },
  { name: 'public/figures.csv', contentType: csv },
  { name: 'public/index.html', contentType: html },
] as const;

/** Everything that a month's report consists of, named within its folder. */
export function reportFiles(sources: MonthSources): readonly ReportFile[] {
  const report = publicReport(sources);
  const briefing = boardBriefing(sources);
  const bodies = {
    'public/style.css': reportStylesheet,
    'public/figures.json': pretty(report),
    'public/figures.csv': figuresCsv(report),
    'public/index.html': reportPage(report),
  };
  return [
    { name: 'restricted/user-audit.json', contentType: json, body: pretty(userAudit(sources)) },
    { name: 'board/style.css', contentType: css, body: reportStylesheet },
    { name: 'board/briefing.json', contentType: json, body: pretty(briefing) },
    { name: 'board/index.html', contentType: html, body: briefingPage(briefing) },
    ...publicOutputs.map((output) => ({ ...output, body: bodies[output.name] })),
  ];
}

/** SHA-256 in hex, as the audit log keeps it of each output. */
export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

function pretty(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
