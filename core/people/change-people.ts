import type { DecideAccess, Denial } from '../access/decision';
import type { Role } from '../access/roles';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { PersonAnswer } from '../contract/people';
import { changeFaults, type PersonFault } from './faults';
import type { PersonChange, StateConflict } from './life-cycle';
import type { Principal } from './person';
import { personAnswer } from './person-answer';
import type { Activities } from './ports';
import type { PersonChangedEvent, PersonRecord } from './record';
import { type StoreChangeDeps, storeChange } from './store-change';

export interface ChangePeopleDeps extends AuditDeps, StoreChangeDeps {
  readonly activities: Activities;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ChangePeopleOutcome =
  | { readonly kind: 'changed'; readonly person: PersonAnswer }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'invalid'; readonly faults: readonly PersonFault[] }
  | StateConflict
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' };

type Operation =
  | 'assign-person'
  | 'designate-person'
  | 'disable-person'
  | 'suspend-person'
  | 'reinstate-person'
  | 'record-training';

/**
 * One change of one person's access: decided by the policy on who it is about as the record stands, `requested` before
 * anything is stored, `answered` after everything was tried. Whether a name exists shows only to those who may make
 * the change of somebody without any office.
 */
export function changeAccess(deps: ChangePeopleDeps, operation: Operation) {
  const store = storeChange(deps);
  return async (username: string, change: PersonChange, caller: Caller): Promise<ChangePeopleOutcome> => {
    const nowMs = deps.events.now();
    const decide = (record: PersonRecord | undefined) =>
      deps.decide({
        person: caller.person,
        operation,
        subject: subjectOf(username, record),
        ...(record === undefined ? {} : { agencies: [record.agency] }),
        ...('role' in change ? { newRole: change.role } : {}),
        nowMs,
      });
    const asked = await deps.records.find(username);
    const permit = decide(asked);
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const agency = asked?.agency ?? deps.configuration.department.agencyId;
    const faults = changeFaults(change, agency, { configuration: deps.configuration, nowMs });
    if (faults.length > 0) return { kind: 'invalid', faults };

    const use = { operation, permit, queried: { username }, networksInScope: [] };
    return auditedUse<ChangePeopleOutcome>(deps, caller, use, async () => {
      const activity = (await deps.activities.of([username])).get(username);
      const stored = await store(username, change, { actor: actorOf(caller.person), decide, nowMs });
      if (stored.kind !== 'stored') return { value: stored, counts: { changed: 0 }, resultIds: [] };
      const { training } = deps.configuration;
      const person = personAnswer(stored.record, { training, activity, nowMs });
      return {
        value: { kind: 'changed', person },
        counts: { changed: Number(stored.isNew), unfinished: stored.unfinished },
        resultIds: [username],
      };
    });
  };
}

/** A name without a record is decided on like a person without any office, and is then not found. */
export function subjectOf(
  username: string,
  record: { readonly role: Role } | undefined,
): { readonly username: string; readonly role: Role } {
  return { username, role: record?.role ?? 'officer' };
}

/** Who changed somebody, as the event names him or her. */
export function actorOf({ username, agency, role, division }: Principal): PersonChangedEvent['actor'] {
  return { kind: 'person', username, agency, role, division };
}
