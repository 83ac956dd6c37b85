import type { PublicReport } from '../../core/contract/report';
import { wideTable } from './facts-table';
import { type Html, html } from './html';
import { page } from './page';
import { verifyPages } from './verify/words';
import { wordsOf } from './words';
import { english } from './words/english';
import { policyWordsOf } from './words/policy-words';
import { fill, groupWords, type Language, pageNames, type Words } from './words/words';

/** What the page shows; the public policy of `core/sharing`, as far as it is shown. */
export interface PolicyFacts {
  readonly department: string;
  readonly publishedAt: string;
  readonly retentionDays: number;
  readonly permittedUses: readonly string[];
  readonly exigentUse: string;
  readonly prohibitedUses: readonly { readonly use: string; readonly clause: string }[];
  readonly neverSold: string;
  readonly networks: readonly { readonly name: string; readonly agency: string }[];
  readonly agencies: readonly AgencyFacts[];
  /** Where the list of agencies is kept as it stands now; absent: it is the one on this page. */
  readonly agenciesAt?: string;
}

export { stylesheet } from './stylesheet';

/** An agency, and what it may search now. */
export interface AgencyFacts
  extends Omit<PublicReport['agencies'][number], 'searchesOurs' | 'opensToUs' | 'agreedUntil' | 'isExigent'> {
  readonly agreedUntil?: string | undefined;
  readonly isExigent?: true | undefined;
  readonly searchesOurs: readonly string[];
  readonly opensToUs: readonly string[];
}

/** The page about the policy: no script, no tracker, readable by screen readers and at 400 % (WCAG 2.2 AA). */
export function policyPage(policy: PolicyFacts, language: Language = 'en'): string {
  const words = wordsOf[language];
  const own = policyWordsOf[language];
  const sentence = (text: string): Html => {
    const translated = Object.hasOwn(own.sentences, text) ? own.sentences[text] : undefined;
    if (translated !== undefined) return html`${translated}`;
    return language === 'en' ? html`${text}` : html`<span lang="en">${text}</span>`;
  };
  const [before = '', after = ''] = own.published.split('{time}');
  const { publishedAt } = policy;
  const main = html`<section aria-labelledby="retention">
<h2 id="retention">${own.retention}</h2>
<p><strong>${fill(own.kept, { days: policy.retentionDays })}</strong> ${sentence(policy.neverSold)}</p>
</section>
<section aria-labelledby="permitted">
<h2 id="permitted">${own.permitted}</h2>
<ul>${policy.permittedUses.map((use) => html`<li>${sentence(use)}</li>`)}</ul>
<p>${sentence(policy.exigentUse)}</p>
</section>
<section aria-labelledby="prohibited">
<h2 id="prohibited">${own.prohibited}</h2>
<ul>${policy.prohibitedUses.map(({ use, clause }) => html`<li>${sentence(use)} (${clause})</li>`)}</ul>
</section>
<section aria-labelledby="networks">
<h2 id="networks">${own.networks}</h2>
<ul>${policy.networks.map(({ name, agency }) => html`<li>${name}: ${agency}</li>`)}</ul>
</section>
<section aria-labelledby="agencies">
<h2 id="agencies">${words.agencies.title}</h2>
${agenciesPart(words, policy)}
</section>`;
  const footer = html`<p>${before}<time datetime="${publishedAt}">${publishedAt.slice(0, 10)}</time>${after} <a href="policy.json">${own.data}</a> <a href="reports/${pageNames[language]}">${own.reports}</a> <a href="${verifyPages[language]}">${words.log.page}</a></p>`;
  return page(words, {
    title: words.policy,
    department: policy.department,
    main,
    footer,
    isTranslated: true,
  });
}

function agenciesPart(words: Words, { agencies, agenciesAt }: PolicyFacts): Html {
  if (agenciesAt !== undefined) return html`<p><a href="${agenciesAt}">${words.agencies.caption}</a></p>`;
  return agencies.length === 0 ? html`<p>${words.agencies.empty}</p>` : agenciesTable(agencies, words);
}

/** Under a heading with the id `agencies`. */
export function agenciesTable(agencies: readonly AgencyFacts[], words: Words = english): Html {
  const own = words.agencies;
  const list = (names: readonly string[]) => (names.length === 0 ? own.no : names.join(', '));
  return wideTable('agencies', {
    caption: own.caption,
    heads: [own.agency, own.kind, own.agreement, own.ours, own.theirs],
    rows: agencies.map((each) => [
      each.name,
      `${groupWords(words, each.kind)}, ${each.state}`,
      agreementWords(words, each),
      list(each.searchesOurs),
      list(each.opensToUs),
    ]),
  });
}

/** What its access rests on. */
export function agreementWords({ agencies: own }: Words, agency: AgencyFacts): string {
  if (!agency.hasAgreement) return own.none;
  const until = fill(own.until, { day: agency.agreedUntil ?? '' });
  return agency.isExigent === true ? `${own.exigent}, ${until}` : until;
}
