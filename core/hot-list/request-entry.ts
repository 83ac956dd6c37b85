import { prohibitedSubject } from '../access/prohibited-subjects';
import type { Purpose } from '../access/purpose';
import type { Reason } from '../access/reason';
import { isComplete, type Plate, parsePlate } from '../plate/plate';
import {
  changed,
  type EntryActor,
  type EntryChange,
  type EntryRefusal,
  entryDaysMax,
  entryMsMax,
  iso,
  refused,
} from './entry-change';
import type { Caution, Concern } from './listed-vehicle';

export interface EntryRequest {
  readonly plate: string;
  readonly state?: string;
  readonly purpose: Purpose;
  readonly reason: Reason;
  readonly suspicion: string;
  readonly concern: Concern;
  readonly description?: string;
  readonly instructions?: string;
  readonly cautions?: readonly Caution[];
  readonly notify?: readonly string[];
  readonly jurisdiction: string;
  readonly jointCase?: string;
  readonly expiresAtMs: number;
}

export interface EntryAuthor extends EntryActor {
  /** The agency whose list it is. */
  readonly department: string;
  readonly entryId: string;
  /** Of a commander, whose entry needs no approval and ends with the shift (Policy-H.d, Policy-H.f). */
  readonly shiftEndsAtMs?: number;
}

/**
 * A new entry. A detective's matches nothing yet (Policy-H.d binds detectives); a commander's matches at once and ends
 * with the shift. Its free texts are screened as reasons are (Policy-C, Access-A, Storage-E).
 */
export function requestEntry(request: EntryRequest, by: EntryAuthor): EntryChange {
  const { plate: text, cautions = [], notify = [], ...rest } = request;
  const plate = completePlate(text);
  if (typeof plate !== 'string') return plate;
  const refusal = textsRefused(request) ?? endRefused(request, by) ?? jurisdictionRefused(request, by);
  if (refusal !== undefined) return refusal;
  const isShiftBound = by.shiftEndsAtMs !== undefined;
  return changed({
    ...rest,
    entryId: by.entryId,
    plate,
    status: isShiftBound ? 'approved' : 'requested',
    cautions: [...new Set(cautions)],
    notify: [...new Set(notify)],
    requestedBy: by.username,
    requestedAtMs: by.nowMs,
    responsible: by.username,
    isShiftBound,
    extensions: [],
    handovers: [],
    revision: 1,
  });
}

/** The plate as it is compared, or why it cannot be listed: every character must be given (Policy-H.e). */
export function completePlate(text: string): Plate | EntryRefusal {
  const plate = parsePlate(text);
  if (plate !== undefined && isComplete(plate)) return plate;
  return refused({
    clause: 'Policy-H.e',
    message: 'An entry needs a complete plate.',
    remedy: 'Give every character of the plate.',
  });
}

/**
 * Suspicion and joint case stand by themselves. What an officer reads is screened together with the suspicion, so that
 * the crime it names may say what becomes of the car ("tow it for evidence").
 */
function textsRefused(request: EntryRequest): EntryRefusal | undefined {
  const { suspicion, jointCase = '', description = '', instructions = '' } = request;
  const besides = [description, instructions].map((text) => `${suspicion} ; ${text}`);
  return firstRefused([suspicion, jointCase, ...besides]);
}

/** A refusal of the first text that speaks of what no plate may be listed for. */
export function firstRefused(texts: readonly string[]): EntryRefusal | undefined {
  for (const text of texts) {
    const subject = prohibitedSubject(text);
    if (subject !== undefined) return { ...refused(subject), rule: 'reason-words' };
  }
  return undefined;
}

function endRefused({ expiresAtMs }: EntryRequest, by: EntryAuthor): EntryRefusal | undefined {
  const { nowMs, shiftEndsAtMs } = by;
  const clause = 'Policy-H.f';
  if (shiftEndsAtMs !== undefined && shiftEndsAtMs <= nowMs)
    return refused({
      clause,
      message: 'No shift is running, and a commander’s entry ends with the shift.',
      remedy: 'Enter it once your shift has begun, or ask a detective to request it.',
    });
  if (expiresAtMs <= nowMs)
    return refused({
      clause,
      message: 'The entry would end before it begins.',
      remedy: 'Choose an end in the future.',
    });
  if (expiresAtMs > nowMs + entryMsMax)
    return refused({
      clause,
      message: `An entry lasts at most ${entryDaysMax} days.`,
      remedy: 'Choose an earlier end; a lieutenant can extend it later.',
    });
  if (shiftEndsAtMs !== undefined && expiresAtMs > shiftEndsAtMs)
    return refused({
      clause,
      message: 'A commander’s entry ends with the shift.',
      remedy: `Choose an end no later than ${iso(shiftEndsAtMs)}.`,
    });
  return undefined;
}

function jurisdictionRefused(request: EntryRequest, by: EntryAuthor): EntryRefusal | undefined {
  if (request.jurisdiction === by.department || request.jointCase !== undefined) return undefined;
  return refused({
    clause: 'Policy-H.h',
    message: 'This is another jurisdiction’s crime.',
    remedy: 'Name the joint investigation in jointCase, or refer it to that agency.',
  });
}
