import type { z } from 'zod';
import { type PersonnelFeed, scimPerson, username as usernameSchema } from '../contract/people';
import { nextLine, readRecord } from './csv-record';

/** One row of the personnel system, by its number in the feed from 1. */
export type FeedRow =
  | { readonly row: number; readonly kind: 'present' | 'gone'; readonly username: string }
  | { readonly row: number; readonly kind: 'refused'; readonly message: string };

export type ParsedFeed =
  | { readonly kind: 'rows'; readonly rows: readonly FeedRow[] }
  /** Nothing in it could be used. */
  | { readonly kind: 'unreadable'; readonly field: string; readonly message: string };

/** As many as the contract takes of the other kind. */
const rowsMax = 5000;

/**
 * Reads a feed row by row: what is wrong with one row is said of that row, and every other stands. Names are compared
 * in lower case, as the sign-in does. Never throws.
 */
export function parsePersonnelFeed(feed: PersonnelFeed): ParsedFeed {
  switch (feed.kind) {
    case 'scim':
      return { kind: 'rows', rows: feed.Resources.map((user, index) => scimRow(user, index + 1)) };
    case 'csv':
      return csvRows(feed.text);
    default:
      return feed satisfies never;
  }
}

function scimRow(user: unknown, row: number): FeedRow {
  const parsed = scimPerson.safeParse(user);
  if (!parsed.success) {
    const fields = new Set(parsed.error.issues.map(({ path }) => String(path[0] ?? 'the row')));
    return { row, kind: 'refused', message: `${[...fields].join(', ')}: missing or of the wrong kind` };
  }
  return rowOf(row, parsed.data.userName, parsed.data.active);
}

function csvRows(text: string): ParsedFeed {
  const unreadable = (message: string): ParsedFeed => ({ kind: 'unreadable', field: 'text', message });
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const header = readRecord(text, start);
  const names = header?.fields.map((name) => name.trim().toLowerCase()) ?? [];
  const columns = {
    username: names.indexOf('username'),
    active: names.indexOf('active'),
    count: names.length,
  };
  if (header === undefined || columns.username === -1 || columns.active === -1)
    return unreadable('must begin with a line that names the columns username and active');

  const rows: FeedRow[] = [];
  for (let at = header.next; at < text.length; ) {
    const read = readRow(text, at, { row: rows.length + 1, columns });
    at = read.next;
    if (read.row === undefined) continue;
    if (rows.length === rowsMax) return unreadable(`must have at most ${rowsMax} rows; send it in parts`);
    rows.push(read.row);
  }
  return { kind: 'rows', rows };
}

interface Columns {
  readonly username: number;
  readonly active: number;
  readonly count: number;
}

/** The row that begins at `at`, none for an empty line. Behind a row that cannot be read the very next line is tried. */
function readRow(
  text: string,
  at: number,
  { row, columns }: { readonly row: number; readonly columns: Columns },
): { readonly row?: FeedRow; readonly next: number } {
  const record = readRecord(text, at);
  if (record?.fields.every((field) => field.trim() === '') && !record.spansLines)
    return { next: record.next };
  const username = record?.fields[columns.username];
  const active = record?.fields[columns.active];
  // A row over several lines may be one whose quote was forgotten: then the lines in it are rows of their own.
  const isWhole =
    !record?.spansLines ||
    (record.fields.length === columns.count && !/[\r\n]/.test(`${username ?? ''}${active ?? ''}`));
  if (record === undefined || username === undefined || active === undefined || !isWhole)
    return {
      row: { row, kind: 'refused', message: 'columns are missing, or a quote is not closed' },
      next: nextLine(text, at),
    };
  return { row: rowOf(row, username, claimOf(active)), next: record.next };
}

function rowOf(row: number, name: string, isActive: boolean | undefined): FeedRow {
  const parsed = usernameSchema.safeParse(name.trim().toLowerCase());
  if (!parsed.success) return { row, kind: 'refused', message: `username: ${messageOf(parsed.error)}` };
  if (isActive === undefined) return { row, kind: 'refused', message: 'active: must be true or false' };
  return { row, kind: isActive ? 'present' : 'gone', username: parsed.data };
}

function claimOf(text: string): boolean | undefined {
  const word = text.trim().toLowerCase();
  if (word === 'true') return true;
  return word === 'false' ? false : undefined;
}

function messageOf(error: z.ZodError): string {
  return error.issues[0]?.message ?? 'cannot be used';
}
