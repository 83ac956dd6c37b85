import { makeHandler } from '../../../lambdas/manage-duty/handler';
import { callAs, type System, startSystem } from '../manage-people/made-system';

let system: System;
beforeAll(async () => {
  system = await startSystem();
});
beforeEach(() => system.reset());
afterAll(() => system.local.stop());

const as = (username: string, operation: 'set-duty' | 'show-own-standing', body?: unknown) =>
  callAs(makeHandler(system.deps), operation, username, { body });

it('is on duty from the call on for twelve hours, and off duty from the next on [Access-G]', async () => {
  const onDuty = async () => (await system.deps.people.find('made-up.officer'))?.onDuty;
  expect(await onDuty()).toBe(false);
  expect(await as('made-up.officer', 'set-duty', { onDuty: true })).toEqual({
    status: 200,
    body: { onDuty: true, until: '2026-11-25T00:00:00.000Z' },
  });
  expect(await onDuty()).toBe(true);
  expect(await as('made-up.officer', 'set-duty', { onDuty: false })).toEqual({
    status: 200,
    body: { onDuty: false },
  });
  expect(await onDuty()).toBe(false);
  expect(system.done).toEqual(['sweep']);
});

it('shows everybody the own access, the networks that it opens, and the device [Access-C]', async () => {
  await as('made-up.officer', 'set-duty', { onDuty: true });
  const { status, body } = await as('made-up.officer', 'show-own-standing');
  expect(status).toBe(200);
  expect(body).toMatchObject({
    person: {
      username: 'made-up.officer',
      access: 'active',
      untrained: [],
      onDutyUntil: '2026-11-25T00:00:00.000Z',
    },
    networks: ['bloomington', 'normal', 'mclean-county'],
    device: 'department-console',
  });
  expect(JSON.stringify(body)).not.toContain('made-up.colleague');
});

it('sets nobody’s duty but the caller’s [Access-G]', async () => {
  const body = { onDuty: true, username: 'made-up.colleague' };
  expect((await as('made-up.officer', 'set-duty', body)).status).toBe(400);
});

it('begins no duty from a device that is not the Department’s [Access-G]', async () => {
  const facts = { body: { onDuty: true }, address: '198.51.100.7' };
  const reply = await callAs(makeHandler(system.deps), 'set-duty', 'made-up.officer', facts);
  expect(reply).toMatchObject({ status: 403, body: { clause: 'Access-G' } });
  expect(await system.deps.people.find('made-up.officer')).toMatchObject({ onDuty: false });
});
