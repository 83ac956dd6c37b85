import type { PersonRecord } from '../people/record';
import type { Finding, FindingCause } from './finding';

/** Where whoever notices a discrepancy tells it. */
export interface FindingSink {
  /** Resolves when the finding and its event are durable; raising the same cause again changes nothing. */
  raise(cause: FindingCause): Promise<void>;
}

/** `open`, or how it was decided. */
export type FindingState = 'open' | NonNullable<Finding['decision']>['outcome'];

/** The findings as they stand at this moment. */
export interface Findings {
  /** Stored where none of its id stands; resolves with the one that stands, which an earlier raising may have made. */
  putNew(finding: Finding): Promise<Finding>;
  find(findingId: string): Promise<Finding | undefined>;
  /** Those of one state, raised last first, `limit` at most. */
  newest(state: FindingState, limit: number): Promise<readonly Finding[]>;
  /**
   * A decided finding, where it was open, and what it means for the person's record, in one step. `suspended` is
   * stored on the revision before it; `unchanged` must be of the revision that stands. `conflict`: nothing was stored.
   */
  storeDecision(decided: {
    readonly finding: Finding;
    readonly person?:
      | { readonly kind: 'suspended'; readonly record: PersonRecord }
      | { readonly kind: 'unchanged'; readonly record: PersonRecord };
  }): Promise<'stored' | 'conflict'>;
}
