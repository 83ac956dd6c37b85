import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type BundledCode, bundleCode, bundleOptions } from './bundle-code';
import { removeLeftBehind } from './left-behind';

/** Where code of ours that a bundle can hold lies; one that holds other code is not kept. */
const sources = ['adapters', 'core', 'lambdas', 'reader', 'web'] as const;

interface Kept extends BundledCode {
  /** Of the packages' files that went in, by what is in them. */
  readonly packagesHash: string;
}

/**
 * As `bundleCode`, but done once for the same inputs: the code lies in `<kept>/<key>` and is linked from there. The key
 * is made of all our sources, names and contents, the lockfile and the bundler's options; of packages also the files
 * that went in are looked at again. So a bundle is taken only where another run would make the same one.
 */
export function bundleCodeOnce(
  root: string,
  { kept, folder }: { kept: string; folder: string },
): BundledCode {
  const at = join(kept, keyOf(root));
  return takeKept(root, at, folder) ?? bundleAndKeep(root, at, folder);
}

function bundleAndKeep(root: string, at: string, folder: string): BundledCode {
  const code = bundleCode(root, folder);
  const packages = code.inputs.filter((each) => each.startsWith('node_modules/'));
  const ours = code.inputs.filter((each) => !each.startsWith('node_modules/'));
  if (!ours.every((each) => sources.some((source) => each.startsWith(`${source}/`)))) return code;
  const whole: Kept = { ...code, packagesHash: hashOf(root, packages) };
  // Whole at once under its name: whoever comes at the same time finds all of it or nothing.
  const half = `${at}-${process.pid}`;
  rmSync(half, { recursive: true, force: true });
  linkCode(folder, half, Object.keys(code.nativeNeeds));
  writeFileSync(join(half, 'code.json'), JSON.stringify(whole));
  removeOthers(at);
  try {
    renameSync(half, at);
  } catch {
    // Another process was faster with the same code.
    rmSync(half, { recursive: true, force: true });
  }
  return code;
}

/** One bundle is kept: older ones go, and halves of processes that ended. */
function removeOthers(at: string): void {
  const kept = dirname(at);
  const older = readdirSync(kept).filter((each) => /^[0-9a-f]{32}$/.test(each) && join(kept, each) !== at);
  for (const each of older) rmSync(join(kept, each), { recursive: true, force: true });
  removeLeftBehind(kept, (entry) => {
    const [, pid] = /^[0-9a-f]{32}-(\d+)$/.exec(entry) ?? [];
    return pid === undefined ? undefined : Number(pid);
  });
}

/** Nothing where it is not there, no longer there, or made from other packages. */
function takeKept(root: string, at: string, folder: string): BundledCode | undefined {
  try {
    const kept: Kept = JSON.parse(readFileSync(join(at, 'code.json'), 'utf8'));
    const packages = kept.inputs.filter((each) => each.startsWith('node_modules/'));
    if (hashOf(root, packages) !== kept.packagesHash) return undefined;
    linkCode(at, folder, Object.keys(kept.nativeNeeds));
    return kept;
  } catch {
    rmSync(folder, { recursive: true, force: true });
    return undefined;
  }
}

function linkCode(from: string, to: string, names: readonly string[]): void {
  for (const name of names) {
    mkdirSync(join(to, name), { recursive: true });
    linkSync(join(from, name, 'index.js'), join(to, name, 'index.js'));
  }
}

function keyOf(root: string): string {
  const files = sources
    .flatMap((source) => (existsSync(join(root, source)) ? filesIn(root, source) : []))
    .concat(['package-lock.json', 'tsconfig.json'].filter((each) => existsSync(join(root, each))));
  return createHash('sha256')
    .update(JSON.stringify(bundleOptions))
    .update(hashOf(root, files))
    .digest('hex')
    .slice(0, 32);
}

function filesIn(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((each) => each.isFile())
    .map((each) => join(each.path, each.name).slice(root.length + 1));
}

/** Of names and contents. */
function hashOf(root: string, files: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of files.toSorted()) {
    const content = readFileSync(join(root, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
