import { apiHandler } from '../../../adapters/gateway/api-handler';
import type { OperationId } from '../../../core/contract/operations';
import type { Principal } from '../../../core/people/person';
import { madePerson } from '../../core/people/made-person';
import { type CallFacts, madeApi, madeCall, madeContext } from './made-call';

const feed = madePerson({
  username: 'feed-client',
  role: 'personnel-feed',
  trainedUntilMs: 0,
  onDuty: false,
  sworn: false,
});
/** What the client-credentials grant puts into a token. */
const machine = {
  username: undefined,
  origin_jti: undefined,
  client_id: 'feed-client',
  scope: 'platekeeper/personnel',
};

it('lets the personnel system in as a machine, untrained and from anywhere', async () => {
  const { status, seen, events } = await call('import-personnel', {
    claims: machine,
    address: '198.51.100.9',
  });
  expect(status).toBe(404);
  expect(seen).toMatchObject([{ username: 'feed-client', role: 'personnel-feed', device: 'machine' }]);
  expect(events).toEqual([]);
});

it('opens nothing else to it [Access-C]', async () => {
  const { status, events } = await call('list-people', { claims: machine });
  expect(status).toBe(403);
  expect(events).toMatchObject([{ kind: 'refused', actor: { username: 'feed-client' } }]);
});

it.each([
  ['suspended', { suspended: true }, 'Acct-C'],
  ['disabled', { disabled: true }, 'Access-C'],
])('refuses it while it is %s', async (_, facts, clause) => {
  const { status, events } = await call('import-personnel', { claims: machine }, [{ ...feed, ...facts }]);
  expect(status).toBe(403);
  expect(events).toMatchObject([{ kind: 'refused', decision: { clause } }]);
});

it.each([
  ['a machine that has no record', { claims: { ...machine, client_id: 'other-client' } }],
  ['a machine named like a person', { claims: { ...machine, client_id: 'made-up.officer' } }],
  [
    'a machine with a second scope',
    { claims: { ...machine, scope: 'platekeeper/personnel platekeeper/api' } },
  ],
  ['a person named like the machine', { username: 'feed-client' }],
  ['a person with the feed’s scope alone', { scope: 'platekeeper/personnel' }],
])('lets no feed in from %s [Access-C]', async (_, facts) => {
  const { status, seen } = await call('import-personnel', facts, [feed, madePerson()]);
  expect(status).toBe(403);
  expect(seen).toEqual([]);
});

async function call(operation: OperationId, facts: CallFacts, people = [feed]) {
  const api = madeApi(people);
  const seen: Principal[] = [];
  const handler = apiHandler({
    operation,
    deps: api.deps,
    handle: async (_, { person }) => {
      seen.push(person);
      return { kind: 'problem', problem: 'not-found', facts: { detail: 'Nothing.' } };
    },
  });
  const body = { kind: 'csv', text: 'username,active\n' };
  const reply = await handler(madeCall({ body, ...facts }), madeContext());
  return { status: reply.statusCode, seen, events: api.events };
}
