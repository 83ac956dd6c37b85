import { html } from '../html';
import { type VerifyLanguage, verifyPages, verifyWords } from './words';

/**
 * The page on which anybody checks published files, without a server and without an account. `integrity`: the hash of
 * `verify.js` (Subresource Integrity), so that the page runs that script or none.
 */
export function verifyPage(language: VerifyLanguage, integrity: string): string {
  const words = verifyWords[language];
  const other = language === 'en' ? 'es' : 'en';
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${words.title}</title>
<link rel="stylesheet" href="style.css">
<script type="module" src="verify.js" integrity="${integrity}"></script>
</head>
<body>
<a class="skip" href="#main">${words.skip}</a>
<header>
<p><a href="${verifyPages[other]}" lang="${other}" hreflang="${other}">${words.other}</a></p>
<h1>${words.title}</h1>
</header>
<main id="main">
<p>${words.intro}</p>
<noscript><p>${words.noScript}</p></noscript>
<form id="check">
<p><label for="key">${words.key}</label><br><input id="key" name="key" required autocomplete="off" spellcheck="false" aria-describedby="key-help"></p>
<p id="key-help">${words.keyHelp} <a href="log/key">log/key</a>.</p>
<p><label for="witnesses">${words.witnesses}</label><br><textarea id="witnesses" name="witnesses" rows="3" spellcheck="false"></textarea></p>
<p><label for="files">${words.files}</label><br><input id="files" name="files" type="file" multiple required></p>
<p><button type="submit">${words.check}</button></p>
</form>
<p><a href="log/days.json">${words.days}</a></p>
<section aria-labelledby="result">
<h2 id="result">${words.result}</h2>
<div role="status"><ul id="statements"></ul></div>
</section>
</main>
</body>
</html>
`.text;
}
