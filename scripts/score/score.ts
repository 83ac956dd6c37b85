import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { type PlateReader, UnreadableImage } from '../../core/reads/reader';
import { createOnnxReader } from '../../reader/onnx/onnx-reader';
import { readLabels } from './labels';
import { type PhotoSightings, type Score, scoreSightings } from './score-sightings';

/** Reads every labelled photo of a folder, one after another, and scores the reader. */
export async function scoreFolder({
  folder,
  reader,
}: {
  folder: string;
  reader: PlateReader;
}): Promise<Score> {
  const labels = await readLabels(folder);
  const byName = new Map<string, PhotoSightings>();
  for (const { name } of labels) {
    const image = await readFile(join(folder, name));
    const start = performance.now();
    const sightings = await reader.read(image).catch((error: unknown) => {
      if (error instanceof UnreadableImage) return [];
      throw error;
    });
    byName.set(name, { sightings, ms: performance.now() - start });
  }
  return scoreSightings(labels, byName);
}

async function main(): Promise<void> {
  const folder = process.argv[2];
  if (folder === undefined) {
    console.error('usage: score FOLDER  (photos with one label file each; one thread)');
    process.exitCode = 2;
    return;
  }
  const reader = await createOnnxReader({ threads: 1 });
  console.log(JSON.stringify(await scoreFolder({ folder, reader }), null, 2));
}

if (require.main === module) void main();
