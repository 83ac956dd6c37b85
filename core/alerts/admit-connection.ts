import type { AuditDeps } from '../audit/audited-use';
import { type Device, newEvent } from '../audit/event';
import { actorOf } from '../audit/facts';
import type { Tickets } from './ports';
import { type ReceiverDeps, receiverOf } from './receiver';

export interface AdmitConnectionDeps extends AuditDeps, ReceiverDeps {
  readonly tickets: Pick<Tickets, 'take'>;
}

export type ConnectionAdmission =
  | { readonly kind: 'admitted'; readonly username: string }
  /** `unknown-ticket` names nobody, so the gateway's own log is all that is kept of it. */
  | { readonly kind: 'refused'; readonly because: 'unknown-ticket' | 'not-allowed' };

/**
 * Lets a live connection in for a ticket, which is used up whatever comes of it. Its holder must be allowed live
 * alerts at this moment too; a refusal of somebody known is durable in the audit log first.
 */
export function admitConnection(deps: AdmitConnectionDeps) {
  return async (ticket: string, device: Device): Promise<ConnectionAdmission> => {
    const username = await deps.tickets.take(ticket);
    if (username === undefined) return { kind: 'refused', because: 'unknown-ticket' };
    const receiver = await receiverOf(deps, username, deps.events.now());
    if (receiver.kind === 'receives') return { kind: 'admitted', username };
    const { clause, message, rules, policyVersion } = receiver.denial;
    await deps.audit.append(
      newEvent(deps.events, {
        kind: 'refused',
        actor: receiver.person === undefined ? { kind: 'stranger', username } : actorOf(receiver.person),
        operation: 'open-connection',
        device,
        decision: { outcome: 'deny', clause, message, rules: [...rules], policyVersion },
      }),
    );
    return { kind: 'refused', because: 'not-allowed' };
  };
}
