import type { CustodyEntry } from '../custody';
import type { Page } from '../ports';
import type { Release } from './release';

export interface Releases {
  find(releaseId: string): Promise<Release | undefined>;
  /** Stores a new request where none of that id stands. */
  putNew(release: Release): Promise<void>;
  /**
   * Stores a decision, and of an approval the link in the chain of custody, in one step. `conflict`: it is decided
   * already, or the chain grew meanwhile.
   */
  storeDecision(
    release: Release,
    custody: Pick<CustodyEntry, 'atMs' | 'by' | 'act' | 'requestId'> | undefined,
  ): Promise<'stored' | 'conflict'>;
  list(after: string | undefined): Promise<Page<Release>>;
}
