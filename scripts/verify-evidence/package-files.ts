import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileNames, type PackageFile } from '../../core/evidence/package/package-file';
import { unpackTar } from '../../core/evidence/package/tar';

export type FoundPackage =
  | { readonly kind: 'package'; readonly files: readonly PackageFile[] }
  /** Not a package at all, or with files that no package has; `names` are those. */
  | { readonly kind: 'not-a-package'; readonly names: readonly string[] };

/** A package as it was archived (one tar) or handed over (a folder). Throws what the file system throws. */
export function packageFiles(path: string): FoundPackage {
  if (statSync(path).isDirectory()) return folderFiles(path);
  const files = unpackTar(readFileSync(path));
  return files === undefined ? { kind: 'not-a-package', names: [] } : { kind: 'package', files };
}

function folderFiles(folder: string): FoundPackage {
  const entries = readdirSync(folder);
  const names = entries.filter((each) => !fileNames.some((name) => name === each));
  if (names.length > 0) return { kind: 'not-a-package', names };
  const files = fileNames
    .filter((name) => entries.includes(name))
    .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  return { kind: 'package', files };
}
