import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Read } from '../../core/reads/read';
import type { CameraFrame } from '../frame';

export interface ArrivingOptions {
  /** Where the camera puts its photos: written under another name, then renamed to `<any>.jpg`. */
  readonly folder: string;
  /** Where the car is; `undefined` when nobody knows. */
  readonly position: () => Promise<Read['position'] | undefined>;
  readonly signal: AbortSignal;
  /** Told of a photo that was passed over because nobody knows where it was taken. */
  readonly onPassedOver?: (name: string) => void;
  /** Between two looks into the folder; 200 ms by default. */
  readonly pollMs?: number;
}

/**
 * The photos of a folder as they come, by name, each with the car's position, until `signal`. A photo is removed when
 * the next one is asked for, so a crash while it is read has it read again; what was read of it may then still wait in
 * the agent for its pass to end and for its envelope, six seconds at most. One without a position is removed unread: a read that says where it was
 * not made is worse than none.
 */
export async function* framesArriving(options: ArrivingOptions): AsyncGenerator<CameraFrame> {
  const { folder, position, signal, onPassedOver, pollMs = 200 } = options;
  while (!signal.aborted) {
    const names = (await readdir(folder)).filter((name) => /^[^.].*\.(jpe?g|png)$/i.test(name)).sort();
    for (const name of names) {
      if (signal.aborted) return;
      const path = join(folder, name);
      const at = await position();
      if (at === undefined) onPassedOver?.(name);
      else yield { image: await readFile(path), capturedAtMs: await takenAtMs(path), name, position: at };
      await rm(path, { force: true });
    }
    if (names.length === 0) await delay(pollMs, undefined, { signal }).catch(() => undefined);
  }
}

const takenAtMs = async (path: string) => Math.floor((await stat(path)).mtimeMs);
