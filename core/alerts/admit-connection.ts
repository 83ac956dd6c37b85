import type { AuditDeps } from '../audit/audited-use';
import { type Device, newEvent } from '../audit/event';
import { actorOf } from '../audit/facts';
import type { LiveCaller, Tickets } from './ports';
import { type ReceiverDeps, receiverOf } from './receiver';

export interface AdmitConnectionDeps extends AuditDeps, ReceiverDeps {
  readonly tickets: Pick<Tickets, 'take'>;
  /** Whether an address is of a network of the Department. */
  readonly isOwnAddress: (address: string) => boolean;
}

export type ConnectionAdmission =
  | { readonly kind: 'admitted'; readonly caller: LiveCaller }
  /** `unknown-ticket` names nobody, so the gateway's own log is all that is kept of it. */
  | {
      readonly kind: 'refused';
      readonly because: 'unknown-ticket' | 'not-allowed';
      readonly isUndecidable?: true;
    };

/**
 * Lets a live connection in for a ticket, which is used up whatever comes of it. Its holder must be allowed live
 * alerts at this moment too, by the device and sign-in that the ticket was asked for with; a refusal of somebody known
 * is durable in the audit log first.
 */
export function admitConnection(deps: AdmitConnectionDeps) {
  return async (ticket: string, address: string): Promise<ConnectionAdmission> => {
    const holder = await deps.tickets.take(ticket);
    if (holder === undefined) return { kind: 'refused', because: 'unknown-ticket' };
    const caller = { ...holder, device: deviceAt(deps, holder, address) };
    const receiver = await receiverOf(deps, caller, deps.events.now());
    if (receiver.kind === 'receives') return { kind: 'admitted', caller };
    const { clause, message, rules, policyVersion, isUndecidable } = receiver.denial;
    const { username } = caller;
    await deps.audit.append(
      newEvent(deps.events, {
        kind: 'refused',
        actor: receiver.person === undefined ? { kind: 'stranger', username } : actorOf(receiver.person),
        operation: 'open-connection',
        device: deviceOf(caller, address),
        decision: { outcome: 'deny', clause, message, rules: [...rules], policyVersion },
      }),
    );
    return { kind: 'refused', because: 'not-allowed', ...(isUndecidable ? { isUndecidable } : {}) };
  };
}

/** A console that was known by its network alone must open the socket from one too: a ticket can be carried away. */
function deviceAt({ isOwnAddress }: AdmitConnectionDeps, { device, deviceId }: LiveCaller, address: string) {
  const isByNetwork = device === 'department-console' && deviceId === undefined;
  return isByNetwork && !isOwnAddress(address) ? 'unknown' : device;
}

function deviceOf({ device, deviceId, sessionId }: LiveCaller, address: string): Device {
  return {
    address,
    proven: device,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}
