import type { HotListEntry } from '../contract/hot-list';
import { type Entry, statusAt } from './entry';

/** An entry as the API answers it, with its status as of now. For those alone who use the list (Policy-H.a). */
export function entryAnswer(entry: Entry, nowMs: number): HotListEntry {
  const { approvedBy, removedBy, state, jointCase } = entry;
  return {
    entryId: entry.entryId,
    plate: entry.plate,
    ...(state === undefined ? {} : { state }),
    status: statusAt(entry, nowMs),
    purpose: entry.purpose,
    reason: entry.reason,
    suspicion: entry.suspicion,
    jurisdiction: entry.jurisdiction,
    ...(jointCase === undefined ? {} : { jointCase }),
    requestedBy: entry.requestedBy,
    requestedAt: iso(entry.requestedAtMs),
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(entry.approvedAtMs === undefined ? {} : { approvedAt: iso(entry.approvedAtMs) }),
    ...(removedBy === undefined ? {} : { removedBy }),
    ...(entry.removedAtMs === undefined ? {} : { removedAt: iso(entry.removedAtMs) }),
    expiresAt: iso(entry.expiresAtMs),
  };
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
