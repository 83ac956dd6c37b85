import { html } from './html';
import { page } from './page';
import { agenciesTable, type PolicyFacts } from './policy-page';
import { shownTime } from './show';
import { wordsOf } from './words';
import { type Language, pageNames } from './words/words';

/** With whom the Department shares, made from what each search is decided on; nobody edits it. */
export function sharingPage(
  facts: {
    readonly department: string;
    readonly publishedAt: string;
    readonly agencies: PolicyFacts['agencies'];
  },
  language: Language = 'en',
): string {
  const words = wordsOf[language];
  const { publishedAt, agencies, department } = facts;
  const own = words.agencies;
  const [before = '', after = ''] = own.published.split('{time}');
  const list = agencies.length === 0 ? html`<p>${own.empty}</p>` : agenciesTable(agencies, words);
  return page(words, {
    title: own.page,
    department,
    main: html`<section aria-labelledby="agencies">
<h2 id="agencies">${own.title}</h2>
${list}
</section>`,
    footer: html`<p>${before}<time datetime="${publishedAt}">${shownTime(publishedAt)}</time>${after} <a href="agencies.json">${own.data}</a> <a href="../${pageNames[language]}">${words.policy}</a></p>`,
    isTranslated: true,
  });
}
