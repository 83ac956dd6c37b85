import type { Placement } from './placements';
import { type Order, type Shape, valuesAt } from './shape';

/** What a row must have at one place of its order, or at several neighbouring ones read as one number. */
export interface Condition {
  readonly divisor: number;
  readonly modulus: number;
  readonly value: number;
  /** Good as well: the value of an unread character. -1 where there is none. */
  readonly orValue: number;
}

/** Ranges of the numbers of one order, and what a row in them must have beside. */
export interface Plan {
  /** Which of the shape's orders. */
  readonly order: number;
  /** Beginnings of the ranges, ascending; each `width` long. */
  readonly starts: readonly number[];
  readonly width: number;
  /** A row fits if it has all conditions of one of these. */
  readonly alternatives: readonly (readonly Condition[])[];
}

/** What a placement wants at each place of an order; `undefined`: nothing in particular. */
type Wanted = readonly (readonly number[] | undefined)[];

/** One way of finding one placement: ranges of an order for its first `depth` places. */
interface Cut {
  readonly order: number;
  readonly depth: number;
  readonly ranges: number;
  /** Which part of all rows the ranges have, about. */
  readonly share: number;
  /** How many known characters are left to test. */
  readonly left: number;
}

interface Placed {
  /** By order. */
  readonly wanted: readonly Wanted[];
  readonly cuts: readonly Cut[];
}

/** More ranges than this never pay: reading every row is cheaper. */
const rangesMax = 1024;
/** Nanoseconds, measured: to find the beginning of a range, and to test a row for one condition. */
const rangeCost = 60;
const conditionCost = 3;

/**
 * Works out how to find the placements among the plates of one shape. In each order, ranges may be cut behind each known
 * character in turn: deeper cuts leave fewer rows to test and make more ranges. Of each placement the cheapest cut is
 * taken, and placements with the same ranges share them. Only what is taken is spelled out: most of a short search is
 * spent here.
 */
export class ShapePlans {
  readonly #shape: Shape;
  readonly #placed: readonly Placed[];
  readonly #bySize = new Map<number, readonly Plan[]>();
  readonly #byCuts = new Map<string, readonly Plan[]>();

  constructor(shape: Shape, placements: readonly Placement[]) {
    this.#shape = shape;
    this.#placed = placements.flatMap((placement) => place(shape, placement) ?? []);
  }

  /** For a group of so many rows; the same for groups of about the same size. */
  for(rows: number): readonly Plan[] {
    const size = 32 - Math.clz32(rows);
    const known = this.#bySize.get(size);
    if (known !== undefined) return known;
    const cuts = this.#placed.map(({ cuts: each }) => cheapest(each, 2 ** size));
    const name = cuts.map(({ order, depth }) => order * 16 + depth).join();
    const plans = this.#byCuts.get(name) ?? this.#spellOut(cuts);
    this.#byCuts.set(name, plans);
    this.#bySize.set(size, plans);
    return plans;
  }

  #spellOut(cuts: readonly Cut[]): readonly Plan[] {
    const plans = new Map<string, Plan & { readonly alternatives: (readonly Condition[])[] }>();
    for (const [at, { order: named, depth }] of cuts.entries()) {
      const [order, wanted] = [this.#shape.orders[named], this.#placed[at]?.wanted[named]];
      if (order === undefined || wanted === undefined) continue;
      const conditions = conditionsFrom(order, wanted, depth);
      const ranges = [named, ...wanted.slice(0, depth).map((values) => values?.join() ?? '')].join('|');
      const plan = plans.get(ranges);
      if (plan) plan.alternatives.push(conditions);
      else plans.set(ranges, { order: named, ...rangesOf(order, wanted, depth), alternatives: [conditions] });
    }
    return [...plans.values()];
  }
}

/** `undefined` if no plate of the shape can have those characters. */
function place(shape: Shape, placement: Placement): Placed | undefined {
  const byPosition: (readonly number[] | undefined)[] = [];
  for (let position = 0; position < placement.length; position++) {
    const character = placement.charAt(position);
    const values = character === '?' ? undefined : valuesAt(shape, position, character);
    if (values?.length === 0) return undefined;
    byPosition.push(values);
  }
  const wanted = shape.orders.map(({ positions }) => positions.map((position) => byPosition[position]));
  const known = byPosition.filter((values) => values !== undefined).length;
  const cuts: Cut[] = [{ order: 0, depth: 0, ranges: 1, share: 1, left: known }];
  for (const [named, order] of shape.orders.entries()) addCuts(cuts, named, order, wanted[named] ?? []);
  return { wanted, cuts };
}

function addCuts(cuts: Cut[], named: number, { radices }: Order, wanted: Wanted): void {
  let [ranges, share, left] = [1, 1, cuts[0]?.left ?? 0];
  for (let depth = 1; depth <= wanted.length && left > 0; depth++) {
    const values = wanted[depth - 1];
    const radix = radices[depth - 1] ?? 1;
    ranges *= values?.length ?? radix;
    if (ranges > rangesMax) return;
    if (values === undefined) continue;
    share *= values.length / radix;
    cuts.push({ order: named, depth, ranges, share, left: --left });
  }
}

function cheapest(cuts: readonly Cut[], rows: number): Cut {
  const costOf = ({ ranges, share, left }: Cut) =>
    ranges * rangeCost + rows * share * conditionCost * Math.min(left, 2);
  return cuts.reduce((best, cut) => (costOf(cut) < costOf(best) ? cut : best));
}

function rangesOf(
  { radices, weights }: Order,
  wanted: Wanted,
  depth: number,
): Pick<Plan, 'starts' | 'width'> {
  let starts = [0];
  for (let at = 0; at < depth; at++) {
    const weight = weights[at] ?? 1;
    const values = wanted[at] ?? [...Array(radices[at] ?? 1).keys()];
    starts = starts.flatMap((start) => values.map((value) => start + value * weight));
  }
  return { starts, width: depth === 0 ? Number.MAX_SAFE_INTEGER : (weights[depth - 1] ?? 1) };
}

/** What is known from a place on; neighbours that have one value each are joined. */
function conditionsFrom(order: Order, wanted: Wanted, from: number): Condition[] {
  const conditions: Condition[] = [];
  for (let at = from; at < wanted.length; at++) {
    const values = wanted[at];
    if (values === undefined) continue;
    const [value, other] = values.length === 1 ? [values[0] ?? 0, -1] : [values[1] ?? 0, values[0] ?? 0];
    const [modulus, divisor] = [order.radices[at] ?? 1, order.weights[at] ?? 1];
    const isJoined = at > from && other < 0 && wanted[at - 1] !== undefined;
    const before = isJoined ? conditions.pop() : undefined;
    conditions.push({
      divisor,
      modulus: (before?.modulus ?? 1) * modulus,
      value: (before?.value ?? 0) * modulus + value,
      orValue: other,
    });
  }
  return conditions;
}
