import { type Entry, isActive } from './entry';
import {
  changed,
  type EntryActor,
  type EntryChange,
  entryDaysMax,
  entryMsMax,
  iso,
  notActive,
  refused,
  refusedForNow,
} from './entry-change';

/** The commander of the oncoming shift. */
export interface OncomingCommander extends EntryActor {
  /** The end of the shift after the one in which the entry would end; `undefined`: none follows at once. */
  readonly shiftEndsAtMs: number | undefined;
  /** An entry can be taken over from so long before its end on. */
  readonly handoverMinutes: number;
}

/**
 * The oncoming commander answers for a commander's entry from now on, until the end of the next shift (Policy-H.f).
 * However often it goes on, no entry lasts more than 30 days from its making without a lieutenant's approval.
 */
export function takeOverEntry(entry: Entry, by: OncomingCommander): EntryChange {
  const clause = 'Policy-H.f';
  if (!entry.isShiftBound)
    return refused({
      clause,
      message: 'Only a commander’s entry is taken over.',
      remedy: 'A lieutenant can extend this one.',
    });
  if (by.username === entry.responsible)
    return refused({
      clause,
      message: 'You answer for this entry now.',
      remedy: 'The commander of the oncoming shift can take it over.',
    });
  if (!isActive(entry, by.nowMs)) return notActive(entry, by, 'taken over');
  const opensAtMs = entry.expiresAtMs - by.handoverMinutes * 60_000;
  if (by.nowMs < opensAtMs)
    return refusedForNow({
      clause,
      message: 'It is too early: an entry is taken over at the end of its shift.',
      remedy: `Take it over from ${iso(opensAtMs)} on.`,
    });
  const expiresAtMs = Math.min(by.shiftEndsAtMs ?? 0, entry.requestedAtMs + entryMsMax);
  if (expiresAtMs <= entry.expiresAtMs)
    return refusedForNow({
      clause,
      message:
        by.shiftEndsAtMs === undefined
          ? 'No shift follows the one in which the entry ends.'
          : `A commander’s entry goes on for at most ${entryDaysMax} days.`,
      remedy: 'A detective can request an entry, which a lieutenant approves.',
    });
  return changed({
    ...entry,
    expiresAtMs,
    responsible: by.username,
    handovers: [...entry.handovers, { from: entry.responsible, to: by.username, atMs: by.nowMs }],
    revision: entry.revision + 1,
  });
}
