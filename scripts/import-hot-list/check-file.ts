import { createReadStream } from 'node:fs';
import { gatherFile } from '../../adapters/outside-lists/uploads';
import { Gathering } from '../../core/hot-list/outside/gather';
import type { OutsideListSource, RefusedRow } from '../../core/hot-list/outside/outside-entry';

export interface FileReport {
  readonly rows: number;
  readonly entries: number;
  readonly refusedRows: number;
  /** The first of them: row and column, never what a row says. */
  readonly refused: readonly RefusedRow[];
}

/** Of no list: the report needs no ids that mean anything. */
const noSalt = Buffer.alloc(32);

/**
 * Reads a file as the import would, by the same code, and changes nothing. `onBytes`: how far it is. Throws with plain
 * words when the file is not in the form that its source promised.
 */
export async function checkFile(
  path: string,
  source: OutsideListSource,
  onBytes: (bytes: number) => void,
): Promise<FileReport> {
  const file = createReadStream(path);
  const gathering = new Gathering(source);
  const gathered = await gatherFile(file, source, gathering, () => onBytes(file.bytesRead));
  if (gathered.kind === 'unreadable') throw new Error(`the file cannot be used: ${gathered.because}`);
  const { rows, refusedRows, refused, entries } = gathering.delivery(noSalt);
  return { rows, entries: entries.length, refusedRows, refused };
}

export function reportText({ rows, entries, refusedRows, refused }: FileReport): string {
  const lines = [`${rows} rows, ${entries} entries, ${refusedRows} rows refused.`];
  for (const { row, column, message } of refused.slice(0, 20))
    lines.push(`  row ${row}, ${column}: ${message}`);
  if (refusedRows > 20) lines.push(`  and ${refusedRows - 20} more`);
  return lines.join('\n');
}
