import type { Entry } from '../../../core/hot-list/entry';
import { madePlate } from '../plate/made-plate';

export const requestedAtMs = Date.parse('2026-11-01T08:00:00Z');
export const expiresAtMs = Date.parse('2026-11-21T08:00:00Z');
export const entryIdOf = (last: number) => `00000000-0000-4000-9000-${String(last).padStart(12, '0')}`;

/** An approved entry of a made-up detective for the vehicle of `madeRead`. */
export function madeEntry(changes: Partial<Entry> = {}): Entry {
  return {
    entryId: entryIdOf(1),
    plate: madePlate('TEST123'),
    state: 'IL',
    status: 'approved',
    purpose: { kind: 'felony' },
    reason: { kind: 'case-number', caseNumber: '2026-0012345' },
    suspicion: 'Seen leaving two armed robberies on Main Street, by two witnesses.',
    concern: 'felony-vehicle',
    cautions: [],
    notify: [],
    jurisdiction: 'bloomington-pd',
    requestedBy: 'made-up.detective',
    requestedAtMs,
    responsible: 'made-up.detective',
    isShiftBound: false,
    approvedBy: 'made-up.lieutenant',
    approvedAtMs: requestedAtMs + 3_600_000,
    extensions: [],
    handovers: [],
    expiresAtMs,
    revision: 2,
    ...changes,
  };
}

/** As its author asked for it, not approved yet. */
export function madeRequested(changes: Partial<Entry> = {}): Entry {
  const { approvedBy: _, approvedAtMs: __, ...entry } = madeEntry();
  return { ...entry, status: 'requested', revision: 1, ...changes };
}

/** A made-up commander's: active without an approval, until the shift ends. */
export function madeShiftBound(changes: Partial<Entry> = {}): Entry {
  const requestedBy = 'made-up.commander';
  const entry = madeRequested({ requestedBy, responsible: requestedBy });
  return { ...entry, status: 'approved', isShiftBound: true, ...changes };
}
