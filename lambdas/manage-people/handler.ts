import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import { type ChangePeopleDeps, changeAccess } from '../../core/people/change-people';
import type { EnrolPersonDeps } from '../../core/people/enrol-person';
import { enrolPerson } from '../../core/people/enrol-person';
import { type ListPeopleDeps, listPeople } from '../../core/people/list-people';
import type { PeopleRecords } from '../../core/people/ports';
import { replyTo } from './reply';

export type ManagePeopleDeps = ApiDeps &
  ChangePeopleDeps &
  EnrolPersonDeps &
  ListPeopleDeps & { readonly records: PeopleRecords };

/** POST and GET /v1/people, and what is done with one of them under /v1/people/{username}. */
export function makeHandler(deps: ManagePeopleDeps): ApiHandler {
  const enrol = enrolPerson(deps);
  const assign = changeAccess(deps, 'assign-person');
  const designate = changeAccess(deps, 'designate-person');
  const disable = changeAccess(deps, 'disable-person');
  const suspend = changeAccess(deps, 'suspend-person');
  const reinstate = changeAccess(deps, 'reinstate-person');
  const train = changeAccess(deps, 'record-training');
  return routeOperations({
    'enrol-person': apiHandler({
      operation: 'enrol-person',
      deps,
      handle: async ({ body }, caller) => replyTo(body.username, await enrol(body, caller)),
    }),
    'assign-person': apiHandler({
      operation: 'assign-person',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await assign(username, { kind: 'assigned', ...body }, caller)),
    }),
    'designate-person': apiHandler({
      operation: 'designate-person',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await designate(username, { kind: 'designated', ...body }, caller)),
    }),
    'disable-person': apiHandler({
      operation: 'disable-person',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await disable(username, { kind: 'disabled', ...body }, caller)),
    }),
    'suspend-person': apiHandler({
      operation: 'suspend-person',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await suspend(username, { kind: 'suspended', ...body }, caller)),
    }),
    'reinstate-person': apiHandler({
      operation: 'reinstate-person',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await reinstate(username, { kind: 'reinstated', ...body }, caller)),
    }),
    'record-training': apiHandler({
      operation: 'record-training',
      deps,
      handle: async ({ path: { username }, body }, caller) =>
        replyTo(username, await train(username, { kind: 'trained', ...body }, caller)),
    }),
    'list-people': listHandler(deps),
  });
}

function listHandler(deps: ManagePeopleDeps): ApiHandler {
  const list = listPeople(deps);
  return apiHandler({
    operation: 'list-people',
    deps,
    handle: async (_, caller) => {
      const outcome = await list(caller);
      if (outcome.kind === 'refused') return outcome;
      return { kind: 'answer', body: { people: outcome.people } };
    },
  });
}
