import type { Configuration } from '../../core/contract/configuration';

/**
 * A configuration that says more than the SOP allows: dispatchers reach all agreed networks, and two more agencies have
 * an agreement, a federal one and one of another state. The rules hold all the same.
 */
export function caseConfiguration(configuration: Configuration): Configuration {
  const { agencyId, state } = configuration.department;
  const maySearch = configuration.networks.filter(({ agency }) => agency === agencyId).map(({ id }) => id);
  const agreed = { networks: [], maySearch, matchesHotLists: false, agreedUntil: '9999-12-31' };
  return {
    ...configuration,
    scopes: { ...configuration.scopes, dispatcher: 'own-and-agreed' },
    agencies: [
      ...configuration.agencies,
      { id: 'made-up-federal', name: 'Made-up federal agency', kind: 'federal', state, ...agreed },
      {
        id: 'made-up-federal-elsewhere',
        name: 'Made-up federal agency of another state',
        kind: 'federal',
        state: state === 'MO' ? 'KS' : 'MO',
        ...agreed,
      },
      {
        id: 'made-up-elsewhere',
        name: 'Made-up agency of another state',
        kind: 'municipal',
        state: state === 'MO' ? 'KS' : 'MO',
        ...agreed,
      },
    ],
  };
}
