import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { renderScene } from '../scenes/scene';
import { readLabels } from '../score/labels';
import type { Label } from '../score/score-sightings';

/** A photo that a camera of the day will take. */
export interface Photo {
  readonly name: string;
  load(): Promise<Uint8Array>;
}

export interface Photos {
  readonly photos: readonly Photo[];
  /** Absent where nobody labelled them. */
  readonly labels?: readonly Label[];
}

const drawnPlates = [
  'TEST101',
  'TEST202',
  'XMPL246',
  'ABC1234',
  'XYZ9876',
  'KLM4567',
  'PK20260',
  'HJK7431',
  'TRY4U22',
  'MNP3344',
  'RST7799',
  'FAKE777',
];

/** Photos that are drawn here, with made-up plates; the same each time. */
export async function drawnPhotos(step: () => void): Promise<Photos> {
  const photos: Photo[] = [];
  const labels: Label[] = [];
  for (const [index, plate] of drawnPlates.entries()) {
    const { image, label } = await renderScene({ plate, seed: index + 1 });
    const name = `drawn-${String(index + 1).padStart(2, '0')}.jpg`;
    const { plate: shown, ...box } = label;
    photos.push({ name, load: async () => image });
    labels.push({ name, box, plate: shown });
    step();
  }
  return { photos, labels };
}

export const drawnCount = drawnPlates.length;

/** The photos of a folder, in the order of their names. Throws with plain words when there are none. */
export async function folderPhotos(folder: string): Promise<Photos> {
  let files: string[];
  try {
    files = (await readdir(folder)).filter((file) => /\.(jpe?g|png)$/i.test(file)).sort();
  } catch (cause) {
    throw new Error(`the folder ${folder} cannot be read`, { cause });
  }
  if (files.length === 0) throw new Error(`the folder ${folder} has no .jpg, .jpeg or .png file`);
  const labels = await readLabels(folder);
  return {
    photos: files.map((name) => ({ name, load: () => readFile(join(folder, name)) })),
    ...(labels.length > 0 ? { labels } : {}),
  };
}
