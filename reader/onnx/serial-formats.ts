import { z } from 'zod';
import table from '../plates/us-formats.json';

/** Shapes with 9 for a digit and A for a letter, and how common each is among its state's plates. */
const formats = z
  .record(
    z.string().regex(/^[A-Z]{2}$/),
    z.object({
      name: z.string(),
      weight: z.number().positive(),
      serials: z.array(z.object({ pattern: z.string().regex(/^[A9]{4,8}$/), weight: z.number().positive() })),
    }),
  )
  .parse(table);

/** Two-letter codes in the order of the recogniser's states. */
export const stateCodes: readonly string[] = Object.keys(formats).sort();

/** The share of vehicles of each state. */
const vehicles = sharesOf(stateCodes.map((code) => formats[code]?.weight ?? 0));
const serials = stateCodes.map(
  (code) => new Map(formats[code]?.serials.map(({ pattern, weight }) => [pattern, weight])),
);

/** Personal plates, and series that the table lacks. */
const unlisted = 0.02;
/** How far the state that the recogniser sees is believed, against the states' shares of vehicles. */
const stateTrust = 0.6;
/** A shape that this share of the expected plates has counts fully. */
const fullShare = 0.25;
/** Below 1 the formats settle what is uncertain and leave a confident reading as it is. */
const strength = 0.8;

export type WeighText = (text: string) => number;

/**
 * How well texts fit the serial formats of the states that a plate may be from: a ratio, at most 1, never 0. States:
 * the recogniser's probabilities, the last for unknown.
 */
export function formatWeights(states: readonly number[]): WeighText {
  const known = stateCodes.reduce((sum, _, at) => sum + (states[at] ?? 0), 0) * stateTrust;
  const believed = stateCodes.map(
    (_, at) => stateTrust * (states[at] ?? 0) + (1 - known) * (vehicles[at] ?? 0),
  );
  const weights = new Map<string, number>();
  return (text) => {
    const shape = shapeOf(text);
    const before = weights.get(shape);
    if (before !== undefined) return before;
    const listed = serials.reduce(
      (sum, shapes, at) => sum + (believed[at] ?? 0) * (shapes.get(shape) ?? 0),
      0,
    );
    const weight = (unlisted + (1 - unlisted) * Math.min(1, listed / fullShare)) ** strength;
    weights.set(shape, weight);
    return weight;
  };
}

export const shapeOf = (text: string): string => text.replace(/[A-Z]/g, 'A').replace(/[0-9]/g, '9');

function sharesOf(counts: readonly number[]): number[] {
  const whole = counts.reduce((a, b) => a + b, 0);
  return counts.map((count) => count / whole);
}
