import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { Box } from '../core/reads/read';
import type { PlateReader, Sighting } from '../core/reads/reader';
import { fuse } from '../reader/fusion/fuse';
import { followPasses, type Pass } from '../reader/fusion/passes';
import { createOnnxReader } from '../reader/onnx/onnx-reader';
import { resampled } from '../scripts/score/resampled';
import { endWith } from './measure';

const usage = `Usage: npm run bench:passes -- --passes DIR

Reads rendered passes (scripts/train/make_passes.py) and compares, for each, the surest single frame with all its
frames together. A plate is legible when its still, sharp and near, is read exactly: what the reader cannot tell apart
on a clean picture, dirt, covers and odd shapes of letters, is the same in every frame, and no vote mends it.`;

const corners = z.array(z.tuple([z.number(), z.number()])).length(4);
const picture = z.object({ image: z.string().regex(/^\d{3}\/[a-z0-9]+\.jpg$/), corners });
const passLine = z.object({ plate: z.string(), still: picture, frames: z.array(picture).min(1) });

const frameEveryMs = 200;

interface PassResult {
  readonly isLegible: boolean;
  readonly single: boolean;
  readonly fused: boolean;
  readonly singleOutcome: Outcome;
  readonly fusedOutcome: Outcome;
  /** The plate was read in some frame, however badly. */
  readonly isSeen: boolean;
  /** More than one read of the plate: the frames were not recognised as one pass. */
  readonly isSplit: boolean;
}
type Outcome = 'right' | 'wrong' | 'none';

async function main(): Promise<number> {
  const { passes: folder, help } = parseArgs({
    options: { passes: { type: 'string' }, help: { type: 'boolean' } },
  }).values;
  if (help || folder === undefined) {
    console.log(usage);
    return help ? 0 : 2;
  }
  const reader = await createOnnxReader({ threads: 1 });
  const lines = (await readFile(join(folder, 'passes.jsonl'), 'utf8')).trim().split('\n');
  const results: PassResult[] = [];
  for (const line of lines) results.push(await compare(passLine.parse(JSON.parse(line)), folder, reader));
  report('all passes', results);
  report(
    'legible plates',
    results.filter(({ isLegible }) => isLegible),
  );
  return 0;
}

async function compare(
  { plate, still, frames }: z.output<typeof passLine>,
  folder: string,
  reader: PlateReader,
): Promise<PassResult> {
  const truth = folded(plate);
  const lookAt = async ({ image, corners: at }: z.output<typeof picture>) => {
    const sightings = await reader.read(await readFile(join(folder, image)));
    return { sightings, there: sightings.filter(({ box }) => isIn(box, at)) };
  };
  const follow = followPasses<undefined>();
  const ended: Pass<undefined>[] = [];
  const there = new Set<Sighting>();
  for (const [at, frame] of frames.entries()) {
    const { sightings, there: ofFrame } = await lookAt(frame);
    for (const sighting of ofFrame) there.add(sighting);
    const capturedAtMs = at * frameEveryMs;
    ended.push(...(await follow.add({ frame: frame.image, capturedAtMs, sightings, keep: () => undefined })));
  }
  const reads = [...ended, ...follow.end()]
    .filter(({ sightings }) => sightings.some((each) => there.has(each)))
    .map(({ best, sightings }) => fuse(best.sighting, sightings));
  const fused = surest(reads);
  const single = surest([...there]);
  const isRight = (sighting: Sighting | undefined) => folded(sighting?.plate ?? '') === truth;
  return {
    isLegible: isRight(surest((await lookAt(still)).there)),
    single: isRight(single),
    fused: isRight(fused),
    singleOutcome: outcomeOf(single, truth),
    fusedOutcome: outcomeOf(fused, truth),
    isSeen: there.size > 0,
    isSplit: reads.filter(({ outcome }) => outcome === 'accepted').length > 1,
  };
}

function report(name: string, results: readonly PassResult[]): void {
  const count = (is: (result: PassResult) => boolean) => results.filter(is).length;
  const share = (part: number) =>
    `${part} of ${results.length} (${((100 * part) / results.length).toFixed(1)} %)`;
  const [single, fused] = [count((each) => each.single), count((each) => each.fused)];
  const [before, after] = [results.length - single, results.length - fused];
  console.log(`${name}:`);
  console.log(`  exact: surest frame ${share(single)}, fused ${share(fused)}`);
  const [low, high] = resampled(results, leftOf);
  const percent = (share: number) => (100 * share).toFixed(0);
  console.log(
    `  errors: ${before} and ${after}, ${percent(leftOf(results))} % are left (95 %: ${percent(low)} to ${percent(high)})`,
  );
  console.log(`  never seen: ${count((each) => !each.isSeen)}`);
  for (const kind of ['single', 'fused'] as const) {
    const of = (outcome: Outcome) => count((each) => each[`${kind}Outcome`] === outcome);
    console.log(`  accepted, ${kind}: right ${of('right')}, wrong ${of('wrong')}`);
  }
  console.log(`  more than one accepted read of one pass: ${count((each) => each.isSplit)}`);
}

/** The share of the surest frames' errors that the frames together still make. */
function leftOf(results: readonly PassResult[]): number {
  const errors = (is: (result: PassResult) => boolean) => results.filter((each) => !is(each)).length;
  return (
    errors((each) => each.fused) /
    Math.max(
      1,
      errors((each) => each.single),
    )
  );
}

function outcomeOf(sighting: Sighting | undefined, truth: string): Outcome {
  if (sighting?.outcome !== 'accepted') return 'none';
  const read = folded(sighting.plate);
  const agrees = [...read].every((character, at) => character === '?' || character === truth[at]);
  return agrees && read.length === truth.length ? 'right' : 'wrong';
}

const surest = (sightings: readonly Sighting[]) =>
  sightings.reduce<Sighting | undefined>(
    (best, each) => (best !== undefined && best.confidence >= each.confidence ? best : each),
    undefined,
  );

function isIn({ x, y, width, height }: Box, at: z.output<typeof corners>): boolean {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  const xs = at.map(([each]) => each);
  const ys = at.map(([, each]) => each);
  return (
    middleX >= Math.min(...xs) &&
    middleX <= Math.max(...xs) &&
    middleY >= Math.min(...ys) &&
    middleY <= Math.max(...ys)
  );
}

const folded = (plate: string) => plate.replaceAll('O', '0');

endWith(main());
