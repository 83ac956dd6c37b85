import type { Role } from '../access/roles';
import type { PersonChangedEvent, PersonRecord } from './record';

/** One change of somebody's access, as it was asked for. */
export type PersonChange =
  | {
      readonly kind: 'assigned';
      readonly role: Role;
      readonly division: string;
      readonly sworn: boolean;
    }
  | { readonly kind: 'designated'; readonly role: Role; readonly division: string }
  | { readonly kind: 'disabled'; readonly because: string }
  | { readonly kind: 'suspended'; readonly because: string; readonly findingId?: string }
  | { readonly kind: 'reinstated'; readonly because: string }
  | { readonly kind: 'trained'; readonly topic: string; readonly takenOn: string };

/** What the event of a change says beyond who and whom. */
export type ChangeFacts = Pick<
  PersonChangedEvent,
  'change' | 'role' | 'division' | 'sworn' | 'topic' | 'because' | 'findingId'
>;

/** The record as a change makes it: its event and revision are the teller's. */
export type ChangedRecord = Omit<PersonRecord, 'revision' | 'lastEvent'>;

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly record: ChangedRecord; readonly facts: ChangeFacts }
  /** It is so already: nothing is stored, and what hangs on it is completed. */
  | { readonly kind: 'stands' }
  | StateConflict;

export interface StateConflict {
  readonly kind: 'conflict';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

/**
 * What becomes of a record by one change. An access that has ended stays ended (Access-C): it can still be suspended,
 * so that a finding about somebody who left counts, and nothing else.
 */
export function changePerson(record: PersonRecord, change: PersonChange, nowMs: number): ChangeOutcome {
  if (record.disabled && change.kind !== 'disabled' && change.kind !== 'suspended') return hasEnded;
  switch (change.kind) {
    case 'assigned':
    case 'designated':
      return assigned(record, change);
    case 'disabled':
      if (record.disabled) return { kind: 'stands' };
      return changed({ ...record, disabled: true }, { change: 'disabled', because: change.because });
    case 'suspended':
      return suspended(record, change);
    case 'reinstated':
      if (!record.suspended) return { kind: 'stands' };
      return changed(
        { ...record, suspended: false, admittedAtMs: nowMs },
        { change: 'reinstated', because: change.because },
      );
    case 'trained':
      return trained(record, change);
    default:
      return change satisfies never;
  }
}

function assigned(
  record: PersonRecord,
  change: PersonChange & { readonly kind: 'assigned' | 'designated' },
): ChangeOutcome {
  const { role, division } = change;
  const sworn = change.kind === 'assigned' ? change.sworn : record.sworn;
  if (record.role === role && record.division === division && record.sworn === sworn)
    return { kind: 'stands' };
  return changed({ ...record, role, division, sworn }, { change: change.kind, role, division, sworn });
}

function suspended(
  record: PersonRecord,
  { because, findingId }: PersonChange & { readonly kind: 'suspended' },
): ChangeOutcome {
  if (record.suspended) return { kind: 'stands' };
  return changed(
    { ...record, suspended: true },
    { change: 'suspended', because, ...(findingId === undefined ? {} : { findingId }) },
  );
}

/** The day told last stands, also an earlier one: that is how a mistaken day is put right. */
function trained(
  record: PersonRecord,
  { topic, takenOn }: PersonChange & { readonly kind: 'trained' },
): ChangeOutcome {
  if (record.training.get(topic) === takenOn) return { kind: 'stands' };
  const training = new Map([...record.training, [topic, takenOn]]);
  return changed({ ...record, training }, { change: 'trained', topic, because: `taken on ${takenOn}` });
}

function changed(record: ChangedRecord, facts: ChangeFacts): ChangeOutcome {
  return { kind: 'changed', record, facts };
}

const hasEnded: StateConflict = {
  kind: 'conflict',
  clause: 'Access-C',
  message: 'This access has ended for good.',
  remedy: 'Enrol the person under a new name.',
};
