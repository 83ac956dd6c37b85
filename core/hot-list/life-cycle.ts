import { prohibitedSubject } from '../access/prohibited-subjects';
import type { Purpose } from '../access/purpose';
import type { Reason } from '../access/reason';
import { isComplete, parsePlate } from '../plate/plate';
import { type Entry, statusAt } from './entry';

/** Policy-H.f: no entry lasts longer than 30 days from its making. */
export const entryDaysMax = 30;
const dayMs = 86_400_000;

export interface EntryRequest {
  readonly plate: string;
  readonly state?: string;
  readonly purpose: Purpose;
  readonly reason: Reason;
  readonly suspicion: string;
  readonly jurisdiction: string;
  readonly jointCase?: string;
  readonly expiresAtMs: number;
}

export interface EntryRefusal {
  readonly kind: 'refused';
  /** `state`: the same change would have been good at another time. */
  readonly because: 'policy' | 'state';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

export type EntryChange = { readonly kind: 'changed'; readonly entry: Entry } | EntryRefusal;

export interface EntryAuthor {
  readonly username: string;
  /** The agency whose list it is. */
  readonly department: string;
  readonly entryId: string;
  readonly nowMs: number;
  /** Of a commander, whose entry ends with the shift (Policy-H.f). */
  readonly shiftEndsAtMs?: number;
}

/** A new entry, matching nothing yet. Its free texts are screened as reasons are (Policy-C, Access-A, Storage-E). */
export function requestEntry(request: EntryRequest, by: EntryAuthor): EntryChange {
  const subject = prohibitedSubject(request.suspicion) ?? prohibitedSubject(request.jointCase ?? '');
  if (subject !== undefined) return refused(subject.clause, subject.message, subject.remedy);
  const plate = parsePlate(request.plate);
  if (plate === undefined || !isComplete(plate))
    return refused('Policy-H.e', 'An entry needs a complete plate.', 'Give every character of the plate.');
  if (request.expiresAtMs <= by.nowMs)
    return refused('Policy-H.f', 'The entry would end before it begins.', 'Choose an end in the future.');
  if (request.expiresAtMs > by.nowMs + entryDaysMax * dayMs)
    return refused(
      'Policy-H.f',
      `An entry lasts at most ${entryDaysMax} days.`,
      'Choose an earlier end; a lieutenant can extend it later.',
    );
  if (by.shiftEndsAtMs !== undefined && request.expiresAtMs > by.shiftEndsAtMs)
    return refused(
      'Policy-H.f',
      'A commander’s entry ends with the shift.',
      `Choose an end no later than ${new Date(by.shiftEndsAtMs).toISOString()}.`,
    );
  if (request.jurisdiction !== by.department && request.jointCase === undefined)
    return refused(
      'Policy-H.h',
      'This is another jurisdiction’s crime.',
      'Name the joint investigation in jointCase, or refer it to that agency.',
    );
  const { plate: _, ...rest } = request;
  return changed({
    ...rest,
    entryId: by.entryId,
    plate,
    status: 'requested',
    requestedBy: by.username,
    requestedAtMs: by.nowMs,
    revision: 1,
  });
}

/** From this moment the entry matches. Never by its author: two people stand behind each entry (Policy-H.d). */
export function approveEntry(
  entry: Entry,
  by: { readonly username: string; readonly nowMs: number },
): EntryChange {
  if (by.username === entry.requestedBy)
    return refused(
      'Policy-H.d',
      'Nobody approves an entry of their own.',
      'Another Criminal Investigations or Street Crimes lieutenant can approve it.',
    );
  const status = statusAt(entry, by.nowMs);
  if (status !== 'requested')
    return {
      ...refused(
        'Policy-H.d',
        `The entry is ${status}; only a requested one can be approved.`,
        status === 'approved' ? 'Nothing is left to do.' : 'Request a new one.',
      ),
      because: 'state',
    };
  return changed({
    ...entry,
    status: 'approved',
    approvedBy: by.username,
    approvedAtMs: by.nowMs,
    revision: entry.revision + 1,
  });
}

/** From the next read on the entry matches nothing (Policy-H.g). Removed twice, it stays as it is. */
export function removeEntry(
  entry: Entry,
  by: { readonly username: string; readonly nowMs: number },
): EntryChange {
  if (entry.status === 'removed') return changed(entry);
  return changed({
    ...entry,
    status: 'removed',
    removedBy: by.username,
    removedAtMs: by.nowMs,
    revision: entry.revision + 1,
  });
}

function changed(entry: Entry): EntryChange {
  return { kind: 'changed', entry };
}

function refused(clause: string, message: string, remedy: string): EntryRefusal {
  return { kind: 'refused', because: 'policy', clause, message, remedy };
}
