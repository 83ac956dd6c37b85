import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { actorOf as auditActorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type { FindingDecision } from '../contract/findings';
import { hashedUuid } from '../hashed-uuid';
import { actorOf } from '../people/change-people';
import { type EndAccessDeps, finishChange } from '../people/finish-change';
import { changePerson, type StateConflict } from '../people/life-cycle';
import type { PeopleRecords } from '../people/ports';
import type { PersonRecord } from '../people/record';
import { nextRecord, tellLastChange } from '../people/store-change';
import type { Finding } from './finding';
import type { Findings } from './ports';
import { nobody, subjectRole } from './subject';

export interface DecideFindingDeps extends AuditDeps, EndAccessDeps {
  readonly findings: Pick<Findings, 'find' | 'storeDecision'>;
  readonly records: Pick<PeopleRecords, 'find'>;
  readonly onceAudit: OnceAuditLog;
  readonly decide: DecideAccess;
}

export type DecideFindingOutcome =
  | { readonly kind: 'decided'; readonly finding: Finding }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | StateConflict
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' };

type Decided = Finding & { readonly decision: NonNullable<Finding['decision']> };

/** A decision is taken anew this often when the finding or the person's record was changed between. */
const attemptsMax = 5;

/**
 * Explains, upholds or refers a finding, once. Upholding and referring suspend (Acct-C, Acct-D): the decision and the
 * suspension are one transaction, so that neither stands without the other. Then, in this order, `finding-decided` and
 * `person-changed` are durable, and sign-ins and open connections are ended. Whoever dies after the transaction has
 * suspended somebody all the same; the same decision by the same user again completes what is left.
 */
export function decideFinding(deps: DecideFindingDeps) {
  return async (
    findingId: string,
    request: FindingDecision,
    caller: Caller,
  ): Promise<DecideFindingOutcome> => {
    const { person } = caller;
    const operation = 'decide-finding';
    const nowMs = deps.events.now();
    const asked = await look(deps, findingId);
    const permitOf = ({ finding, record }: Looked) =>
      deps.decide({ person, operation, subject: subjectOf(finding, record), nowMs });
    const permit = permitOf(asked);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };

    const username = asked.finding?.username;
    const queried = { findingId, ...(username === undefined ? {} : { username }) };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    return auditedUse<DecideFindingOutcome>(deps, caller, use, async () => {
      const outcome = await storeDecision(deps, { findingId, request, caller, nowMs, permitOf });
      if (outcome.kind !== 'stored') return { value: outcome, counts: { decided: 0 }, resultIds: [] };
      const { finding, record } = outcome;
      await deps.onceAudit.appendOnce(decidedEvent(finding, caller, permit));
      const unfinished = record === undefined ? 0 : await endAccess(deps, record);
      return {
        value: { kind: 'decided', finding },
        counts: { decided: 1, [finding.decision.outcome]: 1, unfinished },
        resultIds: [findingId],
      };
    });
  };
}

interface Looked {
  readonly finding: Finding | undefined;
  readonly record: PersonRecord | undefined;
}

async function look(deps: DecideFindingDeps, findingId: string): Promise<Looked> {
  const finding = await deps.findings.find(findingId);
  const username = finding?.username;
  const record = username === undefined ? undefined : await deps.records.find(username);
  return { finding, record };
}

/** A missing finding is decided on like one about nobody in particular, and is then not found. */
function subjectOf(finding: Finding | undefined, record: PersonRecord | undefined) {
  if (finding === undefined) return { username: nobody, role: 'officer' } as const;
  return { username: finding.username ?? nobody, role: subjectRole(finding, record?.role) };
}

type StoredDecision =
  | { readonly kind: 'stored'; readonly finding: Decided; readonly record?: PersonRecord }
  | Exclude<DecideFindingOutcome, { readonly kind: 'decided' }>;

async function storeDecision(
  deps: DecideFindingDeps,
  asked: {
    readonly findingId: string;
    readonly request: FindingDecision;
    readonly caller: Caller;
    readonly nowMs: number;
    readonly permitOf: (looked: Looked) => Permit | Denial;
  },
): Promise<StoredDecision> {
  const { findingId, request, caller, nowMs, permitOf } = asked;
  for (let attempt = 1; attempt <= attemptsMax; attempt++) {
    const looked = await look(deps, findingId);
    const { finding, record } = looked;
    if (finding === undefined) return { kind: 'not-found' };
    const permit = permitOf(looked);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    if (finding.decision !== undefined)
      return standing(finding, finding.decision, { request, caller, record });

    const decision = { ...request, by: caller.person.username, atMs: nowMs };
    const decided = { ...finding, decision };
    const person =
      request.outcome === 'explained' ? undefined : record && suspend(deps, record, asked, permit);
    if (record !== undefined) await tellLastChange(deps, record);
    if ((await deps.findings.storeDecision({ finding: decided, ...(person ? { person } : {}) })) === 'stored')
      return { kind: 'stored', finding: decided, ...(person ? { record: person.record } : {}) };
  }
  return { kind: 'busy' };
}

function suspend(
  { events }: DecideFindingDeps,
  record: PersonRecord,
  { findingId, request, caller, nowMs }: Parameters<typeof storeDecision>[1],
  permit: Permit,
): NonNullable<Parameters<Findings['storeDecision']>[0]['person']> {
  const because = `finding ${request.outcome}`;
  const outcome = changePerson(record, { kind: 'suspended', because, findingId }, nowMs);
  if (outcome.kind !== 'changed') return { kind: 'unchanged', record };
  const by = { actor: actorOf(caller.person), nowMs, decision: decisionRecord(permit) };
  return { kind: 'suspended', record: nextRecord(events, record, outcome, by) };
}

/** The same decision by the same user was cut off, or comes twice; any other is too late. */
function standing(
  finding: Finding,
  decision: Decided['decision'],
  again: {
    readonly request: FindingDecision;
    readonly caller: Caller;
    readonly record: PersonRecord | undefined;
  },
): StoredDecision {
  const { request, caller, record } = again;
  const isSame =
    decision.by === caller.person.username &&
    decision.outcome === request.outcome &&
    decision.words === request.words;
  if (!isSame) return decidedAlready;
  // Reinstated since, or only explained: nothing is to be ended.
  const isEnded = decision.outcome !== 'explained' && record?.suspended === true;
  return { kind: 'stored', finding: { ...finding, decision }, ...(isEnded ? { record } : {}) };
}

async function endAccess(deps: DecideFindingDeps, record: PersonRecord): Promise<number> {
  await tellLastChange(deps, record);
  return finishChange(deps, record, 'suspended');
}

/** Time and id are made of the decision that stands, so that it has one event. */
function decidedEvent({ findingId, username, decision }: Decided, caller: Caller, permit: Permit) {
  const stamp = {
    now: () => decision.atMs,
    newId: () => hashedUuid(`platekeeper finding-decided ${findingId}`),
  };
  return newEvent(stamp, {
    kind: 'finding-decided',
    actor: auditActorOf(caller.person),
    operation: 'decide-finding',
    device: caller.device,
    findingId,
    ...(username === undefined ? {} : { username }),
    outcome: decision.outcome,
    words: decision.words,
    decision: decisionRecord(permit),
  });
}

const decidedAlready: StateConflict = {
  kind: 'conflict',
  clause: 'Acct-A',
  message: 'This finding has been decided already.',
  remedy: 'List the decided findings to see how.',
};
