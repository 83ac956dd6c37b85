import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { type AuditEvent, newEvent, type Queried } from '../audit/event';
import { decisionRecord } from '../audit/facts';
import type { Configuration } from '../contract/configuration';
import type { Entry } from './entry';
import type { EntryChange, EntryRefusal } from './entry-change';
import type { HotList } from './ports';

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

/** How the log names a step that each operation takes. */
const changes = {
  'request-hot-list-entry': 'requested',
  'approve-hot-list-entry': 'approved',
  'extend-hot-list-entry': 'extended',
  'take-over-hot-list-entry': 'taken-over',
  'remove-hot-list-entry': 'removed',
} as const satisfies Readonly<Record<string, (AuditEvent & { kind: 'hot-list-changed' })['change']>>;

export type ChangeOperation = keyof typeof changes;

/** A change that the policy permitted. */
export interface PermittedChange {
  readonly operation: ChangeOperation;
  readonly entryId: string;
  readonly permit: Permit;
  readonly queried: Queried;
  readonly words?: Pick<Entry, 'purpose' | 'reason'>;
  readonly apply: (entry: Entry | undefined) => EntryChange | { readonly kind: 'not-found' };
}

/** A change is decided anew on what is stored, this often, when somebody else's came between. */
const attemptsMax = 5;

/**
 * The order survives a crash after each step: (1) `requested` is durable, with the entry's id; (2) the entry is stored
 * together with the list's version; (3) `hot-list-changed` is durable; (4) `answered` is durable, and only then the
 * reply leaves. Whoever dies after (2) leaves a change whose `requested` was never answered, which is a finding that
 * names the entry and who asked: no change stands without a trace, and no answer without all three events.
 */
export async function makeChange(
  deps: ChangeListDeps,
  caller: Caller,
  change: PermittedChange,
): Promise<ChangeOutcome> {
  const { operation, permit, queried, entryId, words } = change;
  const use = { operation, permit, queried, networksInScope: [], ...words };
  return auditedUse(deps, caller, use, async () => {
    const { outcome, isStored } = await storeChange(deps.hotList, change);
    if (outcome.kind === 'changed' && isStored) await recordChange(deps, caller, change, outcome.entry);
    return { value: outcome, counts: { changed: Number(isStored) }, resultIds: isStored ? [entryId] : [] };
  });
}

async function storeChange(
  hotList: ChangeListDeps['hotList'],
  { entryId, queried, apply }: PermittedChange,
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
  { person }: Caller,
  { operation, permit }: PermittedChange,
  { entryId, expiresAtMs, responsible, purpose, reason }: Entry,
): Promise<void> {
  const { username, agency, role, division } = person;
  await deps.audit.append(
    newEvent(deps.events, {
      kind: 'hot-list-changed',
      actor: { kind: 'person', username, agency, role, division },
      entryId,
      change: changes[operation],
      expiresAtMs,
      responsible,
      purpose,
      reason,
      decision: decisionRecord(permit),
    }),
  );
}
