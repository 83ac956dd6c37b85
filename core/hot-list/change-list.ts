import type { Caller } from '../audit/audited-use';
import type { ExtensionRequest, HotListEntryRequest } from '../contract/hot-list';
import type { Entry } from './entry';
import type { EntryActor, EntryChange } from './entry-change';
import { extendEntry } from './extend-entry';
import { approveEntry, removeEntry } from './life-cycle';
import { type ChangeListDeps, type ChangeOperation, type ChangeOutcome, makeChange } from './make-change';
import { type EntryRequest, requestEntry } from './request-entry';
import { nextShiftEndMs, shiftEndMs } from './shift';
import { takeOverEntry } from './take-over-entry';

export type { ChangeListDeps, ChangeOutcome } from './make-change';

/** Of an author that no entry has, so that a missing entry is decided like somebody else's. */
const nobody = ' nobody';

/**
 * Asks for an entry (Policy-H.b, H.c, H.e, H.f, H.h). It matches nothing until it is approved; a commander's matches at
 * once and ends with the shift.
 */
export function requestHotListEntry(deps: ChangeListDeps) {
  return async (request: HotListEntryRequest, caller: Caller): Promise<ChangeOutcome> => {
    const operation = 'request-hot-list-entry';
    const { purpose, reason, jurisdiction } = request;
    const nowMs = deps.events.now();
    const entryId = deps.events.newId();
    const queried = { plate: request.plate, entryId };
    const permit = deps.decide({ person: caller.person, operation, purpose, reason, jurisdiction, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };

    const made = requestEntry(entryRequestOf(request), authorOf(deps, caller, entryId, nowMs));
    if (made.kind === 'refused') return { kind: 'refused', denial: made, queried };
    const words = { purpose, reason };
    return makeChange(deps, caller, { operation, entryId, permit, queried, words, apply: () => made });
  };
}

/** Approves a requested entry as another than its author (Policy-H.d): it matches from the next read on. */
export function approveHotListEntry(deps: ChangeListDeps) {
  return (entryId: string, caller: Caller): Promise<ChangeOutcome> =>
    changeEntry(deps, caller, {
      operation: 'approve-hot-list-entry',
      entryId,
      authorOf: (entry) => entry.requestedBy,
      apply: approveEntry,
    });
}

/** Gives an active entry one more stretch of at most 30 days, as another than its author (Policy-H.f). */
export function extendHotListEntry(deps: ChangeListDeps) {
  return (entryId: string, { until, suspicion }: ExtensionRequest, caller: Caller): Promise<ChangeOutcome> =>
    changeEntry(deps, caller, {
      operation: 'extend-hot-list-entry',
      entryId,
      authorOf: (entry) => entry.requestedBy,
      apply: (entry, by) => extendEntry(entry, { untilMs: Date.parse(until), suspicion }, by),
    });
}

/** Moves the responsibility for a commander's entry to the commander of the next shift, until its end (Policy-H.f). */
export function takeOverHotListEntry(deps: ChangeListDeps) {
  const { shifts, department, matching } = deps.configuration;
  const { handoverMinutes } = matching;
  return (entryId: string, caller: Caller): Promise<ChangeOutcome> =>
    changeEntry(deps, caller, {
      operation: 'take-over-hot-list-entry',
      entryId,
      authorOf: (entry) => entry.responsible,
      apply: (entry, by) => {
        const shiftEndsAtMs = nextShiftEndMs(shifts, department.timeZone, entry.expiresAtMs);
        return takeOverEntry(entry, { ...by, shiftEndsAtMs, handoverMinutes });
      },
    });
}

/** Removes an entry (Policy-H.g): it matches nothing from the next read on. Who took it over is as good as its author. */
export function removeHotListEntry(deps: ChangeListDeps) {
  return (entryId: string, caller: Caller): Promise<ChangeOutcome> =>
    changeEntry(deps, caller, {
      operation: 'remove-hot-list-entry',
      entryId,
      authorOf: ({ responsible, requestedBy }) =>
        responsible === caller.person.username ? responsible : requestedBy,
      apply: removeEntry,
    });
}

interface Step {
  readonly operation: Exclude<ChangeOperation, 'request-hot-list-entry'>;
  readonly entryId: string;
  /** Whom the rules take for its author. */
  readonly authorOf: (entry: Entry) => string;
  readonly apply: (entry: Entry, by: EntryActor) => EntryChange;
}

/** Whether an id exists shows only to those who may make the change: everyone else is refused alike (Policy-H.a). */
async function changeEntry(deps: ChangeListDeps, caller: Caller, step: Step): Promise<ChangeOutcome> {
  const { person } = caller;
  const { operation, entryId, authorOf, apply } = step;
  const nowMs = deps.events.now();
  const queried = { entryId };
  const entry = await deps.hotList.find(entryId);
  const author = entry === undefined ? nobody : authorOf(entry);
  const permit = deps.decide({ person, operation, author, nowMs });
  if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
  return makeChange(deps, caller, {
    operation,
    entryId,
    permit,
    queried,
    apply: (stored) =>
      stored === undefined ? { kind: 'not-found' } : apply(stored, { username: person.username, nowMs }),
  });
}

function authorOf({ configuration }: ChangeListDeps, { person }: Caller, entryId: string, nowMs: number) {
  const { shifts, department } = configuration;
  const by = { username: person.username, department: department.agencyId, entryId, nowMs };
  if (person.role !== 'commander') return by;
  return { ...by, shiftEndsAtMs: shiftEndMs(shifts, department.timeZone, nowMs) ?? nowMs };
}

function entryRequestOf(request: HotListEntryRequest): EntryRequest {
  const { expiresAt, state, description, instructions, cautions, notify, jointCase, ...rest } = request;
  return {
    ...rest,
    ...(state === undefined ? {} : { state }),
    ...(description === undefined ? {} : { description }),
    ...(instructions === undefined ? {} : { instructions }),
    ...(cautions === undefined ? {} : { cautions }),
    ...(notify === undefined ? {} : { notify }),
    ...(jointCase === undefined ? {} : { jointCase }),
    expiresAtMs: Date.parse(expiresAt),
  };
}
