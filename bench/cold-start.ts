import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import configuration from '../config/bloomington.json';
import { env as names } from '../lambdas/detect-plates/env';
import { bundleFunction } from '../lib/bundling/bundle-function';
import { readerParts } from '../lib/bundling/reader-parts';
import { endWith } from './measure';

const runs = 7;
const mib = 1024 * 1024;

/** Loads the bundle as Lambda does and answers an event without frames: models and runtimes are loaded by then. */
const start = `require(process.argv[1]).handler({ Records: [{ messageId: 'm', body: '{"Event":"s3:TestEvent"}' }] })
  .then(() => process.exit(0), () => process.exit(1));`;

/** How large the function that reads plates is, and how long a new process of it takes from nothing to an answer. */
async function main(): Promise<number> {
  const folder = bundleFunction('detect-plates', { configuration, ...readerParts() });
  const variables = Object.fromEntries(Object.values(names).map((name) => [name, 'none']));
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const beganMs = performance.now();
    await promisify(execFile)(process.execPath, ['-e', start, join(folder, 'index.js')], {
      env: { ...variables, AWS_REGION: 'us-east-1', PATH: process.env.PATH },
    });
    times.push(performance.now() - beganMs);
  }
  times.sort((a, b) => a - b);
  const ms = (at: number) => Math.round(times[at] ?? 0);
  console.log(
    `detect-plates: ${((await bytesIn(folder)) / mib).toFixed(0)} MiB unzipped (Lambda's limit: 250)`,
  );
  console.log(
    `from process to answer: median ${ms(Math.floor(runs / 2))} ms, best ${ms(0)}, worst ${ms(runs - 1)}`,
  );
  return 0;
}

async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.filter((each) => each.isFile()).map((each) => stat(join(each.parentPath, each.name)));
  return (await Promise.all(sizes)).reduce((sum, { size }) => sum + size, 0);
}

endWith(main());
