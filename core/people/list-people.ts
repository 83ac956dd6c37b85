import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { PersonAnswer } from '../contract/people';
import { personAnswer } from './person-answer';
import type { Activities, PeopleRecords } from './ports';

export interface ListPeopleDeps extends AuditDeps {
  readonly records: Pick<PeopleRecords, 'list'>;
  readonly activities: Activities;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type ListPeopleOutcome =
  | { readonly kind: 'listed'; readonly people: PersonAnswer[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** Everybody with a record, whether it opens anything or not, and when each was last used (Acct-A). */
export function listPeople(deps: ListPeopleDeps) {
  return async (caller: Caller): Promise<ListPeopleOutcome> => {
    const operation = 'list-people';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const people = await auditedUse(deps, caller, use, async () => {
      const records = await deps.records.list();
      const activities = await deps.activities.of(records.map(({ username }) => username));
      const { training } = deps.configuration;
      const value = records.map((record) =>
        personAnswer(record, { training, activity: activities.get(record.username), nowMs }),
      );
      return { value, counts: { people: value.length }, resultIds: [] };
    });
    return { kind: 'listed', people };
  };
}
