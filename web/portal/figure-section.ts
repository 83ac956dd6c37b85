import { wideTable } from './facts-table';
import { type Html, html } from './html';
import { shownCount } from './show';
import { type FigureWords, fill, groupWords, type Words } from './words/words';

/** One figure as it is shown; `null` is withheld. */
export interface ShownFigure {
  readonly total: number | null;
  readonly tables: Readonly<Record<string, Readonly<Record<string, number | null>>>>;
  readonly crossed?:
    | readonly { readonly groups: readonly string[]; readonly counts: Readonly<Record<string, number>> }[]
    | undefined;
}

/** Shown within a section of its own. */
const elsewhere: readonly string[] = ['activeUsers'];

/** The figures in the order of the words, then those that have none. */
export function orderedFigures<Figure>(
  words: Words,
  figures: Readonly<Record<string, Figure>>,
): readonly { readonly name: string; readonly figure: Figure; readonly words: FigureWords }[] {
  const known = Object.keys(words.figures).filter((name) => Object.hasOwn(figures, name));
  const others = Object.keys(figures).filter((name) => !known.includes(name));
  return [...known, ...others].flatMap((name) => {
    const figure = figures[name];
    return figure === undefined || elsewhere.includes(name)
      ? []
      : [{ name, figure, words: words.figures[name] ?? { title: name, by: {} } }];
  });
}

export function figureSections(
  words: Words,
  figures: Readonly<Record<string, ShownFigure>>,
): readonly Html[] {
  return orderedFigures(words, figures).map((each) => figureSection(words, each));
}

function figureSection(
  words: Words,
  {
    name,
    figure: { total, tables, crossed },
    words: own,
  }: { readonly name: string; readonly figure: ShownFigure; readonly words: FigureWords },
): Html {
  return html`<section aria-labelledby="${name}">
<h2 id="${name}">${own.title}: ${shownCount(words, total)}</h2>
${own.note === undefined ? [] : html`<p>${own.note}</p>`}
${Object.entries(tables).map(([by, cells]) => figureTable(words, own.by[by] ?? by, cells))}
${total === null || own.crossed === undefined ? [] : crossedTable(words, { id: name, caption: own.crossed, lines: crossed })}</section>
`;
}

/** A line for each group, or for those that are counted together. */
function crossedTable(
  words: Words,
  {
    id,
    caption,
    lines = [],
  }: { readonly id: string; readonly caption: string; readonly lines: ShownFigure['crossed'] },
): Html {
  const [first] = lines;
  if (first === undefined) return html`<p>${caption}: ${words.withheld}</p>`;
  const columns = Object.keys(first.counts);
  const heads = [words.group, ...columns.map((column) => groupWords(words, column))];
  const rows = lines.map(({ groups, counts }) => [
    lineWords(words, groups),
    ...columns.map((column) => shownCount(words, counts[column] ?? 0)),
  ]);
  return wideTable(id, { caption, heads, rows });
}

export function lineWords(words: Words, groups: readonly string[]): string {
  const names = groups.map((each) => groupWords(words, each)).join(', ');
  return groups.length === 1 ? names : fill(words.together, { groups: names });
}

/** The bar says nothing that the number beside it does not, so only eyes are given it. */
function figureTable(words: Words, caption: string, cells: Readonly<Record<string, number | null>>): Html {
  const rows = Object.entries(cells);
  if (rows.length === 0) return html`<p>${caption}: ${words.none}</p>`;
  const largest = Math.max(1, ...rows.map(([, count]) => count ?? 0));
  return html`<table class="bars">
<caption>${caption}</caption>
<thead><tr><th scope="col">${words.group}</th><th scope="col" class="count">${words.count}</th><td class="bar" aria-hidden="true"></td></tr></thead>
<tbody>${rows.map(
    ([id, count]) =>
      html`<tr><th scope="row">${groupWords(words, id)}</th><td class="count">${shownCount(words, count)}</td><td class="bar" aria-hidden="true">${bar(count, largest)}</td></tr>`,
  )}</tbody>
</table>
`;
}

function bar(count: number | null, largest: number): Html {
  if (count === null || count === 0) return html``;
  const width = Math.max(0.5, Math.round((count / largest) * 1000) / 10);
  return html`<svg viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false"><rect width="${width}" height="10"/></svg>`;
}
