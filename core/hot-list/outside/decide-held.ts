import type { DecideAccess, Denial } from '../../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../../audit/audited-use';
import { newEvent } from '../../audit/event';
import { decisionRecord } from '../../audit/facts';
import type { OutsideListAnswer } from '../../contract/hot-list';
import type { ListRecord } from './list-record';
import { listAnswer } from './list-record';
import type { OutsideListSource } from './outside-entry';
import type { ListRecords } from './ports';

export interface OutsideListDeps extends AuditDeps {
  readonly decide: DecideAccess;
  readonly sources: readonly OutsideListSource[];
  readonly records: ListRecords;
  /** Has the held delivery imported; durable once it resolves. */
  readonly startImport: (delivery: { readonly list: string; readonly upload: string }) => Promise<void>;
}

export type HeldOutcome =
  | { readonly kind: 'decided'; readonly list: OutsideListAnswer }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' }
  /** The delivery was decided on or replaced by another one meanwhile. */
  | { readonly kind: 'conflict' };

/** How the outside lists stand, for those who answer for them. */
export function listOutsideLists(deps: OutsideListDeps) {
  return async (
    caller: Caller,
  ): Promise<
    | { readonly kind: 'listed'; readonly lists: readonly OutsideListAnswer[] }
    | { readonly kind: 'refused'; readonly denial: Denial }
  > => {
    const operation = 'list-outside-lists';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const lists = await auditedUse(deps, caller, use, async () => {
      const answers: OutsideListAnswer[] = [];
      for (const source of deps.sources)
        answers.push(listAnswer(source, await deps.records.find(source.id), deps.events.now()));
      return {
        value: answers,
        counts: { lists: answers.length },
        resultIds: answers.map(({ list }) => list),
      };
    });
    return { kind: 'listed', lists };
  };
}

/**
 * Confirms or discards a held delivery. Its record is changed first, then the event is durable, then a confirmed one is
 * imported: whoever dies between repeats the call, which completes it.
 */
export function decideHeldDelivery(deps: OutsideListDeps) {
  return async (
    asked: { readonly list: string; readonly deliveryId: string; readonly outcome: 'confirm' | 'discard' },
    caller: Caller,
  ): Promise<HeldOutcome> => {
    const { list, deliveryId, outcome } = asked;
    const operation = 'decide-held-list';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const source = deps.sources.find((each) => each.id === list);
    const use = { operation, permit, queried: { list }, networksInScope: [] } as const;
    return auditedUse<HeldOutcome>(deps, caller, use, async () => {
      const value = source ? await decideOn(deps, source, { deliveryId, outcome }) : notFound;
      if (value.kind !== 'decided') return { value, counts: { decided: 0 }, resultIds: [] };
      const { username, agency, role, division } = caller.person;
      const actor = { kind: 'person', username, agency, role, division } as const;
      await deps.audit.append(
        newEvent(deps.events, {
          kind: 'outside-list-changed',
          actor,
          list,
          change: outcome === 'confirm' ? 'confirmed' : 'discarded',
          deliveryId,
          counts: {},
          decision: decisionRecord(permit),
        }),
      );
      if (outcome === 'confirm' && value.upload !== undefined)
        await deps.startImport({ list, upload: value.upload });
      const { upload: _, ...answer } = value;
      return { value: answer, counts: { decided: 1 }, resultIds: [list] };
    });
  };
}

const notFound = { kind: 'not-found' } as const;
const conflict = { kind: 'conflict' } as const;

async function decideOn(
  { records, events }: OutsideListDeps,
  source: OutsideListSource,
  { deliveryId, outcome }: { readonly deliveryId: string; readonly outcome: 'confirm' | 'discard' },
): Promise<Exclude<HeldOutcome, { kind: 'refused' }> & { readonly upload?: string }> {
  const record = await records.find(source.id);
  if (record?.held === undefined) return notFound;
  const { held, ...rest } = record;
  if (held.deliveryId !== deliveryId) return conflict;
  const revision = record.revision + 1;
  const after: ListRecord =
    outcome === 'discard'
      ? { ...rest, revision }
      : { ...rest, revision, held: { ...held, isConfirmed: true } };
  if ((await records.store(after, { switches: false })) === 'conflict') return conflict;
  return { kind: 'decided', list: listAnswer(source, after, events.now()), upload: held.upload };
}
