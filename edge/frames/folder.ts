import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CameraFrame } from '../frame';

/** The photos (`.jpg`, `.jpeg`, `.png`) of a folder by name, each taken when it is read, by the clock handed in. */
export async function* framesOfFolder({
  folder,
  clock,
}: {
  folder: string;
  clock: () => number;
}): AsyncGenerator<CameraFrame> {
  const names = (await readdir(folder)).filter((name) => /\.(jpe?g|png)$/i.test(name)).sort();
  for (const name of names) {
    yield { image: await readFile(join(folder, name)), capturedAtMs: clock(), name };
  }
}
