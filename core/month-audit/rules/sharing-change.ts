import type { Role } from '../../access/roles';
import type { AuditEvent } from '../../audit/event';
import { sharingChanges } from '../../contract/operations/sharing';
import { type EventRef, evidenceOf, type MonthFinding } from '../month-finding';
import type { MonthRule } from '../rule';

/** What changes who may see whose records: agencies, agreements, grants, and their end. */
const changing: ReadonlySet<string> = new Set(sharingChanges);
/** A federal agency saw historical data (Storage-F): never only taken note of. */
const grave = 'approve-exigent-grant';
const refsMax = 1_000;

interface Changes {
  readonly username: string;
  role: Role;
  readonly refs: EventRef[];
  hasGrave: boolean;
}

/** Every change of sharing is looked at once more by somebody else than who made it (Storage-E, Storage-F). */
export class SharingChange implements MonthRule {
  readonly #users = new Map<string, Changes>();

  add(event: AuditEvent): void {
    if (event.kind !== 'requested' || event.actor.kind !== 'person' || !changing.has(event.operation)) return;
    const { username, role } = event.actor;
    const user = this.#users.get(username) ?? { username, role, refs: [], hasGrave: false };
    user.role = role;
    user.hasGrave ||= event.operation === grave;
    if (user.refs.length < refsMax) user.refs.push({ eventId: event.eventId, atMs: event.atMs });
    this.#users.set(username, user);
  }

  finish(): readonly MonthFinding[] {
    return [...this.#users.values()].map(({ username, role, refs, hasGrave }) => ({
      kind: 'sharing-change',
      severity: hasGrave ? 'medium' : 'low',
      username,
      role,
      cause: 'month',
      clause: hasGrave ? 'Storage-F' : 'Storage-E',
      summary: `${refs.length} changes of who may see whose records${hasGrave ? ', an exigent grant to a federal agency among them' : ''}.`,
      ...evidenceOf(refs),
    }));
  }
}
