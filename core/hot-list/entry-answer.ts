import type { HotListEntry } from '../contract/hot-list';
import { type Entry, statusAt } from './entry';
import { iso } from './entry-change';

/** An entry as the API answers it, with its status as of now. For those alone who use the list (Policy-H.a). */
export function entryAnswer(entry: Entry, nowMs: number): HotListEntry {
  const { approvedBy, approvedAtMs, removedBy, removedAtMs } = entry;
  const { state, description, instructions, jointCase } = entry;
  return {
    entryId: entry.entryId,
    plate: entry.plate,
    ...(state === undefined ? {} : { state }),
    status: statusAt(entry, nowMs),
    purpose: entry.purpose,
    reason: entry.reason,
    suspicion: entry.suspicion,
    concern: entry.concern,
    ...(description === undefined ? {} : { description }),
    ...(instructions === undefined ? {} : { instructions }),
    cautions: [...entry.cautions],
    notify: [...entry.notify],
    jurisdiction: entry.jurisdiction,
    ...(jointCase === undefined ? {} : { jointCase }),
    requestedBy: entry.requestedBy,
    requestedAt: iso(entry.requestedAtMs),
    responsible: entry.responsible,
    isShiftBound: entry.isShiftBound,
    ...(approvedBy === undefined ? {} : { approvedBy }),
    ...(approvedAtMs === undefined ? {} : { approvedAt: iso(approvedAtMs) }),
    extensions: entry.extensions.map((each) => ({
      until: iso(each.untilMs),
      suspicion: each.suspicion,
      approvedBy: each.approvedBy,
      approvedAt: iso(each.approvedAtMs),
    })),
    handovers: entry.handovers.map(({ from, to, atMs }) => ({ from, to, at: iso(atMs) })),
    ...(removedBy === undefined ? {} : { removedBy }),
    ...(removedAtMs === undefined ? {} : { removedAt: iso(removedAtMs) }),
    expiresAt: iso(entry.expiresAtMs),
  };
}
