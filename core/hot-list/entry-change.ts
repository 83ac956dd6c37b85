import { type Entry, statusAt } from './entry';

/** Policy-H.f: no stretch of an entry lasts longer, be it the first or one more. */
export const entryDaysMax = 30;
export const entryMsMax = entryDaysMax * 86_400_000;

export interface EntryRefusal {
  readonly kind: 'refused';
  /** `state`: the same change would have been good at another time. */
  readonly because: 'policy' | 'state';
  /** What refused, as the log keeps it: the steps that an entry can take, or the words that were written. */
  readonly rule: 'entry-life-cycle' | 'reason-words';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

/** What a step of the life cycle gives: the entry as it is to be stored, or who may not and why. */
export type EntryChange = { readonly kind: 'changed'; readonly entry: Entry } | EntryRefusal;

/** Who takes a step, and when. */
export interface EntryActor {
  readonly username: string;
  readonly nowMs: number;
}

type Words = Pick<EntryRefusal, 'clause' | 'message' | 'remedy'>;

export function changed(entry: Entry): EntryChange {
  return { kind: 'changed', entry };
}

export function refused({ clause, message, remedy }: Words): EntryRefusal {
  return { kind: 'refused', because: 'policy', rule: 'entry-life-cycle', clause, message, remedy };
}

export function refusedForNow(words: Words): EntryRefusal {
  return { ...refused(words), because: 'state' };
}

/** Of a step that only an active entry can take (Policy-H.f). */
export function notActive(entry: Entry, by: EntryActor, change: string): EntryRefusal {
  const status = statusAt(entry, by.nowMs);
  return refusedForNow({
    clause: 'Policy-H.f',
    message: `The entry is ${status}; only an active one can be ${change}.`,
    remedy: status === 'requested' ? 'It needs an approval first.' : 'Request a new one.',
  });
}

export function iso(ms: number): string {
  return new Date(ms).toISOString();
}
