import type { PublicReport } from '../../core/contract/report';
import { type Html, html } from './html';
import { page } from './page';
import { monthBody } from './report-body';
import { shownMonth } from './show';
import { type TrendMonth, trendSection } from './trend';
import { verifyPages } from './verify/words';
import { wordsOf } from './words';
import { english } from './words/english';
import { fill, type Language, pageNames, type Words } from './words/words';

/** What a page of one month says of itself beside the report. */
export interface PageOf {
  readonly report: PublicReport;
  readonly language: Language;
  /** It was replaced by a later version, and lies in a folder of its own. */
  readonly isReplaced?: boolean;
}

/** The public page of a month (Acct-A). */
export function reportPage({ report, language, isReplaced = false }: PageOf): string {
  const words = wordsOf[language];
  const title = fill(words.title, { month: shownMonth(words, report.month) });
  const main = html`${versionNotice(words, report, isReplaced)}${monthBody(words, report)}`;
  const up = isReplaced ? '../../' : '../';
  const footer = html`<p>${words.data} <a href="figures.json">JSON</a> <a href="figures.csv">CSV</a> <a href="figures.schema.json">${words.schema}</a></p>
<p><a href="${up}${pageNames[language]}">${words.all}</a> <a href="${up}../${verifyPages[language]}">${words.log.page}</a></p>`;
  return page(words, { title, department: report.department, main, footer, isTranslated: true });
}

/** The briefing of the Public Safety Community Relations Board (Acct-B). */
export function briefingPage(report: PublicReport): string {
  const title = fill(english.briefing, { month: shownMonth(english, report.month) });
  const footer = html`<p>${english.data} <a href="briefing.json">JSON</a> <a href="briefing.pdf">PDF</a></p>`;
  const main = html`${versionNotice(english, report, false)}${monthBody(english, report)}`;
  return page(english, { title, department: report.department, main, footer, isTranslated: false });
}

/** Leads to every month that was reported, the newest first, and shows how the last twelve went. */
export function reportsPage(facts: {
  readonly department: string;
  readonly language: Language;
  /** The newest first; `versions` of a month that was corrected. */
  readonly months: readonly { readonly month: string; readonly versions: number }[];
  /** The last twelve, the oldest first. */
  readonly trend: readonly TrendMonth[];
}): string {
  const words = wordsOf[facts.language];
  const name = pageNames[facts.language];
  const links = facts.months.map(
    ({ month, versions }) =>
      html`<li><a href="${month}/${name}">${shownMonth(words, month)}</a>${versions > 1 ? ` (${fill(words.versions.is, { version: versions })})` : ''}</li>`,
  );
  return page(words, {
    title: words.all,
    department: facts.department,
    main: html`<ul>${links}</ul>
${trendSection(words, facts.trend)}`,
    footer: html`<p><a href="../index.html">${words.policy}</a></p>`,
    isTranslated: true,
  });
}

/** Past versions stay where they are: whoever has seen one finds it again, and what took its place. */
function versionNotice(words: Words, { version, correction }: PublicReport, isReplaced: boolean): Html {
  const name = pageNames[words.language];
  const corrected =
    correction === undefined
      ? []
      : html`<p>${fill(words.versions.corrected, { reason: correction.reason })}</p>`;
  if (isReplaced)
    return html`<section class="notice" aria-label="${fill(words.versions.is, { version })}"><p><strong>${words.versions.replaced}</strong> <a href="../${name}">${words.versions.newest}</a></p>${corrected}</section>`;
  if (version === 1) return html``;
  const earlier = Array.from({ length: version - 1 }, (_, at) => at + 1).map(
    (each) =>
      html`<li><a href="v${each}/${name}">${fill(words.versions.earlier, { version: each })}</a></li>`,
  );
  return html`<section class="notice" aria-label="${fill(words.versions.is, { version })}">${corrected}<ul>${earlier}</ul></section>`;
}
