import type { Readable } from 'node:stream';
import { parse } from 'csv-parse';
import {
  type OutsideColumn,
  type OutsideListSource,
  type OutsideRow,
  outsideColumns,
} from '../../core/hot-list/outside/outside-entry';

/** The file is not in the form that its source promised: a column is missing, or it is no such text at all. */
export class FormUnknown extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'FormUnknown';
  }
}

export type CutRow =
  | { readonly kind: 'row'; readonly row: OutsideRow }
  | { readonly kind: 'uncut'; readonly number: number; readonly message: string };

/** A longer line is no row of a list. */
const lineCharsMax = 8192;

/** Every row of a file, as its source's format cuts it. Throws `FormUnknown`; a single bad row is told and passed over. */
export function rowsOf(file: Readable, { format }: OutsideListSource): AsyncIterable<CutRow> {
  switch (format.kind) {
    case 'csv':
      return csvRows(file, format);
    case 'fixed-width':
      return fixedRows(file, format);
    default:
      return format satisfies never;
  }
}

type Csv = OutsideListSource['format'] & { kind: 'csv' };
type Fixed = OutsideListSource['format'] & { kind: 'fixed-width' };

async function* csvRows(file: Readable, { separator, columns }: Csv): AsyncIterable<CutRow> {
  const skipped: { readonly number: number; readonly message: string }[] = [];
  let number = 0;
  const parser = file.pipe(
    parse({
      bom: true,
      delimiter: separator,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      skip_records_with_error: true,
      max_record_size: lineCharsMax,
      trim: true,
    }),
  );
  file.on('error', (error) => parser.destroy(error));
  parser.on('skip', () => {
    number++;
    skipped.push({ number, message: 'cannot be cut into fields: look at its quotes' });
  });
  let places: Partial<Record<OutsideColumn, number>> | undefined;
  for await (const record of parser as AsyncIterable<readonly string[]>) {
    if (places === undefined) {
      places = placesOf(record, columns);
      continue;
    }
    for (const each of skipped.splice(0)) yield { kind: 'uncut', ...each };
    number++;
    yield { kind: 'row', row: { number, fields: fieldsAt(record, places) } };
  }
  for (const each of skipped) yield { kind: 'uncut', ...each };
  if (places === undefined) throw new FormUnknown('it has no heading');
}

function placesOf(
  heading: readonly string[],
  columns: Csv['columns'],
): Partial<Record<OutsideColumn, number>> {
  const places: Partial<Record<OutsideColumn, number>> = {};
  for (const column of outsideColumns) {
    const title = columns[column];
    if (title === undefined) continue;
    const place = heading.indexOf(title);
    if (place === -1) throw new FormUnknown(`its heading has no column "${title}" for ${column}`);
    places[column] = place;
  }
  return places;
}

function fieldsAt(
  record: readonly string[],
  places: Partial<Record<OutsideColumn, number>>,
): OutsideRow['fields'] {
  const fields: Partial<Record<OutsideColumn, string>> = {};
  for (const column of outsideColumns) {
    const place = places[column];
    const text = place === undefined ? undefined : record[place];
    if (text !== undefined) fields[column] = text;
  }
  return fields;
}

async function* fixedRows(file: Readable, { columns }: Fixed): AsyncIterable<CutRow> {
  let number = 0;
  for await (const line of linesOf(file)) {
    if (line.trim() === '') continue;
    number++;
    if (line.length > lineCharsMax) yield { kind: 'uncut', number, message: 'is too long for a row' };
    else yield { kind: 'row', row: { number, fields: cut(line, columns) } };
  }
}

function cut(line: string, columns: Fixed['columns']): OutsideRow['fields'] {
  const fields: Partial<Record<OutsideColumn, string>> = {};
  for (const column of outsideColumns) {
    const span = columns[column];
    if (span !== undefined) fields[column] = line.slice(span.from - 1, span.to).trim();
  }
  return fields;
}

/** Lines by LF or CRLF. One without an end is cut, so that it cannot fill the memory. */
async function* linesOf(file: Readable): AsyncIterable<string> {
  file.setEncoding('latin1');
  let rest = '';
  for await (const chunk of file as AsyncIterable<string>) {
    const lines = (rest + chunk).split('\n');
    rest = (lines.pop() ?? '').slice(0, lineCharsMax + 1);
    for (const line of lines) yield line.replace(/\r$/, '');
  }
  if (rest !== '') yield rest;
}
