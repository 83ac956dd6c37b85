import type { OperationId } from '../../core/contract/operations';
import type { Facts, When } from './sop-facts';
import { grants } from './sop-grants';
import { refusals } from './sop-refusals';

/**
 * What the SOP says about who may do what, as data (`sop-grants.ts`, `sop-refusals.ts`), written from its clauses and not
 * from the rules. The access matrix compares the two: a row there and a rule that say different things fail it.
 */
export interface Expected {
  readonly isAllowed: boolean;
  /** Each may be named: where several clauses refuse, the table does not say which speaks. */
  readonly clauses: readonly string[];
}

/** What the table says of one use. */
export function expectedBySop(operation: OperationId, facts: Facts): Expected {
  const refusing = refusals
    .filter(
      (row) => (row.operations === 'all' || row.operations.includes(operation)) && holds(row.when, facts),
    )
    .map((row) => row.clause);
  if (refusing.length > 0) return { isAllowed: false, clauses: refusing };
  const { clause, to } = grants[operation];
  const isAllowed = to.some((grant) => holds(grant.when, facts));
  return { isAllowed, clauses: isAllowed ? [] : [clause] };
}

function holds(when: When, facts: Facts): boolean {
  return Object.entries(when).every(([fact, counted]) => {
    const value: unknown = Reflect.get(facts, fact);
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.some((each) => counted.some((one) => one === each));
  });
}
