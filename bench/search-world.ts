import { buildSegment } from '../core/plate/index/segment';
import { type PlatePattern, parsePattern } from '../core/plate/pattern';
import { type Plate, parsePlate } from '../core/plate/plate';
import { type CaptureDay, captureDay, dayMs } from '../core/retention/day';
import { MadePlates } from './made-plates';

/** Thirty days of made-up traffic: which plates each network saw on each day, the same in each run. */
export interface SearchWorld {
  readonly days: readonly CaptureDay[];
  readonly networks: readonly string[];
  /** Every distinct plate of the month, in no order. */
  readonly plates: readonly Plate[];
  readonly reads: number;
  /** Distinct plates of each day and network, added up: what the index holds. */
  readonly indexed: number;
  /** Of one day and network, as the index keeps it. */
  segment(day: CaptureDay, network: string): Uint8Array;
}

const shares = { bloomington: 60, normal: 30, 'mclean-county': 10 };
const days = 30;

/**
 * Every second read is of a vehicle that was never seen before, every other one of a vehicle drawn from the reads so
 * far: who was seen often is seen again, which gives the long tail and the daily regulars of Zipf's law (Simon's
 * process). Two of a hundred plates are of a shape of their own, one of a hundred was not read whole.
 */
export function makeWorld(distinct: number, firstDayMs: number): SearchWorld {
  const made = new MadePlates(20_261);
  const plates = distinctPlates(made, distinct);
  const reads = 2 * distinct;
  const networks = Object.keys(shares);
  const seen = new Uint32Array(reads);
  const lastDayOf = networks.map(() => new Uint8Array(distinct));
  const lists = Array.from({ length: days }, () => networks.map((): number[] => []));
  let fresh = 0;
  let indexed = 0;
  for (let read = 0; read < reads; read++) {
    const day = Math.floor((read * days) / reads);
    const plate = read % 2 === 0 ? fresh++ : (seen[made.below(read)] ?? 0);
    seen[read] = plate;
    const network = networkOf(made.below(100));
    const lastDay = lastDayOf[network];
    if (lastDay === undefined || lastDay[plate] === day + 1) continue;
    lastDay[plate] = day + 1;
    lists[day]?.[network]?.push(plate);
    indexed++;
  }
  const names = Array.from({ length: days }, (_, day) => captureDay(firstDayMs + day * dayMs));
  return {
    days: names,
    networks,
    plates,
    reads,
    indexed,
    segment: (day, network) => {
      const list = lists[names.indexOf(day)]?.[networks.indexOf(network)] ?? [];
      return buildSegment(list.flatMap((plate) => plates[plate] ?? []));
    },
  };
}

export const patternShapes = ['prefix', 'suffix', 'infix', 'gaps', 'gaps and runs'] as const;
export type PatternShape = (typeof patternShapes)[number];

/** Patterns that somebody who saw a part of one of the plates might ask for, three to five characters of it known. */
export function makePatterns(
  world: SearchWorld,
  shape: PatternShape,
  count: number,
): readonly PlatePattern[] {
  const made = new MadePlates(shape.length * 7919);
  return Array.from({ length: count }, () => {
    for (;;) {
      const plate = world.plates[made.below(world.plates.length)] ?? '';
      const known = 3 + made.below(3);
      const pattern = parsePattern(partOf(plate, shape, Math.min(known, plate.length - 1), made));
      if (pattern !== undefined && /[?*]/.test(pattern)) return pattern;
    }
  });
}

function partOf(plate: string, shape: PatternShape, known: number, made: MadePlates): string {
  const at = 1 + made.below(Math.max(1, plate.length - known - 1));
  switch (shape) {
    case 'prefix':
      return `${plate.slice(0, known)}*`;
    case 'suffix':
      return `*${plate.slice(-known)}`;
    case 'infix':
      return `*${plate.slice(at, at + known)}*`;
    case 'gaps':
      return unknownExcept(plate, known, made);
    case 'gaps and runs':
      return `*${unknownExcept(plate, known, made)
        .replace(/^\?+|\?+$/g, '')
        .replace(/\?+/g, '*')}*`;
    default:
      return shape satisfies never;
  }
}

function unknownExcept(plate: string, known: number, made: MadePlates): string {
  const kept = new Set<number>();
  while (kept.size < known) kept.add(made.below(plate.length));
  return [...plate].map((character, at) => (kept.has(at) ? character : '?')).join('');
}

function networkOf(percent: number): number {
  if (percent < shares.bloomington) return 0;
  return percent < shares.bloomington + shares.normal ? 1 : 2;
}

function distinctPlates(made: MadePlates, count: number): readonly Plate[] {
  const plates = new Set<Plate>();
  while (plates.size < count) plates.add(unusual(made, made.next()));
  return [...plates];
}

function unusual(made: MadePlates, plate: Plate): Plate {
  const percent = made.below(100);
  if (percent > 2) return plate;
  const text =
    percent === 0
      ? plate.replace(plate[made.below(plate.length)] ?? '', '?')
      : [...plate]
          .map((character) => String.fromCharCode(65 + ((character.charCodeAt(0) * 7) % 26)))
          .join('');
  return parsePlate(text) ?? plate;
}
