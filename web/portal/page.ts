import { type Html, html } from './html';
import { wordsOf } from './words';
import { type Language, languages, pageNames, type Words } from './words/words';

export interface PageParts {
  readonly title: string;
  readonly department: string;
  readonly main: Html;
  readonly footer: Html;
  /** Whether the page lies beside itself in the other languages. */
  readonly isTranslated: boolean;
}

/** A whole page. No script, nothing from elsewhere; its style sheet and its other languages lie beside it. */
export function page(words: Words, parts: PageParts): string {
  const { language } = words;
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${parts.title}: ${parts.department}</title>
<link rel="stylesheet" href="style.css">
${parts.isTranslated ? otherLanguages(language).map((each) => html`<link rel="alternate" hreflang="${each}" href="${pageNames[each]}">\n`) : []}</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>
<p>${parts.department}</p>
${parts.isTranslated ? languageSwitch(words) : html``}
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

/** Each language by its own name, so that whoever cannot read this page finds the one to read. */
function languageSwitch(words: Words): Html {
  const links = languages.map((each) =>
    each === words.language
      ? html`<li><a href="${pageNames[each]}" lang="${each}" hreflang="${each}" aria-current="true">${words.ownName}</a></li>`
      : html`<li><a href="${pageNames[each]}" lang="${each}" hreflang="${each}">${wordsOf[each].ownName}</a></li>`,
  );
  return html`<nav class="languages" aria-label="${words.languages}"><ul>${links}</ul></nav>`;
}

function otherLanguages(language: Language): readonly Language[] {
  return languages.filter((each) => each !== language);
}
