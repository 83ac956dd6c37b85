import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';

/** Finds plates by pattern in what others would use. */
export interface SearchPeer {
  readonly name: string;
  /** Processor milliseconds of one search of at most so many plates. */
  readonly timed: (pattern: string, platesMax: number) => Promise<number>;
  readonly close: () => Promise<void> | void;
}

/** Full-text index over three-character pieces, in memory; GLOB uses it where three known characters stand together. */
export function sqlitePeer(plates: readonly string[]): SearchPeer {
  const database = openDatabase();
  database.exec("CREATE VIRTUAL TABLE plate USING fts5(text, tokenize='trigram', detail='full')");
  const insert = database.prepare('INSERT INTO plate VALUES (?)');
  database.transaction(() => {
    for (const plate of plates) insert.run(plate);
  })();
  const select = database.prepare('SELECT text FROM plate WHERE text GLOB ? LIMIT ?').pluck();
  return {
    name: 'SQLite FTS5 trigram',
    timed: async (pattern, platesMax) => {
      const begun = process.cpuUsage();
      select.all(pattern, platesMax);
      const { user, system } = process.cpuUsage(begun);
      return (user + system) / 1000;
    },
    close: () => void database.close(),
  };
}

/** A server of its own over a socket in a folder of its own, on one core; `undefined` where none is installed. */
export async function postgresPeer(plates: readonly string[]): Promise<SearchPeer | undefined> {
  const programs = ['initdb', 'postgres', 'psql'].map((each) =>
    spawnSync('which', [each]).stdout.toString().trim(),
  );
  const [initdb, postgres, psql] = programs;
  if (!initdb || !postgres || !psql) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'));
  const who = await unprivileged(folder);
  if (who === undefined) return undefined;
  const files = join(folder, 'files');
  if (spawnSync(initdb, ['-D', files, '-U', 'bench', '-A', 'trust'], { ...who, cwd: folder }).status !== 0)
    throw new Error('initdb failed');
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${folder}`,
    'fsync=off',
    'shared_buffers=1GB',
    'maintenance_work_mem=1GB',
    'max_parallel_workers_per_gather=0',
    'max_parallel_maintenance_workers=0',
    'jit=off',
    'max_wal_size=8GB',
  ];
  const server = spawn(postgres, ['-D', files, ...settings.flatMap((each) => ['-c', each])], {
    ...who,
    cwd: folder,
    stdio: 'ignore',
  });
  const session = await Session.open(psql, folder);
  writeFileSync(join(folder, 'plates'), plates.join('\n'));
  await session.ask('CREATE EXTENSION pg_trgm; CREATE UNLOGGED TABLE plate (text text)');
  await session.ask(`\\copy plate FROM '${join(folder, 'plates')}'`);
  await session.ask('CREATE INDEX ON plate USING gin (text gin_trgm_ops)');
  await session.ask('VACUUM ANALYZE plate');
  const backend = (await session.ask('SELECT pg_backend_pid()')).trim();
  return {
    name: 'PostgreSQL pg_trgm',
    timed: async (pattern, platesMax) => {
      const begunMs = ranMs(backend);
      const like = pattern.replaceAll('?', '_').replaceAll('*', '%');
      await session.ask(
        `SELECT count(*) FROM (SELECT text FROM plate WHERE text LIKE '${like}' LIMIT ${platesMax}) p`,
      );
      return ranMs(backend) - begunMs;
    },
    close: async () => {
      session.close();
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill('SIGINT');
      await ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** What a process has had of the processor. */
function ranMs(pid: string): number {
  return Number(readFileSync(`/proc/${pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
}

/** PostgreSQL refuses to run as root: then as the user that its package made. */
async function unprivileged(folder: string): Promise<{ uid?: number; gid?: number } | undefined> {
  if (process.getuid?.() !== 0) return {};
  const [uid, gid] = ['-u', '-g'].map((flag) =>
    Number(spawnSync('id', [flag, 'postgres']).stdout.toString()),
  );
  if (!uid || !gid) return undefined;
  chownSync(folder, uid, gid);
  return { uid, gid };
}

/** One session of `psql`, asked one thing after the other. */
class Session {
  #answer = '';
  readonly #done = '--bench-done--';

  constructor(readonly child: ChildProcessWithoutNullStreams) {
    child.stdout.on('data', (bytes: Buffer) => {
      this.#answer += bytes.toString();
      if (this.#answer.includes(this.#done)) this.#tell();
    });
    child.stderr.on('data', (bytes: Buffer) => process.stderr.write(bytes));
  }

  #tell: () => void = () => undefined;

  static async open(psql: string, folder: string): Promise<Session> {
    for (let attempt = 0; attempt < 300 && !existsSync(join(folder, '.s.PGSQL.5432')); attempt++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    const session = new Session(spawn(psql, ['-h', folder, '-U', 'bench', '-Atq', 'postgres']));
    await session.ask('SELECT 1');
    return session;
  }

  async ask(text: string): Promise<string> {
    this.#answer = '';
    const answered = new Promise<void>((resolve) => {
      this.#tell = resolve;
    });
    this.child.stdin.write(`${text}${text.startsWith('\\') ? '' : ';'}\n\\echo ${this.#done}\n`);
    await answered;
    return this.#answer.replace(this.#done, '');
  }

  close(): void {
    this.child.stdin.end();
  }
}

/** Its addon is built by hand, because no dependency runs code at install (docs/adr/0003-dependencies.md). */
function openDatabase() {
  try {
    return new Database(':memory:');
  } catch (cause) {
    throw new Error('build it once: npm rebuild --ignore-scripts=false better-sqlite3', { cause });
  }
}
