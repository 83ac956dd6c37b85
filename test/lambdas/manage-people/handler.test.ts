import { makeHandler } from '../../../lambdas/manage-people/handler';
import { putLastUse, putRecord } from '../../adapters/people/made-people';
import { madeRecord } from '../../core/people/made-record';
import { callAs, nowMs, type System, startSystem } from './made-system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
beforeEach(() => system.reset());
afterAll(() => system.local.stop());

const because = 'For a made-up reason of some length.';
const about = (username: string, body: unknown) => ({ path: { username }, body });
const as = (
  username: string,
  operation: Parameters<typeof callAs>[1],
  facts: Parameters<typeof callAs>[3] = {},
) => callAs(makeHandler(system.deps), operation, username, facts);

describe('a token alone never proves a live fact', () => {
  const list = () => as('made-up.administrator', 'list-people');

  it('refuses the very next request of a suspended administrator, until the Chief reinstates him [Acct-C]', async () => {
    expect((await list()).status).toBe(200);
    const suspend = await as('made-up.chief', 'suspend-person', about('made-up.administrator', { because }));
    expect(suspend).toMatchObject({ status: 200, body: { access: 'suspended' } });
    expect(await list()).toMatchObject({ status: 403, body: { clause: 'Acct-C' } });
    expect(system.done).toEqual(['sweep', 'sign-out made-up.administrator']);
    await as('made-up.chief', 'reinstate-person', about('made-up.administrator', { because }));
    expect((await list()).status).toBe(200);
  });

  it('refuses the very next request of a disabled one, for good [Access-C]', async () => {
    const disable = await as(
      'made-up.chief',
      'disable-person',
      about('made-up.administrator', { because: 'left' }),
    );
    expect(disable).toMatchObject({ status: 200, body: { access: 'disabled' } });
    expect(await list()).toMatchObject({ status: 403, body: { clause: 'Access-C' } });
    const again = await as('made-up.chief', 'reinstate-person', about('made-up.administrator', { because }));
    expect(again).toMatchObject({ status: 409, body: { clause: 'Access-C' } });
  });

  it('takes the new role on the next request [Access-C]', async () => {
    const body = { role: 'officer', division: 'patrol', sworn: true };
    const assign = await as('made-up.chief', 'assign-person', about('made-up.administrator', body));
    expect(assign).toMatchObject({ status: 200, body: { role: 'officer' } });
    expect((await list()).status).toBe(403);
  });

  it('opens nothing to a new person before each topic is recorded, and closes when one runs out [Training]', async () => {
    const username = 'made-up.new';
    const enrolment = {
      username,
      email: 'made-up@example.org',
      role: 'administrator',
      agency: 'bloomington-pd',
      division: 'cid-command',
      sworn: false,
    };
    expect(await as('made-up.chief', 'enrol-person', { body: enrolment })).toMatchObject({ status: 201 });
    expect(system.done).toEqual([`create ${username} made-up@example.org`]);
    const topics = system.deps.configuration.training.topics.map(({ id }) => id);
    for (const topic of topics) {
      expect(await as(username, 'list-people')).toMatchObject({ status: 403, body: { clause: 'Training' } });
      await as('made-up.chief', 'record-training', about(username, { topic, takenOn: '2026-11-20' }));
    }
    expect((await as(username, 'list-people')).status).toBe(200);
    const lapsed = { topic: 'policy', takenOn: '2025-11-24' };
    await as('made-up.chief', 'record-training', about(username, lapsed));
    expect(await as(username, 'list-people')).toMatchObject({ status: 403, body: { clause: 'Training' } });
  });
});

const bodies = {
  'assign-person': { role: 'detective', division: 'criminal-investigations', sworn: true },
  'designate-person': { role: 'administrator', division: 'cid-command' },
  'disable-person': { because: 'left' },
  'suspend-person': { because },
  'reinstate-person': { because },
  'record-training': { topic: 'policy', takenOn: '2026-11-20' },
} as const;

/** Who may do what about whom: `+` is answered, a clause refuses. */
const table = [
  ['made-up.administrator', 'assign-person', 'made-up.officer', '+'],
  ['made-up.administrator', 'disable-person', 'made-up.officer', '+'],
  ['made-up.administrator', 'suspend-person', 'made-up.officer', '+'],
  ['made-up.administrator', 'record-training', 'made-up.officer', '+'],
  ['made-up.administrator', 'designate-person', 'made-up.officer', 'Policy-D'],
  ['made-up.administrator', 'reinstate-person', 'made-up.officer', 'Acct-C'],
  ['made-up.administrator', 'suspend-person', 'made-up.second-administrator', 'Acct-C'],
  ['made-up.administrator', 'suspend-person', 'made-up.auditor', 'Acct-C'],
  ['made-up.administrator', 'assign-person', 'made-up.second-administrator', 'Policy-D'],
  ['made-up.administrator', 'disable-person', 'made-up.designee', 'Policy-D'],
  ['made-up.administrator', 'assign-person', 'made-up.administrator', 'Policy-D'],
  ['made-up.administrator', 'suspend-person', 'made-up.administrator', 'Acct-C'],
  ['made-up.chief', 'assign-person', 'made-up.officer', '+'],
  ['made-up.chief', 'designate-person', 'made-up.officer', '+'],
  ['made-up.chief', 'assign-person', 'made-up.administrator', '+'],
  ['made-up.chief', 'disable-person', 'made-up.auditor', '+'],
  ['made-up.chief', 'suspend-person', 'made-up.administrator', '+'],
  ['made-up.chief', 'suspend-person', 'made-up.designee', '+'],
  ['made-up.chief', 'reinstate-person', 'made-up.officer', '+'],
  ['made-up.chief', 'record-training', 'made-up.administrator', '+'],
  ['made-up.chief', 'reinstate-person', 'made-up.chief', 'Acct-C'],
  ['made-up.chief', 'assign-person', 'made-up.chief', 'Policy-D'],
  ['made-up.supervisor', 'suspend-person', 'made-up.officer', 'Acct-C'],
  ['made-up.officer', 'assign-person', 'made-up.colleague', 'Access-C'],
  ['made-up.officer', 'assign-person', 'made-up.officer', 'any'],
  ['made-up.auditor', 'suspend-person', 'made-up.officer', 'Acct-C'],
] as const;

it.each(table)('%s, %s of %s: %s [Policy-D] [Acct-C]', async (username, operation, subject, expected) => {
  const { status, body } = await as(username, operation, about(subject, bodies[operation]));
  if (expected === '+') return expect(status).toBe(200);
  expect(status).toBe(403);
  if (expected !== 'any') expect(body.clause).toBe(expected);
  expect(system.api.events).toMatchObject([
    { kind: 'refused', actor: { username }, operation, queried: { username: subject } },
  ]);
  expect(system.done).toEqual([]);
});

it('gives offices by the Chief alone, also at enrolment [Policy-D]', async () => {
  const body = {
    username: 'made-up.new',
    email: 'made-up@example.org',
    role: 'auditor',
    agency: 'bloomington-pd',
    division: 'cid-command',
    sworn: false,
  };
  expect(await as('made-up.administrator', 'enrol-person', { body })).toMatchObject({
    status: 403,
    body: { clause: 'Policy-D' },
  });
  expect((await as('made-up.chief', 'enrol-person', { body })).status).toBe(201);
});

it('names each field that does not fit the configuration', async () => {
  const body = { role: 'partner-officer', division: 'nowhere', sworn: true };
  expect(await as('made-up.chief', 'assign-person', about('made-up.officer', body))).toMatchObject({
    status: 400,
    body: { fields: [{ field: 'role' }, { field: 'division' }] },
  });
});

it('never gives a name again, whoever has had it [Access-C]', async () => {
  await as('made-up.chief', 'disable-person', about('made-up.officer', { because: 'left' }));
  const body = {
    username: 'made-up.officer',
    email: 'made-up@example.org',
    role: 'officer',
    agency: 'bloomington-pd',
    division: 'patrol',
    sworn: true,
  };
  expect(await as('made-up.chief', 'enrol-person', { body })).toMatchObject({
    status: 409,
    body: { clause: 'Access-C' },
  });
});

it('answers that nobody has a name to those who may change people', async () => {
  const facts = about('nobody', { because });
  expect((await as('made-up.administrator', 'suspend-person', facts)).status).toBe(404);
  expect((await as('made-up.officer', 'suspend-person', facts)).status).toBe(403);
});

it('lists everybody with how the access stands and when it was last used [Acct-A] [Access-C]', async () => {
  await putRecord(
    system.local,
    madeRecord({ username: 'made-up.suspended', suspended: true, training: new Map() }),
  );
  await putLastUse(system.local, 'made-up.suspended', nowMs - 86_400_000);
  await system.deps.duties.begin('made-up.suspended', nowMs + 1000);
  const { status, body } = await as('made-up.auditor', 'list-people');
  expect(status).toBe(200);
  expect(body.people).toHaveLength(9);
  expect(body.people).toContainEqual({
    username: 'made-up.suspended',
    role: 'officer',
    agency: 'bloomington-pd',
    division: 'patrol',
    sworn: true,
    access: 'suspended',
    untrained: system.deps.configuration.training.topics.map(({ id }) => id),
    training: [],
    onDutyUntil: '2026-11-24T12:00:01.000Z',
    lastUsedOn: '2026-11-23',
  });
  expect((await as('made-up.officer', 'list-people')).status).toBe(403);
});

it('changes nothing while the audit log is down, and says so', async () => {
  system.api.audit.isDown = true;
  const facts = about('made-up.officer', { because });
  expect((await as('made-up.chief', 'suspend-person', facts)).status).toBe(503);
  system.api.audit.isDown = false;
  expect(await system.deps.records.find('made-up.officer')).toMatchObject({ suspended: false });
});
