import type { APIGatewayProxyResult } from 'aws-lambda';
import type { AuditDeps } from '../../core/audit/audited-use';
import { type Device, newEvent, type PersonActor } from '../../core/audit/event';
import { actorOf } from '../../core/audit/facts';
import type { OperationId } from '../../core/contract/operations';
import { type FieldFault, type ProblemKind, problem } from '../../core/contract/problem';
import type { FindingCause } from '../../core/findings/finding';
import type { Person } from '../../core/people/person';
import { type RaiseDeps, raiseFindings } from './raise-findings';
import { findingsOfRefusal } from './refusal-findings';
import { problemResult, type RefusedUse } from './reply';

/** Why a use is refused, and the clause behind it. */
export interface Refused {
  readonly denial: {
    readonly clause: string;
    readonly message: string;
    readonly remedy: string;
    readonly rules?: readonly string[];
    readonly policyVersion?: string;
    readonly isUndecidable?: true;
  };
  readonly use?: RefusedUse;
  /** The kind of problem told; a policy refusal when absent. */
  readonly as?: ProblemKind;
  readonly fields?: readonly FieldFault[];
  /** What is found amiss beside it; each rests on the refusal's event. */
  readonly findings?: readonly Omit<FindingCause, 'eventIds'>[];
}

/** Who is refused: somebody on record, or a name (absent: not even that) without one. */
export type Who = Person | string | undefined;

export type Refuse = (who: Who, refused: Refused, device: Device) => Promise<APIGatewayProxyResult>;

export type RefusalDeps = AuditDeps & RaiseDeps;

/**
 * Makes the one place that refuses in a request: the event is durable first, then what it shows to be amiss is raised,
 * then the caller is told.
 */
export function refusal(request: {
  readonly deps: RefusalDeps;
  readonly operation: OperationId;
  readonly requestId: string;
}): Refuse {
  const { deps, operation, requestId } = request;
  return async (who, refused, device) => {
    const { denial, use, as = 'policy-refusal', fields } = refused;
    const { clause, message, remedy, rules = [], policyVersion } = denial;
    const event = newEvent(deps.events, {
      kind: 'refused',
      actor: actorFor(who),
      operation,
      device,
      ...use,
      decision: { outcome: 'deny', clause, message, rules: [...rules], policyVersion },
    });
    await deps.audit.append(event);
    if (denial.isUndecidable) deps.counters.count('PolicyUndecidable', 1);
    const person = typeof who === 'object' ? who : undefined;
    const causes = person === undefined ? [] : findingsOfRefusal(refused, { person, operation, event });
    await raiseFindings(deps, { requestId, operation }, causes);
    const facts = { detail: message, clause, remedy, ...(fields ? { fields } : {}) };
    return problemResult(problem(as, facts, requestId));
  };
}

function actorFor(who: Who): PersonActor {
  if (typeof who === 'object') return actorOf(who);
  return { kind: 'stranger', username: who ?? '' };
}
