import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import type { LogFiles } from '../../core/audit/log/verifier/files';

/** The files of a log that was copied to a folder. Links are not followed: a copy of a bucket has none. */
export function folderFiles(folder: string): LogFiles {
  const root = resolve(folder);
  return {
    read(path) {
      try {
        return readFileSync(join(root, path));
      } catch (error) {
        if (isAbsent(error)) return undefined;
        throw error;
      }
    },
    *list() {
      for (const entry of readdirSync(root, { recursive: true, withFileTypes: true }))
        if (!entry.isDirectory()) yield relative(root, pathOf(entry)).split(sep).join('/');
    },
  };
}

const pathOf = (entry: Dirent) => join(entry.parentPath, entry.name);

/** A partial tile’s folder beside a full tile of the same name cannot exist on some systems; either is simply absent. */
function isAbsent(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';
}
