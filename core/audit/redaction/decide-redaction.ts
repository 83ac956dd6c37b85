import type { Permit } from '../../access/decision';
import type { RedactionDecision } from '../../contract/log';
import { hashedUuid } from '../../hashed-uuid';
import { auditedUse, type Caller } from '../audited-use';
import { type AuditEvent, newEvent } from '../event';
import { actorOf, decisionRecord } from '../facts';
import { entryOf } from '../log/commitment';
import { type Hash, leafHash } from '../log/hash';
import type { RedactionDeps, RedactionOutcome } from './order-redaction';
import { eventIn, type Redaction, subjectOf } from './redaction';

type Decided = Redaction & { readonly decision: NonNullable<Redaction['decision']> };

/**
 * Confirms or declines an order, once, by somebody else than who ordered it. Of a confirmed one, in this order: the
 * decision is stored; `event-redacted`, with the hash that stays in the log, is durable; the content and its key are
 * destroyed; the order is done. So what is gone is always explained, and whoever dies between leaves an order that the
 * same decision by the same user completes.
 */
export function decideRedaction(deps: RedactionDeps) {
  return async (logIndex: number, request: RedactionDecision, caller: Caller): Promise<RedactionOutcome> => {
    const { person } = caller;
    const operation = 'decide-redaction';
    const nowMs = deps.events.now();
    const ordered = await deps.redactions.find(logIndex);
    const subject = subjectOf(eventIn(await deps.rows.find(logIndex)));
    const author = ordered?.orderedBy ?? ' nobody';
    const permit = deps.decide({ person, operation, author, subject, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { logIndex }, networksInScope: [] } as const;
    return auditedUse<RedactionOutcome>(deps, caller, use, async () => {
      if (ordered === undefined)
        return { value: { kind: 'not-found' }, counts: { redacted: 0 }, resultIds: [] };
      const decision = { ...request, by: person.username, atMs: nowMs };
      const decided = await stand(deps, ordered, decision);
      if (decided === undefined) return { value: decidedAlready, counts: { redacted: 0 }, resultIds: [] };
      const redaction =
        decided.decision.outcome === 'declined'
          ? await decline(deps, decided, caller, permit)
          : await destroy(deps, decided, caller, permit);
      return {
        value: { kind: 'stands', redaction },
        counts: { redacted: Number(redaction.state === 'done') },
        resultIds: [],
      };
    });
  };
}

/** The decision that stands now, if it is this one. */
async function stand(
  { redactions }: RedactionDeps,
  ordered: Redaction,
  decision: Decided['decision'],
): Promise<Decided | undefined> {
  if (ordered.state === 'ordered') {
    const decided = { ...ordered, state: decision.outcome, decision } as const;
    return (await redactions.store(decided, 'ordered')) === 'stored' ? decided : undefined;
  }
  const standing = ordered.decision;
  const isAgain =
    standing?.by === decision.by &&
    standing.outcome === decision.outcome &&
    standing.words === decision.words;
  return isAgain && standing !== undefined ? { ...ordered, decision: standing } : undefined;
}

async function decline(
  { onceAudit }: RedactionDeps,
  decided: Decided,
  caller: Caller,
  permit: Permit,
): Promise<Redaction> {
  const { logIndex, orderedBy, decision } = decided;
  await onceAudit.appendOnce(
    newEvent(stampOf('redaction-declined', decided), {
      kind: 'redaction-declined',
      ...whoDecides(caller),
      logIndex,
      orderedBy,
      words: decision.words,
      decision: decisionRecord(permit),
    }),
  );
  return decided;
}

async function destroy(
  deps: RedactionDeps,
  decided: Decided,
  caller: Caller,
  permit: Permit,
): Promise<Redaction> {
  const row = await deps.rows.find(decided.logIndex);
  if (row === undefined) throw new RangeError('no row says that it is at this place of the log');
  if (row.opening !== undefined) {
    const leaf = leafHash(entryOf(row.opening.event, row.opening.commitmentKey));
    await deps.onceAudit.appendOnce(redactedEvent(decided, leaf, caller, permit));
    await deps.rows.empty(row, leaf);
  }
  const done = { ...decided, state: 'done' } as const;
  if (decided.state !== 'done') await deps.redactions.store(done, 'confirmed');
  return done;
}

function redactedEvent(decided: Decided, leaf: Hash, caller: Caller, permit: Permit): AuditEvent {
  const { logIndex, orderedBy, because, authority, decision } = decided;
  return newEvent(stampOf('event-redacted', decided), {
    kind: 'event-redacted',
    ...whoDecides(caller),
    logIndex,
    leaf: Buffer.from(leaf).toString('base64'),
    orderedBy,
    because,
    authority,
    words: decision.words,
    decision: decisionRecord(permit),
  });
}

const whoDecides = ({ person, device }: Caller) =>
  ({ actor: actorOf(person), operation: 'decide-redaction', device }) as const;

/** Time and id are made of the decision that stands, so that it has one event. */
function stampOf(kind: string, { logIndex, orderedAtMs, decision }: Decided) {
  return {
    now: () => decision.atMs,
    newId: () => hashedUuid(`platekeeper ${kind} ${logIndex} ${orderedAtMs}`),
  };
}

const decidedAlready: RedactionOutcome = {
  kind: 'conflict',
  message: 'This redaction has been decided already.',
  remedy: 'List the redactions to see how.',
};
