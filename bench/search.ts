import { PatternSearch } from '../core/plate/index/search';
import { openSegment } from '../core/plate/index/segment';
import type { PlatePattern } from '../core/plate/pattern';
import { type Bar, reportBars } from './measure';
import { coldArgument, measureCold, startCold } from './search-cold';
import { measureExact } from './search-exact';
import { measureLocal } from './search-local';
import { postgresPeer, type SearchPeer, sqlitePeer } from './search-peers';
import { makePatterns, makeWorld, type PatternShape, patternShapes, type SearchWorld } from './search-world';

/**
 * Searches over thirty days with five million distinct plates. Times are processor times, so that they are those of one
 * core whatever else the machine does; only the local server is timed by the clock.
 */
const distinctPlates = Number(process.env.PLATES ?? 5_000_000);
const patternsPerShape = 300;
/** Others take up to half a second a search. */
const patternsForOthers = 30;
/** As many as the index gives before it says that a pattern lists traffic; the others are asked for no more. */
const platesMax = 1000;
const firstDayMs = Date.parse('2026-11-01T00:00:00Z');

interface Row {
  readonly what: string;
  readonly pattern: string;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

async function main(): Promise<void> {
  console.log(`making ${distinctPlates} plates and their thirty days …`);
  const world = makeWorld(distinctPlates, firstDayMs);
  const patterns = new Map(
    patternShapes.map((shape) => [shape, makePatterns(world, shape, patternsPerShape)]),
  );
  console.log('building the index …');
  const { rows: own, bytes } = measureIndex(world, patterns);
  console.log('starting a new process …');
  const cold = measureCold(world);
  const one = await measureExact(['bloomington']);
  const three = await measureExact(['bloomington', 'normal', 'mclean-county']);
  console.log('loading a local server …');
  const local = await measureLocal(world.plates.slice(0, 50_000), { most: 1_000_000, loadMs: 300_000 });
  const others: Row[] = [];
  for (const make of [sqlitePeer, postgresPeer]) {
    console.log('building what others would use …');
    const peer = await make(world.plates);
    if (peer === undefined) continue;
    others.push(...(await measurePeer(peer, patterns)));
    await peer.close();
  }

  const p99 = (rows: readonly Row[], what: string) =>
    rows.find((row) => row.what === what && row.pattern === 'all')?.p99Ms ?? 0;
  const bars: Bar[] = [
    ...[...new Set(others.map(({ what }) => what))].map((what) => ({
      name: `p99 of ${what}, times ours`,
      value: p99(others, what) / p99(own, 'the index'),
      bar: 30,
      isAtLeast: true,
    })),
    most('p50 of partial searches, ms', own.find(({ pattern }) => pattern === 'all')?.p50Ms ?? 0, 1),
    most(
      'p99 of partial searches, worst of all pattern shapes, ms',
      Math.max(...own.map((row) => row.p99Ms)),
      10,
    ),
    most('bytes a plate', bytes / world.indexed, 16),
    most('cold start with the whole index, s of processor time', cold.processorMs / 1000, 2),
    most('exact search of 30 days, processor ms', three.processorMs, 10),
    most('exact search of 30 days, sequential rounds to the rows', three.rounds, 2),
    most('exact search of 30 days, read units beside those of the rows', three.units - three.unitsOfRows, 20),
    most('the same in one network', one.units - one.unitsOfRows, 20),
  ];
  reportBars(bars);
  const rows = [...own, ...others].map((row) => ({
    ...row,
    p50Ms: round(row.p50Ms),
    p99Ms: round(row.p99Ms),
  }));
  console.table(rows);
  const facts = {
    reads: world.reads,
    distinctPlates,
    indexedPlates: world.indexed,
    segments: world.days.length * world.networks.length,
    indexMegabytes: round(bytes / 1e6),
    cold,
    exact: three,
    exactInOneNetwork: one,
    local,
  };
  console.log(JSON.stringify(facts, undefined, 2));
  console.log(JSON.stringify({ bars, rows, ...facts }));
}

function measureIndex(world: SearchWorld, patterns: ReadonlyMap<PatternShape, readonly PlatePattern[]>) {
  let bytes = 0;
  const segments = world.days.toReversed().flatMap((day) =>
    world.networks.map((network) => {
      const segment = world.segment(day, network);
      bytes += segment.length;
      return openSegment(segment);
    }),
  );
  const search = (pattern: PlatePattern) => {
    const begun = process.cpuUsage();
    const asked = new PatternSearch(pattern, platesMax);
    for (const segment of segments) if (!asked.isFull) segment.collect(asked);
    const { user, system } = process.cpuUsage(begun);
    return (user + system) / 1000;
  };
  for (const each of patterns.values()) for (const pattern of each) search(pattern);
  const times = new Map([...patterns].map(([shape, each]) => [shape, each.map(search)]));
  return { rows: rowsOf('the index', times), bytes };
}

async function measurePeer(
  peer: SearchPeer,
  patterns: ReadonlyMap<PatternShape, readonly PlatePattern[]>,
): Promise<readonly Row[]> {
  const times = new Map<PatternShape, number[]>();
  for (const [shape, each] of patterns) {
    const timesMs: number[] = [];
    for (const pattern of each.slice(0, patternsForOthers))
      timesMs.push(await peer.timed(pattern, platesMax));
    times.set(shape, timesMs);
  }
  return rowsOf(peer.name, times);
}

function rowsOf(what: string, times: ReadonlyMap<PatternShape, readonly number[]>): Row[] {
  return [...times, ['all', [...times.values()].flat()] as const].map(([pattern, each]) => {
    const sorted = each.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
    return { what, pattern, p50Ms: at(0.5), p99Ms: at(0.99) };
  });
}

function most(name: string, value: number, bar: number): Bar {
  return { name, value, bar, isAtLeast: false };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

const [mode, ...rest] = process.argv.slice(2);
(mode === coldArgument ? startCold(rest) : main()).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
