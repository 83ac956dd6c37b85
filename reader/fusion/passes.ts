import type { Sighting } from '../../core/reads/reader';
import { distributionOf, likeness } from './distribution';
import { editDistance } from './edit-distance';

/** One vehicle before one camera: what was seen of its plate, frame after frame. */
export interface Pass<Kept> {
  readonly sightings: readonly Sighting[];
  /** The frame of each sighting. */
  readonly frames: readonly string[];
  /** What was kept of the frame in which the plate was read most surely. */
  readonly best: { readonly sighting: Sighting; readonly kept: Kept };
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface PassLimits {
  /** A plate that is away for longer begins another pass. */
  readonly gapMaxMs: number;
  /** A pass that lasts longer is split: an alert must not wait for a vehicle that stands before the camera. */
  readonly windowMaxMs: number;
  /** Open passes; beyond that the oldest ends. */
  readonly passesMax: number;
}

export const passLimits: PassLimits = { gapMaxMs: 1000, windowMaxMs: 4000, passesMax: 32 };

export interface Passes<Kept> {
  /**
   * Takes the sightings of the next frame, each into one pass, and gives the passes that ended before it. `keep` is
   * asked only for a sighting that is the surest of its pass so far, so a pass holds on to one frame at most.
   */
  add(frame: FrameSightings<Kept>): Promise<Pass<Kept>[]>;
  /** Ends what is open. */
  end(): Pass<Kept>[];
  isOpen(): boolean;
}

export interface FrameSightings<Kept> {
  readonly frame: string;
  readonly capturedAtMs: number;
  readonly sightings: readonly Sighting[];
  readonly keep: (sighting: Sighting, index: number) => Promise<Kept> | Kept;
}

/** Two readings this alike are the same plate, wherever it went between two frames. */
const likenessMin = 0.2;
/** Where readings differ, the same plate lies at most this many of its widths away, and is about as large. */
const shiftMaxWidths = 1.2;
const growthMax = 1.6;
/** And at most this share of its characters was read differently, where both were read at all. */
const differenceMax = 0.5;
const hardlyReadBelow = 0.4;

/** The frames of one camera, in order of capture, as passes. No sighting is lost, and none is in two passes. */
export function followPasses<Kept>(limits: PassLimits = passLimits): Passes<Kept> {
  let open: Pass<Kept>[] = [];
  const close = (isOver: (pass: Pass<Kept>) => boolean) => {
    const ended = open.filter(isOver);
    open = open.filter((pass) => !isOver(pass));
    return ended;
  };
  return {
    async add({ frame, capturedAtMs, sightings, keep }) {
      const ended = close((pass) => isOver(pass, capturedAtMs, limits));
      const joins = pairsBetween(open, sightings);
      for (const [index, sighting] of sightings.entries()) {
        const pass = joins.get(index);
        const isBest = pass === undefined || sighting.confidence > pass.best.sighting.confidence;
        const best = isBest ? { sighting, kept: await keep(sighting, index) } : pass.best;
        const grown: Pass<Kept> = {
          sightings: [...(pass?.sightings ?? []), sighting],
          frames: [...(pass?.frames ?? []), frame],
          best,
          firstAtMs: pass?.firstAtMs ?? capturedAtMs,
          lastAtMs: capturedAtMs,
        };
        open = [...open.filter((other) => other !== pass), grown];
      }
      if (open.length > limits.passesMax) ended.push(...open.splice(0, open.length - limits.passesMax));
      return ended;
    },
    end: () => close(() => true),
    isOpen: () => open.length > 0,
  };
}

/** Frames out of order, which a clock set back makes, end a pass as a gap does. */
function isOver<Kept>({ firstAtMs, lastAtMs }: Pass<Kept>, nowMs: number, limits: PassLimits): boolean {
  return Math.abs(nowMs - lastAtMs) > limits.gapMaxMs || nowMs - firstAtMs > limits.windowMaxMs;
}

/** Which pass each sighting of a frame goes on, by index: the most alike first, each pass once. */
function pairsBetween<Kept>(open: readonly Pass<Kept>[], sightings: readonly Sighting[]) {
  const pairs = open.flatMap((pass) =>
    sightings.flatMap((sighting, index) => {
      const affinity = affinityOf(pass, sighting);
      return affinity > 0 ? [{ pass, index, affinity }] : [];
    }),
  );
  const joins = new Map<number, Pass<Kept>>();
  const taken = new Set<Pass<Kept>>();
  for (const { pass, index } of pairs.sort((a, b) => b.affinity - a.affinity)) {
    if (joins.has(index) || taken.has(pass)) continue;
    joins.set(index, pass);
    taken.add(pass);
  }
  return joins;
}

/**
 * 0: another vehicle. Sure readings that differ in more than one character are two vehicles even at one place: a read
 * doubled is better than one lost. What was hardly read says nothing against being the same.
 */
function affinityOf<Kept>({ sightings, best }: Pass<Kept>, next: Sighting): number {
  const last = sightings.at(-1) ?? best.sighting;
  const seen = distributionOf(next);
  const alike = Math.max(likeness(distributionOf(last), seen), likeness(distributionOf(best.sighting), seen));
  if (alike >= likenessMin) return 1 + alike;
  if (!isNear(last, next)) return 0;
  return contradicts(best.sighting, next) ? 0 : nearness(last, next);
}

function contradicts(a: Sighting, b: Sighting): boolean {
  if (Math.min(a.confidence, b.confidence) < hardlyReadBelow) return false;
  const areSure = a.outcome === 'accepted' && b.outcome === 'accepted';
  const most = areSure ? 1 : differenceMax * Math.max(a.plate.length, b.plate.length);
  return editDistance(a.plate, b.plate) > most;
}

function isNear({ box: a }: Sighting, { box: b }: Sighting): boolean {
  const growth = b.width / a.width;
  return nearness({ box: a }, { box: b }) > 0 && growth < growthMax && growth > 1 / growthMax;
}

/** 1 at the same place, 0 from `shiftMaxWidths` on. */
function nearness({ box: a }: Pick<Sighting, 'box'>, { box: b }: Pick<Sighting, 'box'>): number {
  const shift = Math.hypot(a.x + a.width / 2 - b.x - b.width / 2, a.y + a.height / 2 - b.y - b.height / 2);
  return Math.max(0, 1 - shift / (shiftMaxWidths * Math.max(a.width, b.width)));
}
