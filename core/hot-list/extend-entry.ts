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
import { firstRefused } from './request-entry';

/**
 * One more stretch of an active entry, by a lieutenant who does not stand behind it himself (Policy-H.f). "Another 30
 * days" begin where the present stretch ends, so nobody loses days by asking early; and a stretch that has not begun
 * cannot be extended, so approvals cannot be piled up: at most one stretch lies ahead, and for every 30 days that an
 * entry lasted a lieutenant has said yes.
 */
export function extendEntry(
  entry: Entry,
  asked: { readonly untilMs: number; readonly suspicion: string },
  by: EntryActor,
): EntryChange {
  const { untilMs, suspicion } = asked;
  const clause = 'Policy-H.f';
  if (by.username === entry.requestedBy || by.username === entry.responsible)
    return refused({
      clause,
      message: 'Nobody extends an entry of their own.',
      remedy: 'Another Criminal Investigations or Street Crimes lieutenant can extend it.',
    });
  if (entry.isShiftBound)
    return refused({
      clause,
      message: 'A commander’s entry ends with the shift and is not extended.',
      remedy: 'The oncoming commander can take it over, or a detective can request an entry.',
    });
  if (!isActive(entry, by.nowMs)) return notActive(entry, by, 'extended');
  if (entry.expiresAtMs > by.nowMs + entryMsMax)
    return refusedForNow({
      clause,
      message: 'The entry is extended already, and that stretch has not begun.',
      remedy: `Decide anew from ${iso(entry.expiresAtMs - entryMsMax)} on.`,
    });
  if (untilMs <= entry.expiresAtMs)
    return refusedForNow({
      clause,
      message: 'The entry lasts until then already.',
      remedy: 'Choose a later end; remove the entry to end it sooner.',
    });
  if (untilMs > entry.expiresAtMs + entryMsMax)
    return refused({
      clause,
      message: `An extension lasts at most ${entryDaysMax} days.`,
      remedy: `Choose an end no later than ${iso(entry.expiresAtMs + entryMsMax)}.`,
    });
  const refusal = firstRefused([suspicion]);
  if (refusal !== undefined) return refusal;
  const extension = { untilMs, suspicion, approvedBy: by.username, approvedAtMs: by.nowMs };
  return changed({
    ...entry,
    expiresAtMs: untilMs,
    extensions: [...entry.extensions, extension],
    revision: entry.revision + 1,
  });
}
