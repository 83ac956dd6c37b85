import { type Html, html } from './html';

/** A small table of facts without groups: what, and how much. */
export function factsTable(caption: string, facts: readonly (readonly [string, string])[]): Html {
  return html`<table>
<caption>${caption}</caption>
<tbody>${facts.map(([name, value]) => html`<tr><th scope="row">${name}</th><td class="count">${value}</td></tr>`)}</tbody>
</table>
`;
}

/** A wide table: whoever cannot see all of it can scroll it, with the keyboard too. `id` is that of its heading. */
export function wideTable(
  id: string,
  parts: {
    readonly caption: string;
    readonly heads: readonly string[];
    readonly rows: readonly (readonly string[])[];
  },
): Html {
  return html`<div class="scroll" role="group" aria-labelledby="${id}" tabindex="0">
<table>
<caption>${parts.caption}</caption>
<thead><tr>${parts.heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${parts.rows.map(
    ([first = '', ...others]) =>
      html`<tr><th scope="row">${first}</th>${others.map((each) => html`<td>${each}</td>`)}</tr>`,
  )}</tbody>
</table>
</div>
`;
}
