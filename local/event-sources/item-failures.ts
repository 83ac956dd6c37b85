import { z } from 'zod';
import type { InvocationResult } from '../lambda/invoke';

const answer = z.looseObject({
  batchItemFailures: z.array(z.looseObject({ itemIdentifier: z.string().min(1) })).nullish(),
});

/**
 * The items of a batch that failed: `all` for an error or for an answer that names something not in the batch, as
 * Lambda takes it. Without `reportsItemFailures` only an error is a failure.
 */
export function failedItems(
  result: InvocationResult,
  ids: readonly string[],
  reportsItemFailures: boolean,
): 'all' | ReadonlySet<string> {
  if (result.kind === 'function-error') return 'all';
  if (!reportsItemFailures || result.payload === null || result.payload === '') return new Set();
  const parsed = answer.safeParse(result.payload);
  if (!parsed.success) return 'all';
  const failed = new Set((parsed.data.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const known = new Set(ids);
  return [...failed].every((id) => known.has(id)) ? failed : 'all';
}
