import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Queried } from '../audit/event';
import type { Configuration } from '../contract/configuration';
import type { TicketResponse } from '../contract/tickets';
import { networksInScope } from '../sharing/scope';
import type { LiveCaller, Tickets } from './ports';

export interface IssueTicketDeps extends AuditDeps {
  readonly tickets: Pick<Tickets, 'issue'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type TicketOutcome =
  | { readonly kind: 'issued'; readonly response: TicketResponse }
  | { readonly kind: 'refused'; readonly denial: Denial; readonly queried: Queried };

/** A ticket for one live connection of somebody who may see alerts now (Access-G), as an audited use. */
export function issueTicket(deps: IssueTicketDeps) {
  return async (caller: Caller): Promise<TicketOutcome> => {
    const { person } = caller;
    const nowMs = deps.events.now();
    const operation = 'issue-ticket';
    const networks = networksInScope(deps.configuration, person, nowMs);
    const queried = { networks: [...networks] };
    const permit = deps.decide({ person, operation, networks, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit, queried };
    const use = { operation, permit, queried, networksInScope: networks } as const;
    const response = await auditedUse(deps, caller, use, async () => {
      const { ticket, expiresAtMs } = await deps.tickets.issue(liveCallerOf(caller));
      const value = { ticket, expiresAt: new Date(expiresAtMs).toISOString() };
      return { value, counts: { tickets: 1 }, resultIds: [] };
    });
    return { kind: 'issued', response };
  };
}

/** What the ticket hands on of this call, so that its connection is never of a better device or sign-in. */
function liveCallerOf({ person, device: { deviceId, sessionId } }: Caller): LiveCaller {
  return {
    username: person.username,
    device: person.device,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}
