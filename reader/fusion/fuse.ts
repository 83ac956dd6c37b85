import type { Sighting } from '../../core/reads/reader';
import { acceptFrom, judge } from '../onnx/judge';
import type { Guess } from '../onnx/posterior';
import { distributionOf, foldedText } from './distribution';

/** Frames that agree are surer than each of them: probabilities are raised to this and normalised again. */
const agreementPower = 2.5;

/**
 * The one read of several sightings of one plate; a single sighting is itself. Each frame votes for texts, and for
 * characters of texts of the usual length, with its probabilities and its confidence as weight. The box is the surest
 * frame's, whose picture is kept. At least one sighting.
 */
export function fuse(best: Sighting, sightings: readonly Sighting[]): Sighting {
  if (sightings.length < 2) return best;
  const judgement = judge(fusedGuesses(sightings), acceptFrom);
  if (judgement === undefined) return best;
  const { state: _, ...seen } = best;
  const state = stateOf(sightings);
  return { ...seen, ...judgement, ...(state !== undefined && { state }) };
}

/** Texts with their probabilities, best first; what is missing to 1 belongs to texts that no frame named. */
export function fusedGuesses(sightings: readonly Sighting[]): Guess[] {
  const pooled = withComposed(pool(sightings));
  const raised = [...pooled].map(([text, p]) => ({ text, weight: p ** agreementPower }));
  const named = [...pooled.values()].reduce((a, b) => a + b, 0);
  const whole =
    raised.reduce((sum, { weight }) => sum + weight, 0) + Math.max(0, 1 - named) ** agreementPower;
  const spellings = spellingsOf(sightings);
  return raised
    .map(({ text, weight }) => ({ text: spellings.get(text) ?? text, probability: weight / whole }))
    .sort((a, b) => b.probability - a.probability);
}

/** A frame in which nothing could be read still counts a little. */
const weightMin = 1e-3;

function pool(sightings: readonly Sighting[]): Map<string, number> {
  const pooled = new Map<string, number>();
  const whole = sightings.reduce((sum, { confidence }) => sum + confidence + weightMin, 0);
  for (const sighting of sightings) {
    const share = (sighting.confidence + weightMin) / whole;
    for (const [text, p] of distributionOf(sighting)) pooled.set(text, (pooled.get(text) ?? 0) + share * p);
  }
  return pooled;
}

/** With the text that the characters' votes make, which no single frame may have read: each hid another character. */
function withComposed(pooled: Map<string, number>): Map<string, number> {
  const lengths = new Map<number, number>();
  for (const [text, p] of pooled) lengths.set(text.length, (lengths.get(text.length) ?? 0) + p);
  const [length, mass] = mostOf(lengths) ?? [0, 0];
  let [text, probability] = ['', mass];
  for (let at = 0; at < length; at++) {
    const votes = new Map<string, number>();
    for (const [each, p] of pooled) {
      const character = each.length === length ? (each[at] ?? '') : '';
      if (character !== '') votes.set(character, (votes.get(character) ?? 0) + p);
    }
    const [character, votesFor] = mostOf(votes) ?? ['', 0];
    text += character;
    probability *= mass > 0 ? votesFor / mass : 0;
  }
  const known = pooled.get(text) ?? 0;
  return length > 0 && probability > known ? new Map(pooled).set(text, probability) : pooled;
}

/** How each text is spelt, O or 0, by the frame that was surest of it. */
function spellingsOf(sightings: readonly Sighting[]): Map<string, string> {
  const surest = new Map<string, { text: string; probability: number }>();
  const add = (text: string, probability: number) => {
    const folded = foldedText(text);
    if (probability > (surest.get(folded)?.probability ?? -1)) surest.set(folded, { text, probability });
  };
  for (const { plate, confidence, candidates } of sightings) {
    add(plate, confidence);
    for (const candidate of candidates) add(candidate.plate, candidate.probability);
  }
  return new Map([...surest].map(([folded, { text }]) => [folded, text]));
}

/** The state that most frames name; each named it only when sure. */
function stateOf(sightings: readonly Sighting[]): string | undefined {
  const votes = new Map<string, number>();
  for (const { state } of sightings) if (state !== undefined) votes.set(state, (votes.get(state) ?? 0) + 1);
  return mostOf(votes)?.[0];
}

function mostOf<Key>(votes: ReadonlyMap<Key, number>): [Key, number] | undefined {
  return [...votes].reduce<[Key, number] | undefined>(
    (best, each) => (best === undefined || each[1] > best[1] ? each : best),
    undefined,
  );
}
