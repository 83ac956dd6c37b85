import { wideTable } from './facts-table';
import { type Html, html } from './html';
import { shownCount, shownMonth } from './show';
import { fill, type Words } from './words/words';

/** Totals of one month as published; a figure that is not here, or `null`, has no bar. */
export interface TrendMonth {
  readonly month: string;
  readonly totals: Readonly<Record<string, number | null>>;
}

const figures = ['reads', 'alerts', 'searches', 'refusedSearches'];
const columnWidth = 10;
const chartHeight = 60;

/** How the totals went: a chart of each figure, and all of them in the table behind it. */
export function trendSection(words: Words, months: readonly TrendMonth[]): Html {
  if (months.length === 0) return html``;
  const { trend } = words;
  const titles = figures.map((name) => words.figures[name]?.title ?? name);
  const rows = months.map(({ month, totals }) => [
    shownMonth(words, month),
    ...figures.map((name) => {
      const total = totals[name];
      return total === undefined ? words.unknown : shownCount(words, total);
    }),
  ]);
  return html`<section aria-labelledby="trend">
<h2 id="trend">${trend.title}</h2>
<p>${trend.note}</p>
<div class="charts">${figures.map((name, at) => chart(words, { title: titles[at] ?? name, name, months }))}</div>
${wideTable('trend', { caption: trend.title, heads: [trend.month, ...titles], rows })}
</section>`;
}

function chart(
  words: Words,
  {
    title,
    name,
    months,
  }: { readonly title: string; readonly name: string; readonly months: readonly TrendMonth[] },
): Html {
  const totals = months.map((each) => each.totals[name] ?? 0);
  const largest = Math.max(1, ...totals);
  const width = Math.max(1, months.length) * columnWidth;
  const bars = totals.map((total, at) => {
    if (total === 0) return html``;
    const height = Math.max(0.5, Math.round((total / largest) * chartHeight * 10) / 10);
    return html`<rect x="${at * columnWidth + 1}" y="${chartHeight - height}" width="${columnWidth - 2}" height="${height}"/>`;
  });
  const label = fill(words.trend.chart, { title });
  return html`<figure><svg class="chart" role="img" aria-label="${label}" viewBox="0 0 ${width} ${chartHeight}" preserveAspectRatio="none"><path d="M0 ${chartHeight}H${width}"/>${bars}</svg><figcaption>${label}</figcaption></figure>`;
}
