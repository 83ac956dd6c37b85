import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { createDecideAccess } from '../adapters/cedar/decide-access';
import { StoredPlateIndex } from '../adapters/plate-index/plate-index';
import { parsePattern } from '../core/plate/pattern';
import { type CaptureDay, parseCaptureDay } from '../core/retention/day';
import { DayKey } from '../core/retention/day-key';
import type { DayKeys } from '../core/retention/ports';
import { loadConfiguration } from '../lib/config';
import type { SearchWorld } from './search-world';

/** The argument with which a new process of this bench starts as a function does. */
export const coldArgument = '--cold';

export interface ColdFigures {
  readonly wallMs: number;
  readonly processorMs: number;
  readonly segments: number;
  readonly megabytes: number;
}

/**
 * A new process with the function's policy and the whole index to load: from its start to the answer of its first
 * partial search. The segments lie sealed in files, where a function has them in S3.
 */
export function measureCold(world: SearchWorld): ColdFigures {
  const folder = mkdtempSync(join(tmpdir(), 'bench-search-'));
  for (const day of world.days)
    for (const network of world.networks) {
      const name = `${day}/${network}/1`;
      mkdirSync(join(folder, day, network), { recursive: true });
      writeFileSync(join(folder, name), keyOf(day).seal(world.segment(day, network), `plate-index|${name}`));
    }
  const args = [process.argv[1] ?? '', coldArgument, folder, fewFit(world), world.networks.join()];
  const run = spawnSync(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  rmSync(folder, { recursive: true });
  const figures = JSON.parse(run.stdout.toString()) as ColdFigures;
  const all = world.days.length * world.networks.length;
  if (figures.segments !== all) throw new Error(`loaded ${figures.segments} of ${all} segments`);
  return figures;
}

/** A search ends early that found as many plates as it may, and loads no more segments. */
function fewFit({ plates }: SearchWorld): string {
  return `${plates.find((plate) => plate.length === 7)?.slice(0, -1)}?`;
}

/** What the new process does. */
export async function startCold([
  folder = '',
  pattern = '',
  networks = '',
]: readonly string[]): Promise<void> {
  const configuration = loadConfiguration('config/bloomington.json');
  createDecideAccess({ policyFolder: join(process.cwd(), 'policy'), configuration });
  const dayKeys: DayKeys = { forReading: async (day) => keyOf(day), forWriting: async (day) => keyOf(day) };
  const s3 = new FilesAsBucket(folder);
  const index = new StoredPlateIndex({ s3: s3 as unknown as S3Client, bucket: 'index', dayKeys });
  const days = readdirSync(folder).flatMap((name) => parseCaptureDay(name) ?? []);
  const asked = parsePattern(pattern);
  if (asked === undefined) throw new Error('no pattern');
  await index.find(days, networks.split(','), asked);
  const { user, system } = process.cpuUsage();
  const figures: ColdFigures = {
    wallMs: performance.now(),
    processorMs: (user + system) / 1000,
    segments: index.openedSegments,
    megabytes: s3.bytes / 1e6,
  };
  console.log(JSON.stringify(figures));
}

function keyOf(day: CaptureDay): DayKey {
  return new DayKey({
    day,
    bytes: Buffer.alloc(32, day),
    expiresAtMs: Number.MAX_SAFE_INTEGER,
    now: () => 0,
    randomBytes: (size) => Buffer.alloc(size, 7),
  });
}

class FilesAsBucket {
  bytes = 0;

  constructor(readonly folder: string) {}

  async send({
    input,
  }: {
    readonly input: { readonly Prefix?: string; readonly Key?: string };
  }): Promise<unknown> {
    const { Prefix, Key = '' } = input;
    if (Prefix !== undefined)
      return { Contents: readdirSync(join(this.folder, Prefix)).map((name) => ({ Key: Prefix + name })) };
    const sealed = readFileSync(join(this.folder, Key));
    this.bytes += sealed.length;
    return { Body: { transformToByteArray: async () => sealed } };
  }
}
