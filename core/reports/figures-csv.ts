import type { PublicReport } from './month-report';

const header = ['month', 'figure', 'by', 'group', 'count', 'withheld'];

/** The figures as a table (RFC 4180): one line for each total and each cell; a withheld count is empty. */
export function figuresCsv({ month, figures }: Pick<PublicReport, 'month' | 'figures'>): string {
  const lines = [header];
  for (const [name, { total, tables, crossed = [] }] of Object.entries(figures)) {
    lines.push([month, name, 'total', '', ...countOf(total)]);
    for (const [by, cells] of Object.entries(tables))
      for (const [group, count] of Object.entries(cells))
        lines.push([month, name, by, group, ...countOf(count)]);
    for (const { groups, counts } of crossed)
      for (const [group, count] of Object.entries(counts))
        lines.push([month, name, `crossed: ${groups.join(' + ')}`, group, ...countOf(count)]);
  }
  return lines.map((line) => `${line.map(field).join(',')}\r\n`).join('');
}

function countOf(count: number | null): [string, string] {
  return count === null ? ['', 'yes'] : [String(count), 'no'];
}

/** A leading sign would make a spreadsheet compute a name. */
function field(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
