import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { plateReader } from '../../../lambdas/detect-plates/plate-reader';

const root = resolve(__dirname, '../../..');
const withOptOut = { reader: 'rekognition', aiServicesOptOut: true } as const;

it('never makes a reader that sends frames away without the opt-out [Storage-A]', async () => {
  await expect(plateReader({ ...withOptOut, aiServicesOptOut: false }, '/nowhere')).rejects.toThrow(
    'opt-out',
  );
  expect(await plateReader(withOptOut, '/nowhere')).toHaveProperty('read');
});

it('starts without the networks and their runtime where the service reads, and not where they do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'plate-reader-'));
  try {
    buildSync({
      entryPoints: [join(root, 'lambdas/detect-plates/plate-reader.ts')],
      outfile: join(folder, 'index.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'cjs',
      logLevel: 'error',
      external: ['onnxruntime-node', 'sharp'],
    });
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(join(root, 'node_modules/sharp'), join(folder, 'node_modules/sharp'));
    const start = (choice: object) =>
      execFileSync(
        process.execPath,
        [
          '-e',
          `require('./index.js').plateReader(${JSON.stringify(choice)}, '/nowhere').then(() => console.log('started'), (error) => console.log(error.code))`,
        ],
        { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      ).trim();
    expect(start(withOptOut)).toBe('started');
    expect(start({ ...withOptOut, reader: 'onnx' })).toBe('MODULE_NOT_FOUND');
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);
