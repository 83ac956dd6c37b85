import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Label } from './score-sightings';

/**
 * The labels of a folder of photos: one text file a photo, tab separated `image x y width height plate`, pixels.
 * Throws for a line that is anything else.
 */
export async function readLabels(folder: string): Promise<Label[]> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.txt')).sort();
  return Promise.all(files.map(async (file) => parseLabel(await readFile(join(folder, file), 'utf8'), file)));
}

export function parseLabel(line: string, file: string): Label {
  const [name = '', x, y, width, height, plate = ''] = line.trim().split('\t');
  const box = { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
  const isBox = Object.values(box).every(Number.isFinite) && box.width > 0 && box.height > 0;
  if (!isBox || !/^[^/\\]+$/.test(name) || !/^[A-Z0-9]+$/.test(plate)) {
    throw new Error(`${file} is not a label: image, x, y, width, height, plate, tab separated`);
  }
  return { name, box, plate };
}
