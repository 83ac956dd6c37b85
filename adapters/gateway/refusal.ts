import type { APIGatewayProxyResult } from 'aws-lambda';
import type { AuditDeps } from '../../core/audit/audited-use';
import { type Device, newEvent, type PersonActor } from '../../core/audit/event';
import { actorOf } from '../../core/audit/facts';
import type { OperationId } from '../../core/contract/operations';
import { type FieldFault, type ProblemKind, problem } from '../../core/contract/problem';
import type { Person } from '../../core/people/person';
import { problemResult, type RefusedUse } from './reply';

/** Why a use is refused, and the clause behind it. */
export interface Refused {
  readonly denial: {
    readonly clause: string;
    readonly message: string;
    readonly remedy: string;
    readonly rules?: readonly string[];
    readonly policyVersion?: string;
  };
  readonly use?: RefusedUse;
  /** The kind of problem told; a policy refusal when absent. */
  readonly as?: ProblemKind;
  readonly fields?: readonly FieldFault[];
}

/** Refuses on behalf of a person on record, or of a name (absent: not even that) that has no record. */
export type Refuse = (who: Person | string | undefined, refused: Refused) => Promise<APIGatewayProxyResult>;

/** Makes the one place that refuses in a request: the event is durable first, then the caller is told. */
export function refusal(request: {
  readonly deps: AuditDeps;
  readonly operation: OperationId;
  readonly requestId: string;
  readonly device: Device;
}): Refuse {
  const { deps, operation, requestId, device } = request;
  return async (who, { denial, use, as = 'policy-refusal', fields }) => {
    const { clause, message, remedy, rules = [], policyVersion } = denial;
    await deps.audit.append(
      newEvent(deps.events, {
        kind: 'refused',
        actor: actorFor(who),
        operation,
        device,
        ...use,
        decision: { outcome: 'deny', clause, message, rules: [...rules], policyVersion },
      }),
    );
    const facts = { detail: message, clause, remedy, ...(fields ? { fields } : {}) };
    return problemResult(problem(as, facts, requestId));
  };
}

function actorFor(who: Person | string | undefined): PersonActor {
  if (typeof who === 'object') return actorOf(who);
  return { kind: 'stranger', username: who ?? '' };
}
