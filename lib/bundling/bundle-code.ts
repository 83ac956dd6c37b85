import { existsSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/** Packages with native code: they lie beside the bundles of the functions that name them. */
const nativePackages = ['onnxruntime-node', 'sharp'] as const;

export const bundleOptions: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logLevel: 'error',
  external: [...nativePackages],
  metafile: true,
};

export interface BundledCode {
  /** Which native packages the code of each function needs. */
  readonly nativeNeeds: Readonly<Record<string, readonly string[]>>;
  /** Every file that went in, relative to the root. */
  readonly inputs: readonly string[];
}

/**
 * Bundles every `lambdas/<name>/main.ts` under `root` for Node 20 and newer into `<folder>/<name>/index.js`, the AWS SDK
 * included. All at once: what they share is then read and parsed once, which halves the work.
 */
export function bundleCode(root: string, folder: string): BundledCode {
  const lambdas = join(root, 'lambdas');
  const names = readdirSync(lambdas).filter((name) => existsSync(join(lambdas, name, 'main.ts')));
  const { metafile } = buildSync({
    ...bundleOptions,
    entryPoints: names.map((name) => ({ in: join(lambdas, name, 'main.ts'), out: join(name, 'index') })),
    outdir: folder,
    absWorkingDir: root,
  });
  const { inputs = {}, outputs = {} } = metafile ?? {};
  const needs = Object.entries(outputs).map(([path, { imports }]) => {
    const [name = ''] = relative(folder, join(root, path)).split('/');
    return [name, nativePackages.filter((each) => imports.some(({ path: from }) => from === each))] as const;
  });
  return { nativeNeeds: Object.fromEntries(needs), inputs: Object.keys(inputs) };
}
