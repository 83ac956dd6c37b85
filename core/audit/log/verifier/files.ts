/** A copy of a published log: whatever was copied, not trusted. */
export interface LogFiles {
  /** The bytes of a file by its path in the log; `undefined` where there is none. */
  read(path: string): Uint8Array | undefined;
  /** The path of every file in the copy. */
  list(): Iterable<string>;
}
