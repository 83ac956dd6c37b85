import type { PlatePattern } from '../pattern';
import type { Plate } from '../plate';
import { PatternSearch } from './search';
import { decodeSegment, encodeSegment, type Group } from './segment-format';
import { numberOf, type Shape, shapeOfPlate, textOf, wideShapeOf } from './shape';

export { UnknownSegmentFormat } from './segment-format';

/**
 * The distinct plates of one day and network, packed: groups by length and letter/digit shape, each plate a number in
 * up to three orders, so that a pattern reads short ranges of whichever order suits it (docs/formats/plate-index.md).
 */
export interface PlateSegment {
  readonly size: number;
  /** Every plate that the pattern may mean, in no order. */
  search(pattern: PlatePattern): readonly Plate[];
  /** Adds what this segment has to a search through several. */
  collect(search: PatternSearch): void;
  plates(): Iterable<Plate>;
}

/** A shape with fewer plates is not worth a group of its own: each group costs a look. */
const groupMin = 64;

/** The same bytes for the same plates, in whatever order and however often each comes. */
export function buildSegment(plates: Iterable<Plate>): Uint8Array {
  const groups: Group[] = [];
  const wide = new Map<Shape, number[]>();
  for (const [shape, numbers] of byShape(plates)) {
    const distinct = distinctNumbers(numbers);
    if (shape.letters !== undefined && distinct.length >= groupMin) groups.push(pack(shape, distinct));
    else addWide(wide, platesOf(shape, distinct), shape.length);
  }
  for (const [shape, numbers] of wide) groups.push(pack(shape, distinctNumbers(numbers)));
  return encodeSegment(groups.sort((a, b) => rank(a) - rank(b)));
}

/** Throws `UnknownSegmentFormat`. Keeps the bytes. */
export function openSegment(bytes: Uint8Array): PlateSegment {
  const groups = decodeSegment(bytes);
  const collect = (search: PatternSearch) => {
    for (const group of groups) if (!search.isFull) search.through(group);
  };
  return {
    size: groups.reduce((sum, { count }) => sum + count, 0),
    collect,
    search: (pattern) => {
      const search = new PatternSearch(pattern);
      collect(search);
      return [...search.found];
    },
    plates: function* () {
      for (const { shape, numbers } of groups) yield* platesOf(shape, numbers[0] ?? []);
    },
  };
}

function byShape(plates: Iterable<Plate>): ReadonlyMap<Shape, number[]> {
  const numbersOf = new Map<Shape, number[]>();
  for (const plate of plates) addTo(numbersOf, shapeOfPlate(plate) ?? wideShapeOf(plate.length), plate);
  return numbersOf;
}

function addWide(wide: Map<Shape, number[]>, plates: Iterable<Plate>, length: number): void {
  for (const plate of plates) addTo(wide, wideShapeOf(length), plate);
}

function addTo(numbersOf: Map<Shape, number[]>, shape: Shape, plate: Plate): void {
  const [forward] = shape.orders;
  if (forward === undefined) return;
  const number = numberOf(shape, forward, plate);
  const numbers = numbersOf.get(shape);
  if (numbers) numbers.push(number);
  else numbersOf.set(shape, [number]);
}

function* platesOf(shape: Shape, forwardNumbers: Iterable<number>): Iterable<Plate> {
  const [forward] = shape.orders;
  if (forward) for (const number of forwardNumbers) yield textOf(shape, forward, number) as Plate;
}

function pack(shape: Shape, forwardNumbers: Float64Array): Group {
  const plates = [...platesOf(shape, forwardNumbers)];
  const numbers = shape.orders.map((order) => {
    const sorted = Float64Array.from(plates, (plate) => numberOf(shape, order, plate)).sort();
    return shape.letters === undefined ? sorted : Uint32Array.from(sorted);
  });
  return { shape, count: plates.length, numbers };
}

function distinctNumbers(numbers: readonly number[]): Float64Array {
  const sorted = Float64Array.from(numbers).sort();
  return sorted.filter((number, at) => at === 0 || number !== sorted[at - 1]);
}

/** Groups stand by length and then by letters, the wide one last. */
function rank({ shape }: Group): number {
  return shape.length * 0x10000 + (shape.letters ?? 0xffff);
}
