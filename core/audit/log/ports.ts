import type { EventKey, LogHead, StagedEntry } from './head';

/** Keeps the head; every change is a compare-and-swap in the store. */
export interface HeadStore {
  /** Strongly consistent; an empty log where nothing is stored. */
  read(): Promise<LogHead>;
  /** Replaces `from`, which has nothing staged, by `to`. `beaten`: another head stands there. */
  commit(from: LogHead, to: LogHead): Promise<'committed' | 'beaten'>;
  /** Notes that the head of that size is published. Changes nothing when the log went on meanwhile. */
  settle(head: LogHead, published: PublishedHead): Promise<void>;
}

export interface PublishedHead {
  readonly edge: LogHead['edge'];
  readonly checkpoint: string;
  readonly atMs: number;
}

/** The published log: objects that never change, partial tiles, and the pointer to the newest checkpoint. */
export interface LogObjects {
  /** Writes once, under lock. The same bytes again are no error; other bytes there are `LogConflict`. */
  putFull(path: string, bytes: Uint8Array): Promise<void>;
  putPartial(path: string, bytes: Uint8Array): Promise<void>;
  /** Points to this checkpoint, unless it points to a larger one already. */
  movePointer(checkpoint: string, size: number): Promise<void>;
  /**
   * Whether a larger log than this is published: by the pointer, which anybody who may write it can set back, or by what
   * lies there under lock.
   */
  isBeyond(size: number): Promise<boolean>;
}

/** Something else lies where the log must write, or the published log is ahead of the head: nobody may go on. */
export class LogConflict extends Error {
  constructor(readonly code: 'object-differs' | 'head-behind-log' | 'published-differs') {
    super(`the audit log cannot go on: ${code}`);
    this.name = 'LogConflict';
  }
}

/** Events that are stored and not yet sequenced. */
export interface StagedEvents {
  /**
   * Some that are waiting, oldest first, at most `max`. An event that was marked before the call is not among them;
   * one that was stored just now may be missing until the next call.
   */
  find(max: number): Promise<WaitingEvents>;
  /** Writes the place of each event beside it and takes it off the waiting list. Marking again changes nothing. */
  mark(firstIndex: number, entries: readonly StagedEntry[]): Promise<void>;
}

export interface WaitingEvents {
  readonly entries: readonly StagedEntry[];
  /** Rows that wait and cannot be sealed, because event or key is missing. */
  readonly unreadable: readonly EventKey[];
  /** When the oldest of them was made, milliseconds. */
  readonly oldestAtMs?: number;
}

/** Signs a checkpoint text with the log's key, giving the signed note. */
export interface NoteSigner {
  sign(text: string): Promise<string>;
}
