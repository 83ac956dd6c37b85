import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gatherFile } from '../adapters/outside-lists/uploads';
import bloomington from '../config/bloomington.json';
import { parseConfiguration } from '../core/contract/configuration';
import { type ImportDeps, importDelivery } from '../core/hot-list/outside/import-delivery';
import type { ListRecord } from '../core/hot-list/outside/list-record';

/**
 * One delivery of an outside list after another, from the file to the switch, on one core: the file on disk, the stores
 * in memory. The second delivery is compared with the first one and changes a hundredth of it.
 */
async function main(rows: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'platekeeper-import-'));
  try {
    const importFile = importer();
    const figures = [];
    for (const [delivery, changed] of [
      ['first', 0],
      ['second', Math.floor(rows / 100)],
    ] as const) {
      const file = join(folder, `${delivery}.csv`);
      await writeList(file, rows, changed);
      const begunMs = performance.now();
      const outcome = await importFile(file, delivery === 'first' ? 1000 : 2000);
      if (outcome.kind !== 'switched') throw new Error(`the ${delivery} delivery was ${outcome.kind}`);
      const seconds = (performance.now() - begunMs) / 1000;
      figures.push({
        delivery,
        rows: outcome.inForce.rows,
        entries: outcome.inForce.entries,
        ...outcome.inForce.changes,
        seconds: Number(seconds.toFixed(1)),
        rowsPerSecond: Math.round(rows / seconds),
      });
    }
    console.table(figures);
    const peakMiB = Math.round(process.resourceUsage().maxRSS / 1024);
    console.log(JSON.stringify({ bench: 'import-hot-list', figures, peakMiB }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function importer() {
  const [source] = parseConfiguration(bloomington).outsideLists;
  if (source === undefined) throw new Error('the configuration has no outside list');
  const files = new Map<string, Uint8Array>();
  let record: ListRecord | undefined;
  let deliveredAtMs = 0;
  const deps: ImportDeps = {
    sources: [source],
    records: {
      find: async () => record,
      store: async (after) => {
        record = after;
        return 'stored';
      },
    },
    uploads: {
      gather: async ({ name }, from, into) => {
        const gathered = await gatherFile(createReadStream(name), from, into);
        return gathered.kind === 'unreadable' ? gathered : { ...gathered, deliveredAtMs };
      },
    },
    files: {
      put: async (key, bytes) => void files.set(key, bytes),
      get: async (key) => files.get(key),
    },
    audit: { append: async () => undefined },
    now: () => Date.now(),
    newSalt: () => '07'.repeat(32),
  };
  const take = importDelivery(deps);
  return (file: string, atMs: number) => {
    deliveredAtMs = atMs;
    return take({ list: source.id, name: file });
  };
}

/** Made-up plates; the first `changed` rows say something else than in another delivery. */
async function writeList(path: string, rows: number, changed: number): Promise<void> {
  const file = createWriteStream(path);
  file.write('LIC,LIS,TYPE,VEHICLE,CAUTION,NIC\n');
  for (let row = 0; row < rows; row++) {
    const plate = `T${row.toString(36).toUpperCase().padStart(6, '0')}`;
    const vehicle = row < changed ? 'Blue van' : 'Silver sedan';
    const isTaken = file.write(`${plate},IL,V,${vehicle},${row % 50 === 0 ? 'A' : ''},V${row}\n`);
    if (!isTaken) await once(file, 'drain');
  }
  file.end();
  await once(file, 'close');
}

const [asked = '1000000'] = process.argv.slice(2);
if (/^[1-9]\d{0,7}$/.test(asked))
  main(Number(asked)).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
else {
  console.log(
    'Usage: npm run bench:import -- [ROWS]\n\nImports two deliveries of ROWS rows each (default 1000000).',
  );
  process.exitCode = asked === '--help' ? 0 : 2;
}
