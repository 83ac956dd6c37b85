import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { RekognitionClient } from '@aws-sdk/client-rekognition';
import { type PlateReader, UnreadableImage } from '../core/reads/reader';
import { cropJpeg } from '../reader/crop';
import { createOnnxReader } from '../reader/onnx/onnx-reader';
import { createPpOcrReader } from '../reader/ppocr/ppocr-reader';
import { detectTextBy } from '../reader/rekognition/detect-text';
import { createRekognitionReader } from '../reader/rekognition/rekognition-reader';
import { type Belief, bootstrap, reliability } from '../scripts/score/intervals';
import { readLabels } from '../scripts/score/labels';
import { type Miss, missesPage } from '../scripts/score/misses-page';
import { reliabilityChart } from '../scripts/score/reliability-chart';
import {
  type Label,
  type PhotoSightings,
  type Score,
  scoreSightings,
} from '../scripts/score/score-sightings';
import { endWith } from './measure';

const usage = `Usage: npm run bench:reader -- --images DIR [--reader onnx|rekognition|ppocr] [--json FILE] [--report DIR]

Scores a plate reader on labelled photos (NAME.txt beside each: image, x, y, width, height, plate; tab separated), one
thread. --report writes a reliability diagram (SVG) and a page with each miss beside its crop; it shows pictures, so
keep it where the photos may be. rekognition asks the service of the current credentials; it may keep pictures unless the account has opted out.`;

const readers: Readonly<Record<string, () => Promise<PlateReader>>> = {
  onnx: () => createOnnxReader({ threads: 1 }),
  ppocr: () => createPpOcrReader({ threads: 1 }),
  rekognition: async () => createRekognitionReader({ detectText: detectTextBy(new RekognitionClient({})) }),
};

async function main(): Promise<number> {
  const { images, reader: name = 'onnx', json, report, help } = options();
  const create = readers[name];
  if (help || images === undefined || create === undefined) {
    console.log(usage);
    return help ? 0 : 2;
  }
  const labels = await readLabels(images);
  const { byName, processorMs } = await readAll(images, labels, await create());
  const score = scoreSightings(labels, byName);
  const intervals = bootstrap(labels, byName);
  const beliefs = labels.flatMap((label) => beliefIn(label, byName) ?? []);
  const calibration = reliability(beliefs);
  const result = { reader: name, score, intervals, processorMs, calibration };
  print(result);
  if (report !== undefined) {
    await mkdir(report, { recursive: true });
    await writeFile(join(report, 'reliability.svg'), reliabilityChart(calibration));
    await writeFile(join(report, 'misses.html'), missesPage(await missesOf(images, labels, byName)));
  }
  if (json !== undefined) await writeFile(json, `${JSON.stringify(result, null, 2)}\n`);
  return 0;
}

function options() {
  const { values } = parseArgs({
    options: {
      images: { type: 'string' },
      reader: { type: 'string' },
      json: { type: 'string' },
      report: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  return values;
}

async function readAll(folder: string, labels: readonly Label[], reader: PlateReader) {
  const byName = new Map<string, PhotoSightings>();
  const times: number[] = [];
  for (const { name } of labels) {
    const image = await readFile(join(folder, name));
    const beganMs = performance.now();
    const beganCpu = process.cpuUsage();
    const sightings = await reader.read(image).catch((error: unknown) => {
      if (error instanceof UnreadableImage) return [];
      throw error;
    });
    const spent = process.cpuUsage(beganCpu);
    byName.set(name, { sightings, ms: performance.now() - beganMs });
    times.push((spent.user + spent.system) / 1000);
  }
  times.sort((a, b) => a - b);
  const at = (share: number) => Math.round(times[Math.floor(share * (times.length - 1))] ?? 0);
  return { byName, processorMs: { median: at(0.5), p95: at(0.95) } };
}

/** The reader's surest sighting at the labelled plate, and whether it is right. */
function sightingAt(label: Label, byName: ReadonlyMap<string, PhotoSightings>) {
  return (byName.get(label.name)?.sightings ?? [])
    .map((sighting) => ({
      sighting,
      score: scoreSightings([label], new Map([[label.name, { sightings: [sighting] }]])),
    }))
    .filter(({ score }) => score.located === 1)
    .map(({ sighting, score }) => ({ sighting, isRight: score.exact === 1 }))
    .sort((a, b) => b.sighting.confidence - a.sighting.confidence)[0];
}

function beliefIn(label: Label, byName: ReadonlyMap<string, PhotoSightings>): Belief | undefined {
  const there = sightingAt(label, byName);
  return there && { confidence: there.sighting.confidence, isRight: there.isRight };
}

/** How far around the label a miss is shown, in shares of its size. */
const surroundings = 0.4;

async function missesOf(
  folder: string,
  labels: readonly Label[],
  byName: ReadonlyMap<string, PhotoSightings>,
): Promise<Miss[]> {
  const misses: Miss[] = [];
  for (const label of labels) {
    const there = sightingAt(label, byName);
    if (there?.isRight) continue;
    const { name, plate, box } = label;
    const [x, y] = [box.x - surroundings * box.width, box.y - surroundings * box.height];
    const width = box.width * (1 + 2 * surroundings);
    const height = box.height * (1 + 2 * surroundings);
    const crop = await cropJpeg(await readFile(join(folder, name)), { x, y, width, height });
    misses.push({ name, plate, crop, ...(there !== undefined && { read: there.sighting }) });
  }
  return misses;
}

function print({
  score,
  intervals,
  processorMs,
  calibration,
}: {
  score: Score;
  intervals: ReturnType<typeof bootstrap>;
  processorMs: { median: number; p95: number };
  calibration: ReturnType<typeof reliability>;
}): void {
  const share = (name: string, count: number, [low, high]: readonly [number, number]) => {
    const percent = ((100 * count) / score.photos).toFixed(1);
    console.log(`${name.padEnd(12)} ${count} of ${score.photos}: ${percent} % (95 %: ${low} to ${high})`);
  };
  share('located', score.located, intervals.located);
  share('exact', score.exact, intervals.exact);
  share('in ten', score.inTen, intervals.inTen);
  share('accepted', score.accepted + score.partial + score.falseReads, intervals.accepted);
  share('false reads', score.falseReads, intervals.falseReads);
  share('abstained', score.abstained, intervals.abstained);
  console.log(`accepted elsewhere: ${score.elsewhere} (plates without a label, and what is no plate)`);
  console.log(`a photo: median ${score.medianMs} ms, p95 ${score.p95Ms} ms`);
  console.log(`processor time: median ${processorMs.median} ms, p95 ${processorMs.p95} ms`);
  const { errorPercent, brier, bins } = calibration;
  console.log(`calibration error ${errorPercent} %, Brier score ${brier}`);
  for (const { from, count, confidence, right } of bins) {
    console.log(`  confidence from ${from.toFixed(1)}: ${count} reads, said ${confidence}, right ${right}`);
  }
}

endWith(main());
