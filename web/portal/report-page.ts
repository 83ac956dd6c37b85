import { figureSections, type ShownFigure } from './figure-section';
import { type Html, html } from './html';
import { agenciesTable, type PolicyFacts, stylesheet } from './policy-page';

/** What the pages of a month show; made by `core/reports`. */
export interface ReportFacts {
  readonly month: string;
  readonly department: string;
  readonly timeZone: string;
  readonly madeAt: string;
  readonly retention: {
    readonly days: number;
    readonly daysForgotten: number;
    readonly keptSince?: string;
    readonly proofs: {
      readonly count: number;
      readonly withFaults: number;
      readonly oldestReadHours: number;
    };
  };
  readonly daysCounted: { readonly counted: number; readonly ofMonth: number };
  readonly figures: Readonly<Record<string, ShownFigure>>;
  readonly agencies: PolicyFacts['agencies'];
  readonly checkpoint?: string;
}

/** The public page of a month (Acct-A). No script, nothing from elsewhere; its style sheet lies beside it. */
export function reportPage(report: ReportFacts): string {
  const title = `License plate readers in ${monthWords(report.month)}`;
  const data = html`<p>The same as data: <a href="figures.json">JSON</a> <a href="figures.csv">CSV</a></p>`;
  return page({ title, department: report.department, main: monthBody(report), footer: data });
}

/** The briefing of the Public Safety Community Relations Board (Acct-B). */
export function briefingPage(report: ReportFacts): string {
  const title = `Board briefing: license plate readers in ${monthWords(report.month)}`;
  const data = html`<p>The same as data: <a href="briefing.json">JSON</a></p>`;
  return page({ title, department: report.department, main: monthBody(report), footer: data });
}

/** Leads to every month that was reported, the newest first. */
export function reportsPage(facts: {
  readonly department: string;
  readonly months: readonly string[];
}): string {
  const links = facts.months.map(
    (month) => html`<li><a href="${month}/index.html">${monthWords(month)}</a></li>`,
  );
  return page({
    title: 'Monthly reports on license plate readers',
    department: facts.department,
    main: html`<ul>${links}</ul>`,
    footer: html`<p><a href="../index.html">How license plate readers are used</a></p>`,
  });
}

export const reportStylesheet = `${stylesheet}.count { text-align: right; white-space: nowrap; }
.bar { width: 45%; }
.bar svg { display: block; width: 100%; height: 1rem; }
.bar rect { fill: #003f8a; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
@media (prefers-color-scheme: dark) { .bar rect { fill: #a9cbff; } }
`;

function monthBody(report: ReportFacts): Html {
  const { retention, daysCounted, checkpoint } = report;
  return html`<p>Counted by the system itself from its audit log; nobody can edit these figures or leave one out. A number from 1 to 4, or of what fewer than three users did, is <em>withheld</em>, so that nobody can be singled out, and so is any other number from which it would follow. Where a total is withheld, nothing of how it divides is shown. Zero means none.</p>
<section aria-labelledby="kept">
<h2 id="kept">How long reads are kept</h2>
<p>Reads are kept for at most <strong>${retention.days} days</strong>. In this month ${retention.daysForgotten} days were destroyed.${keptWords(retention.keptSince)}</p>
<p>${proofWords(retention.proofs)}</p>
<p>Reads of ${daysCounted.counted} of the month’s ${daysCounted.ofMonth} days were counted.</p>
</section>
${figureSections(report.figures)}
<section aria-labelledby="agencies">
<h2 id="agencies">Agencies</h2>
${agenciesTable(report.agencies)}
</section>
<section aria-labelledby="log">
<h2 id="log">The audit log</h2>
${
  checkpoint === undefined
    ? html`<p>The log has no signed checkpoint yet.</p>`
    : html`<p>Every use stands in a sealed log. This is its signed checkpoint when the report was made; whoever keeps it can prove later that nothing before it was changed.</p>
<pre>${checkpoint}</pre>`
}
</section>
<p>Made <time datetime="${report.madeAt}">${report.madeAt.slice(0, 16).replace('T', ' ')} UTC</time>. The month is that of the clocks in ${report.timeZone.replaceAll('_', ' ')}.</p>`;
}

function keptWords(keptSince: string | undefined): string {
  return keptSince === undefined ? '' : ` Nothing from before ${keptSince} is left.`;
}

function proofWords({ count, withFaults, oldestReadHours }: ReportFacts['retention']['proofs']): string {
  if (count === 0) return 'It was not checked in this month whether anything older could be read.';
  const found =
    withFaults === 0 ? 'and found nothing wrong' : `and found something wrong ${withFaults} times`;
  const days = (Math.ceil(oldestReadHours / 2.4) / 10).toFixed(1);
  return `The system checked ${count} times whether anything older could be read, ${found}. The oldest read that could be read then was at most ${days} days old.`;
}

function page(parts: {
  readonly title: string;
  readonly department: string;
  readonly main: Html;
  readonly footer: Html;
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title}: ${parts.department}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p>${parts.department}</p>
<h1>${parts.title}</h1>
</header>
<main id="main">
${parts.main}
</main>
<footer>
${parts.footer}
</footer>
</body>
</html>
`.text;
}

function monthWords(month: string): string {
  const format = new Intl.DateTimeFormat('en-US', { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return format.format(Date.parse(`${month}-01T00:00:00Z`));
}
