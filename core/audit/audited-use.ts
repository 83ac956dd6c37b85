import type { Permit } from '../access/decision';
import type { Purpose } from '../access/purpose';
import type { Reason } from '../access/reason';
import type { OperationId } from '../contract/operations';
import type { Principal } from '../people/person';
import { type Device, type EventSource, newEvent, type Queried } from './event';
import { actorOf, decisionRecord } from './facts';
import type { AuditLog } from './ports';

export interface AuditDeps {
  readonly audit: AuditLog;
  readonly events: EventSource;
}

/** Who calls, from where, and the id of this request: it names the reply and both of its events. */
export interface Caller {
  readonly person: Principal;
  readonly device: Device;
  readonly requestId: string;
}

/** A use that the policy permitted. */
export interface PermittedUse {
  readonly operation: OperationId;
  readonly permit: Permit;
  readonly queried: Queried;
  readonly networksInScope: readonly string[];
  readonly purpose?: Purpose;
  readonly reason?: Reason;
}

/** What came of it, as the log keeps it: how much, and which ids. */
export interface UseResult<Value> {
  readonly value: Value;
  readonly counts: Readonly<Record<string, number>>;
  readonly resultIds: readonly string[];
}

/**
 * No audit, no answer: `requested` is durable before `act` touches data, `answered` before its value is handed on.
 * Whoever dies between leaves an unclosed pair, which is a finding; an answer without its two events cannot exist.
 * Rejects with what the audit log or `act` rejected with; then nothing may be answered.
 */
export async function auditedUse<Value>(
  deps: AuditDeps,
  caller: Caller,
  use: PermittedUse,
  act: () => Promise<UseResult<Value>>,
): Promise<Value> {
  const { person, device, requestId } = caller;
  const who = { actor: actorOf(person), operation: use.operation, device, requestId };
  await deps.audit.append(
    newEvent(deps.events, {
      kind: 'requested',
      ...who,
      queried: use.queried,
      networksInScope: [...use.networksInScope],
      purpose: use.purpose,
      reason: use.reason,
      decision: decisionRecord(use.permit),
    }),
  );
  const { value, counts, resultIds } = await act();
  await deps.audit.append(
    newEvent(deps.events, { kind: 'answered', ...who, counts: { ...counts }, resultIds: [...resultIds] }),
  );
  return value;
}
