import { makeHandler } from '../../../lambdas/import-personnel/handler';
import { madeRecord } from '../../core/people/made-record';
import { callAs, type System, staff, startSystem } from '../manage-people/made-system';

const feedRecord = madeRecord({ username: 'madeupclientid', role: 'personnel-feed', training: new Map() });
let system: System;
beforeAll(async () => {
  system = await startSystem([...staff, feedRecord]);
});
beforeEach(() => system.reset());
afterAll(() => system.local.stop());

const csv = (...rows: string[]) => ({ kind: 'csv', text: ['username,active', ...rows].join('\n') });

it('takes the feed of the personnel system, which has no user and no network of the Department [Access-C]', async () => {
  const reply = await sendAsMachine(csv('made-up.officer,false', 'made-up.colleague,true', ',false'));
  expect(reply).toEqual({
    status: 200,
    body: {
      rows: 3,
      disabled: ['made-up.officer'],
      alreadyDisabled: 0,
      unknown: 0,
      refused: [{ row: 3, message: expect.stringMatching(/^username:/) }],
    },
  });
  expect(system.done).toEqual(['sweep', 'sign-out made-up.officer', 'disable made-up.officer']);
  expect(await system.deps.people.find('made-up.officer')).toMatchObject({ disabled: true });
});

it('takes it of the administrator too, for nobody whom the Chief alone may disable [Policy-D]', async () => {
  const body = csv('made-up.officer,false', 'made-up.second-administrator,false');
  const reply = await callAs(handler(), 'import-personnel', 'made-up.administrator', { body });
  expect(reply).toMatchObject({
    status: 200,
    body: { disabled: ['made-up.officer'], refused: [{ row: 2, message: expect.any(String) }] },
  });
  expect(await system.deps.people.find('made-up.second-administrator')).toMatchObject({ disabled: false });
});

it('lets the personnel system end the access of an administrator who left [Access-C]', async () => {
  expect(await sendAsMachine(csv('made-up.second-administrator,false'))).toMatchObject({
    status: 200,
    body: { disabled: ['made-up.second-administrator'] },
  });
});

it('refuses everybody else, and a personnel system that was suspended or disabled [Access-C]', async () => {
  const body = csv('made-up.colleague,false');
  const reply = await callAs(handler(), 'import-personnel', 'made-up.officer', { body });
  expect(reply).toMatchObject({ status: 403, body: { clause: 'Access-C' } });
  for (const facts of [{ suspended: true }, { disabled: true }]) {
    await system.deps.records.store({ ...(await feedAsItStands()), ...facts });
    expect(await sendAsMachine(body)).toMatchObject({ status: 403 });
  }
  expect(await system.deps.people.find('made-up.colleague')).toMatchObject({ disabled: false });
});

it('answers a broken export with what is wrong with it, and changes nothing', async () => {
  const everybody = staff.map(({ username }) => `${username},false`);
  expect(await sendAsMachine(csv(...everybody))).toMatchObject({
    status: 409,
    body: { clause: 'Access-C', detail: expect.stringMatching(/8 of 8 people, more than half/) },
  });
  expect(await sendAsMachine({ kind: 'csv', text: 'name;active' })).toMatchObject({
    status: 400,
    body: { fields: [{ field: 'text' }] },
  });
  expect(system.done).toEqual([]);
});

function handler() {
  return makeHandler(system.deps);
}

/** As the gateway hands over a token of the client-credentials grant. */
function sendAsMachine(body: unknown) {
  const claims = {
    username: undefined,
    origin_jti: undefined,
    client_id: 'madeupclientid',
    scope: 'platekeeper/personnel',
  };
  return callAs(handler(), 'import-personnel', 'nobody', { body, claims, address: '198.51.100.7' });
}

async function feedAsItStands() {
  const record = await system.deps.records.find('madeupclientid');
  if (record === undefined) throw new Error('the made-up feed is on record');
  return { ...record, revision: record.revision + 1 };
}
