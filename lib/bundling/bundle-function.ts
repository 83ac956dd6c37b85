import { cpSync, existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BundledCode } from './bundle-code';
import { bundlePageScript } from './bundle-page-script';
import { copyPackages } from './copy-packages';
import { bundleCodeOnce } from './kept-code';
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
const prepared = new Set<string>();
let code: (BundledCode & { readonly folder: string }) | undefined;

/**
 * The folder of `lambdas/<name>`: one file of code, so that the version of the AWS SDK tested is the version that runs,
 * and the parts beside it. Each function is prepared once per process. Throws for one that needs a native package it
 * does not name: its bundle would not start.
 */
export function bundleFunction(name: string, parts: BundleParts): string {
  code ??= bundleAll();
  const folder = join(code.folder, name);
  if (prepared.has(name)) return folder;
  const needed = code.nativeNeeds[name];
  if (needed === undefined) throw new Error(`there is no function lambdas/${name}/main.ts`);
  for (const each of needed)
    if (!parts.nativePackages?.includes(each))
      throw new Error(`lambdas/${name} uses ${each}, which is not among its native packages`);
  addParts(folder, parts);
  prepared.add(name);
  return folder;
}

/**
 * Each process builds in a folder of its own, so that two of them at once never see half of each other's bundles. What
 * processes that ended left behind is removed.
 */
function bundleAll() {
  const build = join(root, '.build');
  const folder = join(build, String(process.pid));
  rmSync(folder, { recursive: true, force: true });
  removeLeftBehind(build, (entry) => (/^\d+$/.test(entry) ? Number(entry) : undefined));
  return { folder, ...bundleCodeOnce(root, { kept: join(build, 'code'), folder }) };
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
