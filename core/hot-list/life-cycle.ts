import { type Entry, statusAt } from './entry';
import { changed, type EntryActor, type EntryChange, refused, refusedForNow } from './entry-change';

export { type EntryActor, type EntryChange, type EntryRefusal, entryDaysMax } from './entry-change';
export { extendEntry } from './extend-entry';
export { type EntryAuthor, type EntryRequest, requestEntry } from './request-entry';
export { type OncomingCommander, takeOverEntry } from './take-over-entry';

/** From this moment the entry matches. Never by its author: two people stand behind each entry (Policy-H.d). */
export function approveEntry(entry: Entry, by: EntryActor): EntryChange {
  const clause = 'Policy-H.d';
  if (by.username === entry.requestedBy)
    return refused({
      clause,
      message: 'Nobody approves an entry of their own.',
      remedy: 'Another Criminal Investigations or Street Crimes lieutenant can approve it.',
    });
  const status = statusAt(entry, by.nowMs);
  if (status !== 'requested')
    return refusedForNow({
      clause,
      message: `The entry is ${status}; only a requested one can be approved.`,
      remedy: status === 'approved' ? 'Nothing is left to do.' : 'Request a new one.',
    });
  return changed({
    ...entry,
    status: 'approved',
    approvedBy: by.username,
    approvedAtMs: by.nowMs,
    revision: entry.revision + 1,
  });
}

/** From the next read on the entry matches nothing (Policy-H.g). Removed twice, it stays as it is. */
export function removeEntry(entry: Entry, by: EntryActor): EntryChange {
  if (entry.status === 'removed') return changed(entry);
  return changed({
    ...entry,
    status: 'removed',
    removedBy: by.username,
    removedAtMs: by.nowMs,
    revision: entry.revision + 1,
  });
}
