import { resolve } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/** `node:crypto` becomes what a browser has; the rest of the verifier runs there as it is. */
export const pageScript: BuildOptions = {
  bundle: true,
  platform: 'browser',
  target: 'es2022',
  minify: true,
  legalComments: 'none',
  logLevel: 'error',
  alias: { 'node:crypto': resolve(__dirname, '../../web/portal/verify/browser-crypto.ts') },
};

/** Bundles the script of a public page into one file. The same sources give the same bytes. */
export function bundlePageScript(entry: string, outfile: string): void {
  buildSync({ ...pageScript, entryPoints: [entry], outfile, format: 'esm' });
}
