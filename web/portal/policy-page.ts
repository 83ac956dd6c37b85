import { type Html, html } from './html';

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
  readonly agencies: readonly {
    readonly name: string;
    readonly kind: string;
    readonly state: string;
    readonly hasAgreement: boolean;
    readonly agreedUntil?: string;
    readonly isExigent?: true;
    readonly searchesOurs: readonly string[];
    readonly opensToUs: readonly string[];
  }[];
  /** Where the list of agencies is kept as it stands now; absent: it is the one on this page. */
  readonly agenciesAt?: string;
}

/** The one public page: no script, no tracker, readable by screen readers and at 400 % (WCAG 2.2 AA). */
export function policyPage(policy: PolicyFacts): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>License plate readers: ${policy.department}</title>
<link rel="stylesheet" href="style.css">
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<header>
<p>${policy.department}</p>
<h1>How license plate readers are used</h1>
</header>
<main id="main">
<section aria-labelledby="retention">
<h2 id="retention">How long data is kept</h2>
<p>Nothing that the readers collect is kept for more than <strong>${policy.retentionDays} days</strong>. ${policy.neverSold}</p>
</section>
<section aria-labelledby="permitted">
<h2 id="permitted">What it may be used for</h2>
<ul>${policy.permittedUses.map((use) => html`<li>${use}</li>`)}</ul>
<p>${policy.exigentUse}</p>
</section>
<section aria-labelledby="prohibited">
<h2 id="prohibited">What it may not be used for</h2>
<ul>${policy.prohibitedUses.map(({ use, clause }) => html`<li>${use} (${clause})</li>`)}</ul>
</section>
<section aria-labelledby="networks">
<h2 id="networks">Whose cameras</h2>
<ul>${policy.networks.map(({ name, agency }) => html`<li>${name}: ${agency}</li>`)}</ul>
</section>
<section aria-labelledby="agencies">
<h2 id="agencies">Agencies</h2>
${policy.agenciesAt === undefined ? agenciesTable(policy.agencies) : html`<p><a href="${policy.agenciesAt}">Every agency known to the system, and what it may search now</a></p>`}
</section>
</main>
<footer>
<p>Published <time datetime="${policy.publishedAt}">${policy.publishedAt.slice(0, 10)}</time> from the configuration that the system runs on. <a href="policy.json">The same as data (JSON)</a></p>
</footer>
</body>
</html>
`.text;
}

/** Under a heading with the id `agencies`. */
export function agenciesTable(agencies: PolicyFacts['agencies']): Html {
  return html`<div class="scroll" role="region" aria-labelledby="agencies" tabindex="0">
<table>
<caption>Every agency known to the system, and what it may search now</caption>
<thead><tr><th scope="col">Agency</th><th scope="col">Kind</th><th scope="col">Sharing agreement</th><th scope="col">Searches our cameras</th><th scope="col">Opens its cameras to us</th></tr></thead>
<tbody>${agencies.map(agencyRow)}</tbody>
</table>
</div>`;
}

function agencyRow(agency: PolicyFacts['agencies'][number]): Html {
  const until = `${agency.isExigent ? 'exigent access, ' : ''}until ${agency.agreedUntil ?? ''}`;
  const agreement = agency.hasAgreement ? until : 'none in force';
  return html`<tr><th scope="row">${agency.name}</th><td>${agency.kind}, ${agency.state}</td><td>${agreement}</td><td>${list(agency.searchesOurs)}</td><td>${list(agency.opensToUs)}</td></tr>`;
}

function list(names: readonly string[]): string {
  return names.length === 0 ? 'no' : names.join(', ');
}

/** Text and background differ by 7:1 or more; targets are 24 px or more. */
export const stylesheet = `:root { color-scheme: light dark; }
body { font: 1.0625rem/1.6 system-ui, sans-serif; max-width: 60rem; margin: 0 auto; padding: 1rem; color: #1b1b1b; background: #fff; }
h1 { line-height: 1.2; }
a { color: #003f8a; display: inline-block; min-height: 24px; }
a:focus-visible, .scroll:focus-visible { outline: 3px solid #003f8a; outline-offset: 2px; }
.skip { position: absolute; left: -999rem; }
.skip:focus { position: static; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
caption { text-align: left; padding: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid #767676; }
@media (prefers-color-scheme: dark) {
  body { color: #f2f2f2; background: #161616; }
  a { color: #a9cbff; }
  a:focus-visible, .scroll:focus-visible { outline-color: #a9cbff; }
}
`;
