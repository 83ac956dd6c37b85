import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent, type Queried } from '../audit/event';
import { decisionRecord } from '../audit/facts';
import type { Configuration } from '../contract/configuration';
import type { HotListEntryRequest } from '../contract/hot-list';
import type { Entry } from './entry';
import {
  approveEntry,
  type EntryChange,
  type EntryRefusal,
  type EntryRequest,
  removeEntry,
  requestEntry,
} from './life-cycle';
import type { HotList } from './ports';
import { shiftEndMs } from './shift';

export interface ChangeListDeps extends AuditDeps {
  readonly hotList: Pick<HotList, 'find' | 'store'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ChangeOutcome =
  | { readonly kind: 'changed'; readonly entry: Entry }
  | { readonly kind: 'refused'; readonly denial: Denial | EntryRefusal; readonly queried: Queried }
  | { readonly kind: 'not-found' }
  /** Others kept changing the list; nothing was stored. */
  | { readonly kind: 'busy' };

type Operation = 'request-hot-list-entry' | 'approve-hot-list-entry' | 'remove-hot-list-entry';

interface Change {
  readonly operation: Operation;
  readonly entryId: string;
  readonly permit: Permit;
  readonly queried: Queried;
  readonly words?: Pick<Entry, 'purpose' | 'reason'>;
  readonly apply: (entry: Entry | undefined) => EntryChange | { readonly kind: 'not-found' };
}

/** A change is decided anew on what is stored, this often, when somebody else's came between. */
const attemptsMax = 5;

/** Of an author that no entry has, so that a missing entry is decided like somebody else's. */
const nobody = ' nobody';

/** Asks for an entry (Policy-H.b, H.c, H.e, H.f, H.h); it matches nothing until it is approved. */
export function requestHotListEntry(deps: ChangeListDeps) {
  return async (request: HotListEntryRequest, caller: Caller): Promise<ChangeOutcome> => {
    const operation = 'request-hot-list-entry';
    const { purpose, reason } = request;
    const nowMs = deps.events.now();
    const entryId = deps.events.newId();
    const queried = { plate: request.plate, entryId };
    const permit = deps.decide({ person: caller.person, operation, purpose, reason, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };

    const made = requestEntry(entryRequestOf(request), authorOf(deps.configuration, caller, entryId, nowMs));
    if (made.kind === 'refused') return { kind: 'refused', denial: made, queried };
    const words = { purpose, reason };
    return makeChange(deps, caller, { operation, entryId, permit, queried, words, apply: () => made });
  };
}

/** Approves a requested entry as another than its author (Policy-H.d): it matches from the next read on. */
export function approveHotListEntry(deps: ChangeListDeps) {
  return changeEntry(deps, 'approve-hot-list-entry', approveEntry);
}

/** Removes an entry (Policy-H.g): it matches nothing from the next read on. */
export function removeHotListEntry(deps: ChangeListDeps) {
  return changeEntry(deps, 'remove-hot-list-entry', removeEntry);
}

/** Whether an id exists shows only to those who may make the change: everyone else is refused alike (Policy-H.a). */
function changeEntry(deps: ChangeListDeps, operation: Operation, change: typeof approveEntry) {
  return async (entryId: string, caller: Caller): Promise<ChangeOutcome> => {
    const { person } = caller;
    const nowMs = deps.events.now();
    const queried = { entryId };
    const author = (await deps.hotList.find(entryId))?.requestedBy ?? nobody;
    const permit = deps.decide({ person, operation, author, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    return makeChange(deps, caller, {
      operation,
      entryId,
      permit,
      queried,
      apply: (entry) =>
        entry === undefined ? { kind: 'not-found' } : change(entry, { username: person.username, nowMs }),
    });
  };
}

/**
 * The order survives a crash after each step: (1) `requested` is durable, with the entry's id; (2) the entry is stored
 * together with the list's version; (3) `hot-list-changed` is durable; (4) `answered` is durable, and only then the
 * reply leaves. Whoever dies after (2) leaves a change whose `requested` was never answered, which is a finding that
 * names the entry and who asked: no change stands without a trace, and no answer without all three events.
 */
async function makeChange(deps: ChangeListDeps, caller: Caller, change: Change): Promise<ChangeOutcome> {
  const { operation, permit, queried, entryId, words } = change;
  const use = { operation, permit, queried, networksInScope: [], ...words };
  return auditedUse(deps, caller, use, async () => {
    const { outcome, isStored } = await storeChange(deps.hotList, change);
    if (outcome.kind === 'changed' && isStored) await recordChange(deps, caller, permit, outcome.entry);
    return { value: outcome, counts: { changed: Number(isStored) }, resultIds: isStored ? [entryId] : [] };
  });
}

async function storeChange(
  hotList: ChangeListDeps['hotList'],
  { entryId, queried, apply }: Change,
): Promise<{ readonly outcome: ChangeOutcome; readonly isStored: boolean }> {
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const before = await hotList.find(entryId);
    const change = apply(before);
    if (change.kind === 'refused')
      return { outcome: { kind: 'refused', denial: change, queried }, isStored: false };
    if (change.kind === 'not-found' || change.entry === before) return { outcome: change, isStored: false };
    if ((await hotList.store(change.entry)) === 'stored') return { outcome: change, isStored: true };
  }
  return { outcome: { kind: 'busy' }, isStored: false };
}

async function recordChange(
  deps: AuditDeps,
  caller: Caller,
  permit: Permit,
  { entryId, status, purpose, reason }: Entry,
): Promise<void> {
  const { username, agency, role, division } = caller.person;
  await deps.audit.append(
    newEvent(deps.events, {
      kind: 'hot-list-changed',
      actor: { kind: 'person', username, agency, role, division },
      entryId,
      change: status,
      purpose,
      reason,
      decision: decisionRecord(permit),
    }),
  );
}

function authorOf(configuration: Configuration, { person }: Caller, entryId: string, nowMs: number) {
  const { shifts, department } = configuration;
  const by = { username: person.username, department: department.agencyId, entryId, nowMs };
  if (person.role !== 'commander') return by;
  return { ...by, shiftEndsAtMs: shiftEndMs(shifts, department.timeZone, nowMs) ?? nowMs };
}

function entryRequestOf({ expiresAt, state, jointCase, ...rest }: HotListEntryRequest): EntryRequest {
  return {
    ...rest,
    ...(state === undefined ? {} : { state }),
    ...(jointCase === undefined ? {} : { jointCase }),
    expiresAtMs: Date.parse(expiresAt),
  };
}
