import type { PlatePattern } from '../plate/pattern';
import type { Plate } from '../plate/plate';
import type { ImageKind } from '../reads/read';
import type { SealedRead } from '../reads/sealed-read';
import type { CaptureDay } from '../retention/day';

/** The sealed rows under a plate's key of one day, of every network. */
export interface ReadsByPlate {
  byPlate(day: CaptureDay, plateKey: Uint8Array): Promise<readonly SealedRead[]>;
}

export interface IndexedPlates {
  readonly plates: readonly Plate[];
  /** Segments in scope that do not open or are no segment: their plates may be missing from the answer. */
  readonly unreadable: number;
}

/** The distinct plates of days and networks; only segments of the named networks are ever opened. */
export interface PlateIndex {
  find(
    days: readonly CaptureDay[],
    networks: readonly string[],
    pattern: PlatePattern,
  ): Promise<IndexedPlates>;
}

/** One image of one found read, for the user who found it. */
export interface ImageLinkTarget {
  readonly username: string;
  readonly searchId: string;
  readonly readId: string;
  readonly image: ImageKind;
  readonly day: CaptureDay;
  readonly network: string;
}

export type TakenLink =
  | { readonly kind: 'taken'; readonly target: ImageLinkTarget }
  /** Used before, run out, or never issued: the same to whoever asks. */
  | { readonly kind: 'gone' }
  /** Somebody else's; it stays good for them. */
  | { readonly kind: 'not-yours' };

/** One-time links. A token is known to its holder alone; the store knows its hash. */
export interface ImageLinks {
  /** Tokens in the order of the targets; resolves when all are durable. */
  issue(targets: readonly ImageLinkTarget[]): Promise<readonly string[]>;
  /** Uses the link up, for its own user, once. */
  take(token: string, username: string): Promise<TakenLink>;
}

export interface SealedImages {
  get(name: Pick<ImageLinkTarget, 'day' | 'readId' | 'image'>): Promise<Uint8Array | undefined>;
}

/** Counts searches and the reads they answered per user and UTC day (Storage-A: no mass download). */
export interface SearchAllowance {
  /** Counts one search; `false` when the day's searches were used up already. */
  take(use: {
    readonly username: string;
    readonly nowMs: number;
    readonly searchesPerDay: number;
  }): Promise<boolean>;
  /** Counts results about to be answered, all or none; `false` when they go beyond the day's. */
  takeResults(use: {
    readonly username: string;
    readonly nowMs: number;
    readonly results: number;
    readonly resultsPerDay: number;
  }): Promise<boolean>;
}
