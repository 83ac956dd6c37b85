import type { DecideAccess, Denial, Permit } from '../../access/decision';
import type { RedactionOrder } from '../../contract/log';
import { hashedUuid } from '../../hashed-uuid';
import { type AuditDeps, auditedUse, type Caller } from '../audited-use';
import { type AuditEvent, newEvent } from '../event';
import { actorOf, decisionRecord } from '../facts';
import type { SealedRows } from '../log/sealed-row';
import type { OnceAuditLog } from '../ports';
import { eventIn, isRedactable, type Redaction, type Redactions, subjectOf } from './redaction';

export interface RedactionDeps extends AuditDeps {
  readonly rows: SealedRows;
  readonly redactions: Redactions;
  readonly onceAudit: OnceAuditLog;
  readonly decide: DecideAccess;
}

export type RedactionOutcome =
  | { readonly kind: 'stands'; readonly redaction: Redaction }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'conflict'; readonly message: string; readonly remedy: string };

/**
 * Orders that the content of an event be destroyed. Nothing is destroyed here: the order is stored, then
 * `redaction-ordered` is durable, and a second person decides. The same order by the same user again completes what was
 * cut off; a declined one may be ordered anew.
 */
export function orderRedaction(deps: RedactionDeps) {
  return async (order: RedactionOrder, caller: Caller): Promise<RedactionOutcome> => {
    const { person } = caller;
    const operation = 'order-redaction';
    const nowMs = deps.events.now();
    const { logIndex } = order;
    const event = eventIn(await deps.rows.find(logIndex));
    const permit = deps.decide({ person, operation, subject: subjectOf(event), nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { logIndex }, networksInScope: [] } as const;
    return auditedUse<RedactionOutcome>(deps, caller, use, async () => {
      const standing = await deps.redactions.find(logIndex);
      const asked = { ...order, state: 'ordered', orderedBy: person.username, orderedAtMs: nowMs } as const;
      const redaction = isAgain(standing, asked) ? standing : asked;
      const value = mayStand(event, standing, redaction) ?? (await store(deps, redaction, standing));
      if (value.kind === 'stands')
        await deps.onceAudit.appendOnce(orderedEvent(value.redaction, caller, permit));
      return { value, counts: { ordered: Number(value.kind === 'stands') }, resultIds: [] };
    });
  };
}

function isAgain(standing: Redaction | undefined, asked: Redaction): standing is Redaction {
  return (
    standing?.state === 'ordered' &&
    standing.orderedBy === asked.orderedBy &&
    standing.because === asked.because &&
    standing.authority === asked.authority
  );
}

/** What keeps the order from standing, if anything does. */
function mayStand(
  event: AuditEvent | undefined,
  standing: Redaction | undefined,
  redaction: Redaction,
): RedactionOutcome | undefined {
  if (standing !== undefined && standing !== redaction && standing.state !== 'declined')
    return {
      kind: 'conflict',
      message: 'The redaction of this event has been ordered already.',
      remedy: 'List the redactions.',
    };
  if (event === undefined) return { kind: 'not-found' };
  if (!isRedactable(event))
    return {
      kind: 'conflict',
      message: 'This event holds nothing that a person typed, or it proves the log; it stays.',
      remedy: 'Name the event that holds what the law protects.',
    };
  return undefined;
}

async function store(
  { redactions }: RedactionDeps,
  redaction: Redaction,
  standing: Redaction | undefined,
): Promise<RedactionOutcome> {
  if (redaction === standing || (await redactions.store(redaction, standing?.state)) === 'stored')
    return { kind: 'stands', redaction };
  return {
    kind: 'conflict',
    message: 'Somebody else ordered or decided it at the same moment.',
    remedy: 'List the redactions.',
  };
}

/** Time and id are made of the order that stands, so that it has one event. */
function orderedEvent(redaction: Redaction, caller: Caller, permit: Permit): AuditEvent {
  const { logIndex, because, authority, orderedAtMs } = redaction;
  const stamp = {
    now: () => orderedAtMs,
    newId: () => hashedUuid(`platekeeper redaction-ordered ${logIndex} ${orderedAtMs}`),
  };
  return newEvent(stamp, {
    kind: 'redaction-ordered',
    actor: actorOf(caller.person),
    operation: 'order-redaction',
    device: caller.device,
    logIndex,
    because,
    authority,
    decision: decisionRecord(permit),
  });
}
