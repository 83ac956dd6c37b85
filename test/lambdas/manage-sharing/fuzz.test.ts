import fc from 'fast-check';
import { StoredExternalRequests } from '../../../adapters/sharing/external-requests';
import { roles } from '../../../core/access/roles';
import { operationList } from '../../../core/contract/operations';
import { sharingOperations } from '../../../core/contract/operations/sharing';
import { makeHandler as makeRequests } from '../../../lambdas/manage-external-requests/handler';
import { type LocalDynamo, startDynamo } from '../../adapters/local-dynamo';
import { madePerson } from '../../core/people/made-person';
import { fuzzedCalls } from '../../e2e/support/fuzzed-calls';
import { callOf, configuration, decide, madeSharing } from './made-sharing';

const known = {
  id: 'peoria-pd',
  agencyId: 'peoria-pd',
  agreementId: '00000000-0000-4000-8000-0000000000aa',
  requestId: '00000000-0000-4000-8000-0000000000bb',
  opensToUs: 'peoria',
  searchesOurs: 'bloomington',
  state: 'IL',
  plate: 'TEST123',
};
const staff = roles.map((role) => madePerson({ username: `made-up.fuzz-${role}`, role, division: 'ciau' }));

const runs = process.env.DEEP ? 200 : 10;

let local: LocalDynamo;
beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Sharing', 'pk', 'sk');
  await local.createTable('Requests', 'pk', 'sk');
});
afterAll(() => local.stop());

it('answers or refuses whatever anybody sends, never fails, and answers nothing that is not on record [Access-C]', async () => {
  const { api, call, search } = madeSharing(local, staff);
  const requests = makeRequests({
    ...search.deps,
    ...api.deps,
    configuration,
    decide,
    allowance: { take: async () => undefined, takeResults: async () => undefined },
    requests: new StoredExternalRequests({ dynamo: local.dynamo, table: 'Requests' }),
  });
  const statuses = new Set<number>();
  for (const operation of operationList.filter(({ id }) => id in sharingOperations)) {
    const calls = fc.record({ fuzzed: fuzzedCalls(operation, known), person: fc.constantFrom(...staff) });
    const answersWell = fc.asyncProperty(calls, async ({ fuzzed, person }) => {
      const before = api.events.length;
      const path = pathOf(operation.path, fuzzed.path.split('?')[0] ?? '');
      const facts = { path, body: fuzzed.body };
      const { status } =
        operation.id.endsWith('external-request') || operation.id.endsWith('external-requests')
          ? await callOf(requests, operation.id, person.username, facts)
          : await call(operation.id, person.username, facts);
      statuses.add(status);
      expect(status).toBeLessThan(500);
      if (status < 300) expect(api.events.length).toBe(before + 2);
    });
    await fc.assert(answersWell, { numRuns: runs });
  }
  expect(api.reports).toEqual([]);
  expect([...statuses]).toEqual(expect.arrayContaining([400, 403]));
}, 300_000);

/** The parameters of a filled-in path, as the gateway hands them on. */
function pathOf(template: string, filled: string): Record<string, string> {
  const parts = filled.split('/');
  const names = template.split('/').map((each) => /^\{(.+)\}$/.exec(each)?.[1]);
  return Object.fromEntries(
    names.flatMap((name, at) => (name === undefined ? [] : [[name, decodeURIComponent(parts[at] ?? '')]])),
  );
}
