import type { Configuration } from '../contract/configuration';
import type { SearchRequest } from '../contract/search';
import type { PlatePattern } from '../plate/pattern';
import type { Plate } from '../plate/plate';
import type { ImageKind } from '../reads/read';
import type { SealedRead } from '../reads/sealed-read';
import type { CaptureDay } from '../retention/day';
import type { Position } from './open-rows';

export type Caps = Configuration['caps'];

/** The sealed rows under a plate's key of one day, of every network. */
export interface ReadsByPlate {
  byPlate(day: CaptureDay, plateKey: Uint8Array): Promise<readonly SealedRead[]>;
}

/** The sealed rows of a camera's hour. */
export interface ReadsByPlace {
  byPlace(day: CaptureDay, placeKey: Uint8Array): Promise<readonly SealedRead[]>;
}

/** A camera that is searched by place, and the site that its reads must be of. */
export interface PlaceSearched {
  readonly network: string;
  readonly cameraId: string;
  readonly site?: { readonly latitude: number; readonly longitude: number };
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

/** The caps on what one user and one agency search and are answered (Storage-A: no mass download). */
export type Cap =
  | 'searches-per-hour'
  | 'searches-per-day'
  | 'agency-searches-per-day'
  | 'camera-hours-per-day'
  | 'results-per-day'
  | 'agency-results-per-day';

/** On whose account something is counted, and when. */
export interface Account {
  readonly username: string;
  readonly agency: string;
  readonly nowMs: number;
}

/** Counts searches, in the hour and day (UTC) of each. Parallel searches cannot get over a cap together. */
export interface SearchAllowance {
  /** Counts one search on all accounts or on none; the cap that is reached then. */
  take(use: Account & { readonly cameraHours: number; readonly caps: Caps }): Promise<Cap | undefined>;
}

/** Counts reads that are answered without a search of one's own, on the accounts and up to the caps of searches. */
export interface ResultAllowance {
  /** Counts them on all accounts or on none; the cap that is reached then. */
  takeResults(use: Account & { readonly results: number; readonly caps: Caps }): Promise<Cap | undefined>;
}

/** What a user's searches of one UTC day left behind (`enumeration.ts`). */
export interface SearchTraces {
  /** Adds traces and resolves with all of that user and day, these and those of parallel searches counted. */
  add(use: {
    readonly username: string;
    readonly nowMs: number;
    readonly traces: readonly string[];
  }): Promise<readonly string[]>;
}

/** A search as it was made. Says what somebody asked, and nothing of what a camera saw. */
export interface SearchRecord {
  readonly searchId: string;
  readonly username: string;
  readonly agency: string;
  readonly askedAtMs: number;
  readonly request: SearchRequest;
  /** Named by the request, or open to the user when it was made. */
  readonly networks: readonly string[];
  /** Of a search by place. */
  readonly places?: readonly PlaceSearched[];
}

/** Where a page begins. */
export interface PageStart {
  readonly page: number;
  /** Reads answered on the pages before. */
  readonly answeredBefore: number;
  readonly after: Position;
}

/** A read that a search answered: enough to find its row again, while its day is kept. */
export interface AnsweredRead {
  readonly readId: string;
  readonly day: CaptureDay;
  readonly network: string;
  readonly plateKey: Uint8Array;
  readonly placeTime: string;
}

export interface AnsweredPage {
  readonly searchId: string;
  readonly page: number;
  readonly reads: readonly AnsweredRead[];
  readonly truncated: boolean;
  /** Of the next page: the hash of its token, and where it begins. */
  readonly next?: { readonly pageId: string; readonly start: PageStart } | undefined;
}

/** A page as it was first answered; reads of forgotten days are not in it any more. */
export interface StoredPage {
  readonly readIds: readonly string[];
  readonly truncated: boolean;
  readonly hasNext: boolean;
}

/** Searches and which reads they answered to whom; the reads lie under the keys of their capture days. */
export interface SearchRecords {
  /**
   * Counts the reads of a page on all accounts and stores it, in one step, before it is disclosed. `stored-before`: it
   * was answered before and nothing was counted or stored. A cap: it is reached, likewise.
   */
  storePage(
    page: AnsweredPage & {
      readonly account: Account;
      readonly caps: Caps;
      /** With the first page: the search itself. */
      readonly record?: SearchRecord | undefined;
    },
  ): Promise<'stored' | 'stored-before' | Cap>;
  find(searchId: string): Promise<SearchRecord | undefined>;
  /** `undefined`: there is none, it ran out, or the day that it lies under is forgotten. */
  pageStart(searchId: string, pageId: string, nowMs: number): Promise<PageStart | undefined>;
  page(searchId: string, page: number): Promise<StoredPage | undefined>;
  /** All that was answered so far and is not forgotten. */
  answered(
    searchId: string,
  ): Promise<{ readonly pages: number; readonly reads: number; readonly kept: readonly AnsweredRead[] }>;
}
