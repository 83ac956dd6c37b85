import type { Box } from '../../core/reads/read';

/** The one labelled plate of a photo. */
export interface Label {
  readonly name: string;
  readonly box: Box;
  /** `A-Z0-9`; the letter O may be written as 0. */
  readonly plate: string;
}

/** What is scored of a sighting, or of a read that came through the system. */
export interface ScoredSighting {
  readonly plate: string;
  readonly candidates: readonly { readonly plate: string }[];
  readonly confidence: number;
  readonly outcome: 'accepted' | 'abstained';
  readonly box: Box;
}

/** The sightings of one photo and how long they took, where that was measured. */
export interface PhotoSightings {
  readonly sightings: readonly ScoredSighting[];
  readonly ms?: number;
}

/** Counts of photos; every photo has one labelled plate, and a photo without sightings counts as missed. */
export interface Score {
  readonly photos: number;
  readonly located: number;
  readonly exact: number;
  readonly inTen: number;
  readonly exactPercent: number;
  readonly inTenPercent: number;
  /** Accepted and right. */
  readonly accepted: number;
  /** Accepted, at the labelled plate, with `?`, and right in every character that was read. */
  readonly partial: number;
  /** Accepted, at the labelled plate, and wrong. */
  readonly falseReads: number;
  /** At the labelled plate, but under the reader's threshold. */
  readonly abstained: number;
  /** Accepted sightings away from the labelled plates: other plates, which have no label, and what is no plate. */
  readonly elsewhere: number;
  readonly medianMs?: number;
  readonly p95Ms?: number;
}

const iouMin = 0.2;
const candidatesScored = 10;

/**
 * Scores sightings end to end: a sighting is at the labelled plate if the boxes' intersection over union is at least
 * 0.2 or its centre lies in the label; the most confident such sighting counts. O and 0 are the same.
 */
export function scoreSightings(labels: readonly Label[], byName: ReadonlyMap<string, PhotoSightings>): Score {
  const verdicts = labels.map((label) => verdictOf(label, byName.get(label.name)?.sightings ?? []));
  const count = (is: (verdict: Verdict) => boolean) => verdicts.filter(is).length;
  const times = labels.flatMap(({ name }) => byName.get(name)?.ms ?? []).sort((a, b) => a - b);
  const exact = count(({ isExact }) => isExact);
  const inTen = count(({ isInTen }) => isInTen);
  return {
    photos: labels.length,
    located: count(({ kind }) => kind !== 'missed'),
    exact,
    inTen,
    exactPercent: percent(exact, labels.length),
    inTenPercent: percent(inTen, labels.length),
    accepted: count(({ kind }) => kind === 'accepted'),
    partial: count(({ kind }) => kind === 'partial'),
    falseReads: count(({ kind }) => kind === 'false'),
    abstained: count(({ kind }) => kind === 'abstained'),
    elsewhere: labels.reduce((sum, label) => sum + acceptedElsewhere(label, byName), 0),
    ...(times.length > 0 && { medianMs: quantile(times, 0.5), p95Ms: quantile(times, 0.95) }),
  };
}

interface Verdict {
  readonly kind: 'missed' | 'abstained' | 'accepted' | 'partial' | 'false';
  readonly isExact: boolean;
  readonly isInTen: boolean;
}

function verdictOf(label: Label, sightings: readonly ScoredSighting[]): Verdict {
  const best = sightings
    .filter(({ box }) => isAt(box, label.box))
    .reduce<ScoredSighting | undefined>(
      (a, b) => (a !== undefined && a.confidence >= b.confidence ? a : b),
      undefined,
    );
  if (best === undefined) return { kind: 'missed', isExact: false, isInTen: false };
  const truth = folded(label.plate);
  const guesses = [best, ...best.candidates].slice(0, candidatesScored).map(({ plate }) => folded(plate));
  const isExact = guesses[0] === truth;
  return { kind: kindOf(best, truth), isExact, isInTen: guesses.includes(truth) };
}

const acceptedElsewhere = ({ name, box }: Label, byName: ReadonlyMap<string, PhotoSightings>): number =>
  (byName.get(name)?.sightings ?? []).filter(
    (sighting) => sighting.outcome === 'accepted' && !isAt(sighting.box, box),
  ).length;

function kindOf({ plate, outcome }: ScoredSighting, truth: string): Verdict['kind'] {
  if (outcome === 'abstained') return 'abstained';
  const read = folded(plate);
  if (read === truth) return 'accepted';
  const isRightWhereRead =
    read.length === truth.length &&
    [...read].every((character, at) => character === '?' || character === truth[at]);
  return isRightWhereRead ? 'partial' : 'false';
}

function isAt(box: Box, label: Box): boolean {
  const x = box.x + box.width / 2;
  const y = box.y + box.height / 2;
  const isInside = x >= label.x && x <= label.x + label.width && y >= label.y && y <= label.y + label.height;
  return isInside || intersectionOverUnion(box, label) >= iouMin;
}

function intersectionOverUnion(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

const folded = (plate: string) => plate.replaceAll('O', '0');
const percent = (part: number, whole: number) => (whole === 0 ? 0 : Math.round((1000 * part) / whole) / 10);
const quantile = (sorted: readonly number[], share: number) =>
  Math.round(sorted[Math.floor(share * (sorted.length - 1))] ?? 0);
