import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { open } from 'lmdb';
import SymSpell from 'mnemonist/symspell';

/** Looks folded plates up in what others would use. */
export interface Peer {
  readonly name: string;
  readonly find: (plate: string) => number;
  readonly close: () => Promise<void> | void;
}

/** A prepared statement over a WITHOUT ROWID table in memory. */
export function sqlitePeer(folded: readonly string[]): Peer {
  const database = openDatabase();
  database.exec(
    'CREATE TABLE entry (plate TEXT, ordinal INTEGER, PRIMARY KEY (plate, ordinal)) WITHOUT ROWID',
  );
  const insert = database.prepare('INSERT INTO entry VALUES (?, ?)');
  database.transaction(() => {
    for (const [ordinal, plate] of folded.entries()) insert.run(plate, ordinal);
  })();
  const select = database.prepare('SELECT ordinal FROM entry WHERE plate = ?').pluck();
  return {
    name: 'better-sqlite3',
    find: (plate) => (select.get(plate) === undefined ? 0 : 1),
    close: () => void database.close(),
  };
}

export async function lmdbPeer(folded: readonly string[]): Promise<Peer> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-match-'));
  const database = open<number, string>({ path: join(folder, 'entries'), noSync: true, mapSize: 2 ** 30 });
  await database.transaction(() => {
    for (const [ordinal, plate] of folded.entries()) database.put(plate, ordinal);
  });
  return {
    name: 'lmdb',
    find: (plate) => (database.get(plate) === undefined ? 0 : 1),
    close: async () => {
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Of the ports of SymSpell on npm the fastest here that builds a million words. */
export function symSpellPeer(folded: readonly string[]): Peer {
  const words = new SymSpell({ maxDistance: 1, verbosity: 2 });
  for (const plate of folded) words.add(plate);
  return { name: 'mnemonist SymSpell', find: (plate) => words.search(plate).length, close: () => undefined };
}

/** Its addon is built by hand, because no dependency runs code at install (docs/adr/0003-dependencies.md). */
function openDatabase() {
  try {
    return new Database(':memory:');
  } catch (cause) {
    throw new Error('build it once: npm rebuild --ignore-scripts=false better-sqlite3', { cause });
  }
}
