import type { PlatePattern } from '../pattern';
import type { Plate } from '../plate';
import { type Placement, placementsOf } from './placements';
import { type Condition, type Plan, ShapePlans } from './plan';
import type { Group } from './segment-format';
import { type Order, type Shape, textOf } from './shape';

type Numbers = Uint32Array | Float64Array;

/**
 * One search through any number of segments: what a pattern means for a shape is worked out once. Collects distinct
 * plates until there are `platesMax`.
 */
export class PatternSearch {
  readonly found = new Set<Plate>();
  readonly #byLength = new Map<number, readonly Placement[]>();
  readonly #byShape = new Map<Shape, ShapePlans>();

  constructor(
    readonly pattern: PlatePattern,
    readonly platesMax = Number.MAX_SAFE_INTEGER,
  ) {}

  get isFull(): boolean {
    return this.found.size >= this.platesMax;
  }

  /** Reads the shortest ranges that the pattern leaves, in whichever order of the group has them. */
  through({ shape, count, numbers }: Group): void {
    for (const plan of this.#plans(shape).for(count)) {
      const [order, sorted] = [shape.orders[plan.order], numbers[plan.order]];
      if (order && sorted && !this.isFull) this.#read(shape, order, plan, sorted);
    }
  }

  #read(shape: Shape, order: Order, { starts, width, alternatives }: Plan, sorted: Numbers): void {
    const perRow = sorted.length / ((order.radices[0] ?? 1) * (order.weights[0] ?? 1));
    let at = 0;
    for (let each = 0; each < starts.length; each++) {
      const start = starts[each] ?? 0;
      at = firstFrom(sorted, start, at, Math.floor(start * perRow));
      for (const end = start + width; at < sorted.length; at++) {
        const number = sorted[at] ?? 0;
        if (number >= end) break;
        if (!fitsOne(alternatives, number)) continue;
        this.found.add(textOf(shape, order, number) as Plate);
        if (this.isFull) return;
      }
      if (at === sorted.length) return;
    }
  }

  #plans(shape: Shape): ShapePlans {
    const known = this.#byShape.get(shape);
    if (known !== undefined) return known;
    const plans = new ShapePlans(shape, this.#placements(shape.length));
    this.#byShape.set(shape, plans);
    return plans;
  }

  #placements(length: number): readonly Placement[] {
    const known = this.#byLength.get(length);
    if (known !== undefined) return known;
    const placements = placementsOf(this.pattern, length);
    this.#byLength.set(length, placements);
    return placements;
  }
}

function fitsOne(alternatives: readonly (readonly Condition[])[], number: number): boolean {
  for (let each = 0; each < alternatives.length; each++)
    if (hasAll(alternatives[each] ?? [], number)) return true;
  return false;
}

function hasAll(conditions: readonly Condition[], number: number): boolean {
  for (let each = 0; each < conditions.length; each++) {
    const condition = conditions[each];
    if (condition === undefined) continue;
    // Without `%`, which is slow for numbers of more than 31 bits.
    const rest = Math.floor(number / condition.divisor);
    const value = rest - Math.floor(rest / condition.modulus) * condition.modulus;
    if (value !== condition.value && value !== condition.orValue) return false;
  }
  return true;
}

/**
 * First place from `from` on with a number of at least `wanted`. Looks around `guess` in doubling steps and then by
 * halves: plates of a shape lie nearly evenly, and what lies near the guess lies in few lines of the cache.
 */
function firstFrom(sorted: Numbers, wanted: number, from: number, guess: number): number {
  let low = from;
  let high = sorted.length;
  const middle = Math.min(Math.max(guess, low), high - 1);
  if (low >= high) return high;
  let step = 16;
  if ((sorted[middle] ?? 0) >= wanted) {
    high = middle;
    while (high - step > low && (sorted[high - step] ?? 0) >= wanted) {
      high -= step;
      step *= 2;
    }
    low = Math.max(low, high - step);
  } else {
    low = middle + 1;
    while (low + step < high && (sorted[low + step] ?? 0) < wanted) {
      low += step + 1;
      step *= 2;
    }
    high = Math.min(high, low + step);
  }
  while (low < high) {
    const half = (low + high) >>> 1;
    if ((sorted[half] ?? 0) >= wanted) high = half;
    else low = half + 1;
  }
  return low;
}
