import type { Agency, Configuration } from '../contract/configuration';
import type { Person } from '../people/person';

/**
 * The networks that somebody's searches reach at this moment (Access-D): local ones, own and agreed ones, or what
 * the agreement of a partner's agency names. An agreement ends with its last day, for all requests after it.
 */
export function networksInScope(
  configuration: Configuration,
  person: Pick<Person, 'role' | 'agency'>,
  nowMs: number,
): readonly string[] {
  const reach = configuration.scopes[person.role];
  if (reach === 'agreement') return partnerNetworks(configuration, person.agency, nowMs);
  if (person.agency !== configuration.department.agencyId) return [];
  switch (reach) {
    case 'local':
      return localNetworks(configuration, nowMs);
    case 'own-and-agreed':
      return ownAndAgreedNetworks(configuration, nowMs);
    case 'none':
      return [];
    default:
      return reach satisfies never;
  }
}

/** The Department's networks and those of agencies whose sharing agreement holds (Access-D.2, Storage-E). */
export function ownAndAgreedNetworks(configuration: Configuration, nowMs: number): readonly string[] {
  const agreed = new Set(
    configuration.agencies.filter((each) => isAgreed(each, nowMs)).flatMap((each) => each.networks),
  );
  return configuration.networks
    .filter((each) => each.agency === configuration.department.agencyId || agreed.has(each.id))
    .map((each) => each.id);
}

/** The local ones of those (Access-D.1): a neighbour's network closes to dispatchers too when its agreement ends. */
export function localNetworks(configuration: Configuration, nowMs: number): readonly string[] {
  const local = new Set(configuration.networks.filter((each) => each.local).map((each) => each.id));
  return ownAndAgreedNetworks(configuration, nowMs).filter((each) => local.has(each));
}

function partnerNetworks(configuration: Configuration, agencyId: string, nowMs: number): readonly string[] {
  const agency = configuration.agencies.find((each) => each.id === agencyId);
  return agency && isAgreed(agency, nowMs) ? agency.maySearch : [];
}

/** Whether the agreement covers this moment; its last day counts whole, in UTC. */
export function isAgreed(agency: Agency, nowMs: number): boolean {
  if (agency.agreedUntil === undefined) return false;
  return nowMs < Date.parse(`${agency.agreedUntil}T00:00:00Z`) + 24 * 3_600_000;
}
