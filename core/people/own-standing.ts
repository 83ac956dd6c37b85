import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Configuration } from '../contract/configuration';
import type { OwnStanding } from '../contract/people';
import { networksInScope } from '../sharing/scope';
import { personAnswer } from './person-answer';
import type { Activities, PeopleRecords } from './ports';

export interface ShowOwnStandingDeps extends AuditDeps {
  readonly records: Pick<PeopleRecords, 'find'>;
  readonly activities: Activities;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type OwnStandingOutcome =
  | { readonly kind: 'shown'; readonly standing: OwnStanding }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' };

/** How one's own access stands, which networks it opens now, and what this call was made with. */
export function showOwnStanding(deps: ShowOwnStandingDeps) {
  return async (caller: Caller): Promise<OwnStandingOutcome> => {
    const { person } = caller;
    const { username, device } = person;
    const operation = 'show-own-standing';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const networks = [...networksInScope(deps.configuration, person, nowMs)];
    const use = { operation, permit, queried: { username }, networksInScope: networks } as const;
    return auditedUse<OwnStandingOutcome>(deps, caller, use, async () => {
      const record = await deps.records.find(username);
      if (record === undefined) return { value: { kind: 'not-found' }, counts: { shown: 0 }, resultIds: [] };
      const activity = (await deps.activities.of([username])).get(username);
      const { training } = deps.configuration;
      const answer = personAnswer(record, { training, activity, nowMs });
      return {
        value: { kind: 'shown', standing: { person: answer, networks, device } },
        counts: { shown: 1 },
        resultIds: [],
      };
    });
  };
}
