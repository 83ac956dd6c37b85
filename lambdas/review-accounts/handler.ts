import { type ReviewAccountsDeps, reviewAccounts } from '../../core/people/review-accounts';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface ReviewAccountsHandlerDeps extends ReviewAccountsDeps {
  readonly counters: Counters;
  readonly log: { error(message: string, facts: Readonly<Record<string, string>>): void };
}

/** Some accounts could not be reviewed: the invocation comes again, and what was done stays done. */
export class ReviewIncomplete extends Error {
  override readonly name = 'ReviewIncomplete';
}

/** Run once a day: disables the accounts that nobody used for too long. */
export function makeHandler(deps: ReviewAccountsHandlerDeps) {
  const review = reviewAccounts(deps);
  return async (): Promise<void> => {
    const { disabled, spared, undated, failures } = await review();
    deps.counters.count('AccountsDisabledUnused', disabled);
    deps.counters.count('AccountsSpared', spared);
    deps.counters.count('AccountsUndated', undated);
    deps.counters.count('AccountsUnreviewed', failures.length);
    for (const failure of failures) deps.log.error('an account was not reviewed', errorFacts(failure));
    if (failures.length > 0) throw new ReviewIncomplete();
  };
}
