import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';
import { bundlePageScript } from './bundle-page-script';
import { copyPackages } from './copy-packages';
import { removeLeftBehind } from './left-behind';

/** What a function needs beside its code, read at start from its own folder. */
export interface BundleParts {
  /** Written as `configuration.json`. */
  readonly configuration?: unknown;
  /** Copies `policy/` and Cedar's engine. */
  readonly policy?: boolean;
  /** Packages with native code, copied with what they depend on instead of bundled. */
  readonly nativePackages?: readonly string[];
  /** Files copied into the folder `models`. */
  readonly models?: readonly string[];
  /** Scripts of pages, bundled for browsers: [from, name]. */
  readonly scripts?: readonly (readonly [string, string])[];
  /** Folder copied as it is: [from, to]. */
  readonly folders?: readonly (readonly [string, string])[];
}

const root = resolve(__dirname, '../..');
const built = new Map<string, string>();

/**
 * Bundles `lambdas/<name>/main.ts` for Node 20 and newer into one file, the AWS SDK included, so that the version
 * tested is the version that runs. Returns the folder. Each function is bundled once per process.
 */
export function bundleFunction(name: string, parts: BundleParts): string {
  const known = built.get(name);
  if (known) return known;
  const folder = join(ownBuildFolder(), name);
  mkdirSync(folder, { recursive: true });
  buildSync({
    entryPoints: [join(root, 'lambdas', name, 'main.ts')],
    outfile: join(folder, 'index.js'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    logLevel: 'error',
    external: [...(parts.nativePackages ?? [])],
  });
  addParts(folder, parts);
  built.set(name, folder);
  return folder;
}

/**
 * Each process builds in a folder of its own, so that two of them at once never see half of each other's bundles. What
 * processes that ended left behind is removed.
 */
function ownBuildFolder(): string {
  const build = join(root, '.build');
  const own = join(build, String(process.pid));
  if (built.size > 0) return own;
  rmSync(own, { recursive: true, force: true });
  removeLeftBehind(build, Number);
  return own;
}

function addParts(folder: string, parts: BundleParts): void {
  if (parts.configuration !== undefined)
    writeFileSync(join(folder, 'configuration.json'), JSON.stringify(parts.configuration));
  if (parts.policy) {
    cpSync(join(root, 'policy', 'rules'), join(folder, 'policy', 'rules'), { recursive: true });
    cpSync(join(root, 'policy', 'schema.cedarschema'), join(folder, 'policy', 'schema.cedarschema'));
    const engine = join(root, 'node_modules', '@cedar-policy', 'cedar-wasm', 'nodejs');
    for (const file of readdirSync(engine).filter((each) => each.endsWith('.wasm')))
      cpSync(join(engine, file), join(folder, file));
  }
  for (const model of parts.models ?? []) {
    if (!existsSync(model)) throw new Error(`the reader's model file is missing: ${model}; run npm ci`);
    cpSync(model, join(folder, 'models', model.split('/').at(-1) ?? model));
  }
  for (const [from, name] of parts.scripts ?? []) bundlePageScript(join(root, from), join(folder, name));
  for (const [from, to] of parts.folders ?? [])
    cpSync(join(root, from), join(folder, to), { recursive: true });
  if (parts.nativePackages) copyPackages(parts.nativePackages, folder);
}
