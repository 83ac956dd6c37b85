import type { Entry } from './entry';

/** The custom hot list as it is stored. Every read is strongly consistent. */
export interface HotList {
  /** Raised by every change; equal versions mean an equal list. */
  version(): Promise<number>;
  list(): Promise<readonly Entry[]>;
  find(entryId: string): Promise<Entry | undefined>;
  /** Stores a change and raises the version in one step. `conflict`: somebody else changed the entry meanwhile. */
  store(entry: Entry): Promise<'stored' | 'conflict'>;
}
