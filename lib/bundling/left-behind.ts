import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Removes what processes that ended left in `folder`. `pidOf` says which process an entry belongs to; entries of none
 * (`undefined`) and of those that still run stay.
 */
export function removeLeftBehind(folder: string, pidOf: (entry: string) => number | undefined): void {
  for (const entry of existsSync(folder) ? readdirSync(folder) : []) {
    const pid = pidOf(entry);
    if (pid !== undefined && !isRunning(pid)) rmSync(join(folder, entry), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
