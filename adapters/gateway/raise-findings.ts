import type { OperationId } from '../../core/contract/operations';
import type { FindingCause } from '../../core/findings/finding';
import type { FindingSink } from '../../core/findings/ports';
import type { CallCounters } from './understood';

export interface RaiseDeps {
  readonly findingSink: FindingSink;
  readonly counters: CallCounters;
  /** Told of whatever threw, with the id that the caller was answered. */
  readonly report: (failure: {
    readonly error: unknown;
    readonly requestId: string;
    readonly operation: OperationId;
  }) => void;
}

/**
 * Raises what was found amiss. What fails is counted and reported and changes no answer: a refusal stays one, and the
 * audit log holds the event by which the finding can be raised again.
 */
export async function raiseFindings(
  { findingSink, counters, report }: RaiseDeps,
  call: { readonly requestId: string; readonly operation: OperationId },
  causes: readonly FindingCause[],
): Promise<void> {
  for (const cause of causes) {
    try {
      await findingSink.raise(cause);
    } catch (error) {
      counters.count('FindingsUnraised', 1);
      report({ error, ...call });
    }
  }
}
