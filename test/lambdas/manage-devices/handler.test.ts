import { publicKeyOf } from '../../../core/devices/make-proof';
import { makeHandler } from '../../../lambdas/manage-devices/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { exampleKey } from '../../core/devices/made-device';
import { madePerson } from '../../core/people/made-person';

const decide = madeDecide();
const administrator = madePerson({ username: 'made-up.administrator', role: 'administrator', sworn: false });
const dispatcher = madePerson({
  username: 'made-up.dispatcher',
  role: 'dispatcher',
  division: 'communications',
  sworn: false,
});
const deviceId = 'oKIywvGUpTVTyxMQ3bwIIeQUudfr_CkLMjCE19ECD-U';
const phone = {
  kind: 'phone',
  publicKey: publicKeyOf(exampleKey),
  assignedTo: 'made-up.officer',
  label: 'Phone 7',
};
const registered = {
  deviceId,
  kind: 'phone',
  assignedTo: 'made-up.officer',
  label: 'Phone 7',
  status: 'active',
  registeredBy: 'made-up.administrator',
  registeredAt: '2026-11-24T12:00:00.000Z',
};

it('registers a phone, and the log says whose [Access-G]', async () => {
  const { register, events } = made();
  expect(await register(phone)).toEqual({ status: 201, body: registered });
  expect(events).toMatchObject([
    { kind: 'requested', operation: 'register-device', queried: { deviceId, username: 'made-up.officer' } },
    { kind: 'device-changed', change: 'registered', deviceId, assignedTo: 'made-up.officer' },
    { kind: 'answered', counts: { registered: 1 }, resultIds: [deviceId] },
  ]);
});

it('registers the same once, with one event, however often it is asked', async () => {
  const { register, list, events } = made();
  await register(phone);
  expect(await register(phone)).toEqual({ status: 201, body: registered });
  expect((await list()).body).toEqual({ devices: [registered] });
  expect(events.filter((each) => each.kind === 'device-changed')).toHaveLength(1);
});

it('registers a console of a desk, which is nobody’s', async () => {
  const { assignedTo: _, ...desk } = { ...phone, kind: 'console', label: 'Desk 3' };
  expect(await made().register(desk)).toMatchObject({
    status: 201,
    body: { kind: 'console', label: 'Desk 3' },
  });
});

it.each([
  ['whose key is another’s already', { assignedTo: 'made-up.colleague' }],
  ['whose key is another kind already', { kind: 'console' }],
])('does not register a device %s', async (_, changes) => {
  const { register } = made();
  await register(phone);
  expect((await register({ ...phone, ...changes })).status).toBe(409);
});

it('never registers a retired key again, and retires once [Access-G]', async () => {
  const { register, retire, clock, events } = made();
  await register(phone);
  clock.nowMs = nowMs + 60_000;
  const retired = {
    ...registered,
    status: 'retired',
    retiredBy: 'made-up.administrator',
    retiredAt: '2026-11-24T12:01:00.000Z',
  };
  expect(await retire(deviceId)).toEqual({ status: 200, body: retired });
  clock.nowMs = nowMs + 120_000;
  expect(await retire(deviceId)).toEqual({ status: 200, body: retired });
  expect((await register(phone)).status).toBe(409);
  const changes = events.flatMap((each) => (each.kind === 'device-changed' ? [each.change] : []));
  expect(changes).toEqual(['registered', 'retired']);
});

it('retires nothing that is not there', async () => {
  expect((await made().retire('A'.repeat(43))).status).toBe(404);
});

it.each([
  ['for somebody who is neither sworn nor of CIAU', { assignedTo: 'made-up.dispatcher' }],
  ['for nobody', { assignedTo: undefined }],
])('registers no phone %s, and keeps the refusal [Access-G]', async (_, changes) => {
  const { register, events } = made();
  expect(await register({ ...phone, ...changes })).toMatchObject({
    status: 400,
    body: { clause: 'Access-G', fields: [{ field: 'assignedTo' }] },
  });
  expect(events).toMatchObject([{ kind: 'refused', decision: { clause: 'Access-G' } }]);
});

it.each([
  ['for a name without a record', { assignedTo: 'made-up.nobody' }, 'assignedTo'],
  ['off its curve', { publicKey: { ...phone.publicKey, y: 'A'.repeat(43) } }, 'publicKey'],
  ['with its secret half', { publicKey: exampleKey.export({ format: 'jwk' }) }, 'publicKey'],
  ['without a label', { label: ' ' }, 'label'],
])('takes no device %s', async (_, changes, field) => {
  const { register, registry } = made();
  const { status, body } = await register({ ...phone, ...changes });
  expect(status).toBe(400);
  expect(body).toMatchObject({ fields: [{ field: expect.stringContaining(field) }] });
  expect(registry.rows.size).toBe(0);
});

it.each(['register-device', 'retire-device', 'list-devices'] as const)(
  'does not let an officer do this: %s [Policy-D]',
  async (operation) => {
    const { call, registry, events } = made();
    const facts = operation === 'register-device' ? { body: phone } : { path: { deviceId } };
    const { status } = await call(operation, { ...facts, username: 'made-up.officer' });
    expect(status).toBe(403);
    expect(registry.rows.size).toBe(0);
    expect(events).toMatchObject([{ kind: 'refused', operation }]);
  },
);

it('changes nothing without the log', async () => {
  const { register, registry, audit } = made();
  audit.isDown = true;
  expect((await register(phone)).status).toBe(503);
  expect(registry.rows.size).toBe(0);
});

const routes = {
  'register-device': { httpMethod: 'POST', resource: '/v1/devices' },
  'retire-device': { httpMethod: 'POST', resource: '/v1/devices/{deviceId}/retirement' },
  'list-devices': { httpMethod: 'GET', resource: '/v1/devices' },
} as const;

function made() {
  const people = [administrator, dispatcher, madePerson(), madePerson({ username: 'made-up.colleague' })];
  const api = madeApi(people);
  const { append } = api.deps.audit;
  const handler = makeHandler({
    ...api.deps,
    decide,
    registry: api.registry,
    onceAudit: {
      appendOnce: async (event) => {
        if (!api.events.some(({ eventId }) => eventId === event.eventId)) await append(event);
      },
    },
  });
  const call = async (operation: keyof typeof routes, facts: Parameters<typeof madeCall>[0]) => {
    const event = { ...madeCall({ username: 'made-up.administrator', ...facts }), ...routes[operation] };
    const reply = await handler(event, madeContext());
    const body: unknown = JSON.parse(reply.body);
    return { status: reply.statusCode, body };
  };
  return {
    ...api,
    call,
    register: (body: unknown) => call('register-device', { body }),
    retire: (id: string) => call('retire-device', { path: { deviceId: id } }),
    list: () => call('list-devices', {}),
  };
}
