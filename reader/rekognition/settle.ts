import { type Plate, parsePlate } from '../../core/plate/plate';
import type { Sighting } from '../../core/reads/reader';
import { formatWeight } from '../text/us-formats';
import { areLookAlikes, inUsualFormat } from './look-alikes';
import { hasDigit, serialLength, surenessOf, type View } from './serial-text';
import { strength } from './serials';

export type Settled = Pick<
  Sighting,
  'plate' | 'candidates' | 'confidence' | 'characterConfidences' | 'outcome'
>;

/** A character less sure than this is given as `?`. */
const unreadableBelow = 0.4;
/** A read with `?` needs this many characters that were read: fewer would fit too many vehicles. */
const knownMin = 4;
/** Badges of vehicles, such as F150, are shorter. */
const acceptedLengthMin = 5;
/** Looks that agree on nothing, not even the number of characters, make the read half as sure. */
const disagreement = 0.5;
/** A character that only the format decided. */
const formatDoubt = 0.95;
/** Of two look-alikes the one whose format is this many times as usual is taken. */
const decisive = 3;
/** Cameras burn the date into their frames: a year, alone or with a month. */
const startsWithDate = /^20[0-4]\d($|[01]$|0[1-9]|1[0-2])/;
const candidatesMax = 10;

/**
 * What the looks at one plate say together. Where they agree, a character is as sure as the surer look; where they
 * differ, the format of plates decides between look-alikes, and everything else is `?`. Accepted when every character
 * that was read is at least as sure as `acceptAt`; never with fewer than four of them, fewer than five in all, without a
 * digit (words on signs look like personal plates), or for a date.
 */
export function settle(views: readonly View[], acceptAt: number): Settled | undefined {
  const [best, ...others] = [...views].sort((a, b) => strength(b) - strength(a));
  if (best === undefined) return undefined;
  const fused = others.reduce(fuse, best);
  const judged = masked(formatted(knownOf(fused.text) >= knownMin ? fused : doubted(best)));
  const plate = parsePlate(judged.text);
  if (plate === undefined) return undefined;
  const confidence = surenessOf(judged);
  return {
    plate,
    candidates: candidates([...views, fused], plate, confidence),
    confidence,
    characterConfidences: judged.confidences,
    outcome: mayBeAccepted(judged.text) && confidence >= acceptAt ? 'accepted' : 'abstained',
  };
}

function fuse(first: View, second: View): View {
  if (first.text.length !== second.text.length) return doubted(first);
  let text = '';
  const confidences: number[] = [];
  [...first.text].forEach((a, at) => {
    const b = second.text[at] ?? '?';
    const [sureA, sureB] = [first.confidences[at] ?? 0, second.confidences[at] ?? 0];
    const chosen = a === b || b === '?' ? a : a === '?' ? b : byFormat(first.text, second.text, at);
    text += chosen;
    if (a === b) confidences.push(Math.max(sureA, sureB));
    else if (chosen === '?') confidences.push(Math.min(sureA, sureB) / 2);
    else confidences.push((chosen === a ? sureA : sureB) * formatDoubt);
  });
  return { text, confidences };
}

function byFormat(first: string, second: string, at: number): string {
  const [a, b] = [first[at] ?? '?', second[at] ?? '?'];
  if (!areLookAlikes(a, b)) return '?';
  const asFirst = formatWeight(first);
  const asSecond = formatWeight(first.slice(0, at) + b + first.slice(at + 1));
  if (asFirst >= decisive * asSecond) return a;
  return asSecond >= decisive * asFirst ? b : '?';
}

const doubted = (view: View): View => ({
  ...view,
  confidences: view.confidences.map((confidence) => confidence * disagreement),
});

/** Takes the serial that the text is likely to be; where several are as likely, `?` stands where they differ. */
function formatted(view: View): View {
  const [first, ...more] = inUsualFormat(view.text);
  if (first === undefined) return view;
  const text = [...first]
    .map((glyph, at) => (more.every((other) => other[at] === glyph) ? glyph : '?'))
    .join('');
  if (knownOf(text) < knownMin) return doubted(view);
  const confidences = view.confidences.map((confidence, at) =>
    text[at] === view.text[at] ? confidence : confidence * formatDoubt,
  );
  return { text, confidences };
}

/** Hides what is too unsure, if enough is left; a text with less left is given whole and will not be accepted. */
function masked(view: View): View {
  const text = [...view.text]
    .map((character, at) => ((view.confidences[at] ?? 0) < unreadableBelow ? '?' : character))
    .join('');
  return knownOf(text) >= knownMin ? { ...view, text } : view;
}

const mayBeAccepted = (text: string) =>
  text.length >= acceptedLengthMin &&
  knownOf(text) >= knownMin &&
  hasDigit(text) &&
  !startsWithDate.test(text);

const knownOf = (text: string) => text.replaceAll('?', '').length;

/** The other readings. Together they have what the read leaves, or, where they fill in its `?`, what it has. */
function candidates(views: readonly View[], plate: Plate, confidence: number): Settled['candidates'] {
  const weights = new Map<Plate, number>();
  for (const view of views) {
    for (const text of [view.text, ...inUsualFormat(view.text)]) {
      const other = parsePlate(text);
      if (other === undefined || other === plate || other.includes('?')) continue;
      const weight = strength({ ...view, text: other });
      if (other.length < serialLength.min || weight === 0) continue;
      weights.set(other, Math.max(weights.get(other) ?? 0, weight));
    }
  }
  const whole = [...weights.values()].reduce((a, b) => a + b, 0);
  const shared = plate.includes('?') ? confidence : 1 - confidence;
  return [...weights]
    .map(([other, weight]) => ({ plate: other, probability: (shared * weight) / whole }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, candidatesMax);
}
