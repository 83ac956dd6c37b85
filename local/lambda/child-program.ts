import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

/**
 * The program that every function's process runs: `child/bootstrap.ts` bundled into one file, because a child has
 * plain Node and nothing of ours. Also gives inline code (`ZipFile`) a folder. `remove` deletes all of it.
 */
export class ChildProgram {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'platekeeper-lambda-'));
  readonly file = path.join(this.folder, 'bootstrap.cjs');

  constructor() {
    buildSync({
      entryPoints: [path.join(__dirname, 'child', 'bootstrap.ts')],
      outfile: this.file,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
