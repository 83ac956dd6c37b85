import { type Html, html } from './html';
import { type FigureWords, figureWords, groupWords } from './report-words';

/** One figure as it is shown; `null` is withheld. */
export interface ShownFigure {
  readonly total: number | null;
  readonly tables: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
}

/** The figures in the order of the words, then those that have none. */
export function figureSections(figures: Readonly<Record<string, ShownFigure>>): readonly Html[] {
  const known = Object.keys(figureWords).filter((name) => Object.hasOwn(figures, name));
  const others = Object.keys(figures).filter((name) => !known.includes(name));
  return [...known, ...others].flatMap((name) => {
    const figure = figures[name];
    return figure === undefined
      ? []
      : [figureSection(name, figure, figureWords[name] ?? { title: name, by: {} })];
  });
}

function figureSection(name: string, { total, tables }: ShownFigure, words: FigureWords): Html {
  return html`<section aria-labelledby="${name}">
<h2 id="${name}">${words.title}: ${shown(total)}</h2>
${words.note === undefined ? [] : html`<p>${words.note}</p>`}
${Object.entries(tables).map(([by, cells]) => figureTable(words.by[by] ?? by, cells))}
</section>
`;
}

/** The bar says nothing that the number beside it does not, so only eyes are given it. */
function figureTable(caption: string, cells: Readonly<Record<string, number | null>>): Html {
  const rows = Object.entries(cells);
  if (rows.length === 0) return html`<p>${caption}: none</p>`;
  const largest = Math.max(1, ...rows.map(([, count]) => count ?? 0));
  return html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Group</th><th scope="col" class="count">Count</th><td class="bar" aria-hidden="true"></td></tr></thead>
<tbody>${rows.map(
    ([id, count]) =>
      html`<tr><th scope="row">${groupWords(id)}</th><td class="count">${shown(count)}</td><td class="bar" aria-hidden="true">${bar(count, largest)}</td></tr>`,
  )}</tbody>
</table>
`;
}

function bar(count: number | null, largest: number): Html {
  if (count === null || count === 0) return html``;
  const width = Math.max(0.5, Math.round((count / largest) * 1000) / 10);
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false"><rect width="${width}" height="10"/></svg>`;
}

function shown(count: number | null): string {
  return count === null ? 'withheld' : count.toLocaleString('en-US');
}
