import type { Configuration } from '../contract/configuration';
import type { Person } from '../people/person';
import { knownAgencies, type SharingNow, termsWith } from './sharing-now';

/**
 * The networks that somebody's searches reach at this moment (Access-D): local ones, own and agreed ones, or what
 * the agreement of a partner's agency names. What was agreed is a live fact of the person's, read on this call.
 */
export function networksInScope(
  configuration: Configuration,
  person: Pick<Person, 'role' | 'agency' | 'sharing'>,
  nowMs: number,
): readonly string[] {
  const reach = configuration.scopes[person.role];
  const { sharing } = person;
  if (reach === 'agreement') return partnerNetworks(configuration, person, nowMs);
  if (person.agency !== configuration.department.agencyId) return [];
  switch (reach) {
    case 'local':
      return localNetworks(configuration, sharing, nowMs);
    case 'own-and-agreed':
      return ownAndAgreedNetworks(configuration, sharing, nowMs);
    case 'none':
      return [];
    default:
      return reach satisfies never;
  }
}

/** The Department's networks and those of agencies whose sharing agreement holds (Access-D.2, Storage-E). */
export function ownAndAgreedNetworks(
  configuration: Configuration,
  sharing: SharingNow,
  nowMs: number,
): readonly string[] {
  const agreed = new Set(
    knownAgencies(configuration, sharing).flatMap(({ id }) => {
      const opened = termsWith({ configuration, sharing }, id, nowMs)?.opensToUs ?? [];
      return opened.map((network) => ownedBy(id, network));
    }),
  );
  const { agencyId } = configuration.department;
  return configuration.networks
    .filter((each) => each.agency === agencyId || agreed.has(ownedBy(each.agency, each.id)))
    .map((each) => each.id);
}

/** The local ones of those (Access-D.1): a neighbour's network closes to dispatchers too when its agreement ends. */
export function localNetworks(
  configuration: Configuration,
  sharing: SharingNow,
  nowMs: number,
): readonly string[] {
  const local = new Set(configuration.networks.filter((each) => each.local).map((each) => each.id));
  return ownAndAgreedNetworks(configuration, sharing, nowMs).filter((each) => local.has(each));
}

/** Networks of the agency that runs this system. */
export function departmentNetworks({ department, networks }: Configuration): readonly string[] {
  return networks.filter(({ agency }) => agency === department.agencyId).map(({ id }) => id);
}

/** Never another agency's, whatever an agreement says: their records are not the Department's to pass on (Storage-C). */
function partnerNetworks(
  configuration: Configuration,
  { agency, sharing }: Pick<Person, 'agency' | 'sharing'>,
  nowMs: number,
): readonly string[] {
  const own = departmentNetworks(configuration);
  const terms = termsWith({ configuration, sharing }, agency, nowMs);
  return (terms?.searchesOurs ?? []).filter((each) => own.includes(each));
}

/** An agency opens its own networks and nobody else's. */
function ownedBy(agency: string, network: string): string {
  return `${agency} ${network}`;
}
