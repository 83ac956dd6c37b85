import { refusalReply } from '../../adapters/gateway/life-cycle-refusal';
import type { RefusedUse, Reply } from '../../adapters/gateway/reply';
import type { Denial } from '../../core/access/decision';
import type { Queried } from '../../core/audit/event';
import { entryAnswer } from '../../core/hot-list/entry-answer';
import type { EntryRefusal } from '../../core/hot-list/life-cycle';
import type { ChangeOutcome } from '../../core/hot-list/make-change';

/** The reply of every operation that changes an entry; all of them answer the entry as it stands. */
type EntryReply = Reply<'request-hot-list-entry'>;

export function replyTo(outcome: ChangeOutcome, nowMs: number, words: RefusedUse = {}): EntryReply {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: entryAnswer(outcome.entry, nowMs) };
    case 'refused':
      return entryRefusalReply(outcome, words);
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'The hot list has no such entry.', remedy: 'List the entries for their ids.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'The list is being changed by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}

/** A refusal by the rules, or by the life cycle of entries: then a conflict where it hangs on the moment alone. */
export function entryRefusalReply(
  refused: { readonly denial: Denial | EntryRefusal; readonly queried: Queried },
  words: RefusedUse = {},
): EntryReply & { readonly kind: 'refused' } {
  const { denial, queried } = refused;
  const use = { ...words, queried };
  if (denial.kind === 'deny') return { kind: 'refused', denial, use };
  return refusalReply(denial, denial.rule, use);
}
