/** A record that is longer is no row of people; the bound also keeps hostile text from being read over and over. */
const recordCharsMax = 10_000;

export interface CsvRecord {
  readonly fields: readonly string[];
  /** Where the next record begins. */
  readonly next: number;
  readonly spansLines: boolean;
}

/**
 * Reads the one record of a CSV text that begins at `at`, by RFC 4180: quoted fields may hold commas, line breaks and
 * doubled quotes. Unlike there, a quote inside an unquoted field stands for itself, and a line may end in LF alone.
 * `undefined` when there is no such record: text after a closing quote, a quote that nothing closes, too long. The
 * caller then goes on at `nextLine`, so that one bad quote never swallows the rows behind it.
 */
export function readRecord(text: string, at: number): CsvRecord | undefined {
  const end = Math.min(text.length, at + recordCharsMax);
  const fields: string[] = [];
  let from = at;
  for (;;) {
    const field = text[from] === '"' ? quotedField(text, from, end) : plainField(text, from, end);
    if (field === undefined) return undefined;
    fields.push(field.value);
    from = field.next;
    if (from >= text.length) break;
    if (from >= end) return undefined;
    if (text[from] !== ',') break;
    from += 1;
  }
  const next = afterLineBreak(text, from);
  return { fields, next, spansLines: /[\r\n]/.test(text.slice(at, from)) };
}

/** Where the line after the one at `at` begins; the text's length after the last. */
export function nextLine(text: string, at: number): number {
  const lineBreak = /\r\n|[\r\n]/g;
  lineBreak.lastIndex = at;
  return lineBreak.exec(text) === null ? text.length : lineBreak.lastIndex;
}

interface Field {
  readonly value: string;
  /** At a comma, a line break or the end of the text. */
  readonly next: number;
}

function plainField(text: string, from: number, end: number): Field {
  let next = from;
  while (next < end && !isEnd(text[next])) next += 1;
  return { value: text.slice(from, next), next };
}

function quotedField(text: string, from: number, end: number): Field | undefined {
  let value = '';
  let next = from + 1;
  while (next < end) {
    const quote = text.indexOf('"', next);
    if (quote === -1 || quote >= end) return undefined;
    value += text.slice(next, quote);
    next = quote + 1;
    if (text[next] !== '"') return isEnd(text[next]) ? { value, next } : undefined;
    value += '"';
    next += 1;
  }
  return undefined;
}

function isEnd(character: string | undefined): boolean {
  return character === undefined || character === ',' || character === '\r' || character === '\n';
}

function afterLineBreak(text: string, at: number): number {
  if (text.startsWith('\r\n', at)) return at + 2;
  return Math.min(at + 1, text.length);
}
