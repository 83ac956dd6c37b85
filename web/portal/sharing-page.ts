import { html } from './html';
import { agenciesTable, type PolicyFacts } from './policy-page';

/** With whom the Department shares, made from what each search is decided on; nobody edits it. */
export function sharingPage(facts: {
  readonly department: string;
  readonly publishedAt: string;
  readonly agencies: PolicyFacts['agencies'];
}): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Agencies: ${facts.department}</title>
<link rel="stylesheet" href="../style.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p>${facts.department}</p>
<h1 id="agencies">Agencies that license plate data is shared with</h1>
</header>
<main id="main">
${agenciesTable(facts.agencies)}
</main>
<footer>
<p>Published <time datetime="${facts.publishedAt}">${facts.publishedAt.slice(0, 16).replace('T', ' ')} UTC</time> from the register that each search is decided on. <a href="agencies.json">The same as data (JSON)</a> <a href="../index.html">How license plate readers are used</a></p>
</footer>
</body>
</html>
`.text;
}
