import { apiHandler } from '../../../adapters/gateway/api-handler';
import { StoreError } from '../../../adapters/stores/store-error';
import type { Caller } from '../../../core/audit/audited-use';
import { exampleKey, madeDevice, madeKey, madeProof } from '../../core/devices/made-device';
import { madePerson } from '../../core/people/made-person';
import { type CallFacts, madeApi, madeCall, madeContext } from './made-call';

const phone = madeDevice(exampleKey);
const { deviceId } = phone;
const elsewhere = '198.51.100.7';
/** A call of the phone's client, from the street. */
const fromPhone = { address: elsewhere, claims: { client_id: 'mobile-client' } };
const proofFor = (facts: Parameters<typeof madeProof>[0] = {}) =>
  madeProof({ method: 'POST', url: 'https://alpr.example.org/live/v1/searches', ...facts });

it('knows a registered phone by its proof, wherever it is [Access-G]', async () => {
  const { call } = made();
  expect(await call({ ...fromPhone, proof: proofFor() })).toEqual({
    status: 404,
    seen: { device: 'department-phone', proven: 'department-phone', deviceId },
  });
});

it('knows no phone by its token alone, not even on a network of the Department [Access-G]', async () => {
  const { call } = made();
  const unknown = { status: 404, seen: { device: 'unknown', proven: 'unknown', deviceId: undefined } };
  expect(await call(fromPhone)).toEqual(unknown);
  expect(await call({ ...fromPhone, address: '192.0.2.7' })).toEqual(unknown);
});

it('knows a console by its network, an IPv4 address written as IPv6 too, and none elsewhere [Access-G]', async () => {
  const { call } = made();
  const device = async (address: string) => (await call({ address })).seen?.device;
  expect(await device('192.0.2.7')).toBe('department-console');
  expect(await device('::ffff:192.0.2.7')).toBe('department-console');
  expect(await device(elsewhere)).toBe('unknown');
});

it('does not know a phone from its retirement on, with the same token [Access-G]', async () => {
  const { call, registry } = made();
  await call({ ...fromPhone, proof: proofFor() });
  await registry.retire(deviceId, { by: 'made-up.administrator', atMs: 1 });
  const { seen } = await call({ ...fromPhone, proof: proofFor({ proofId: 'made-up-proof-0002' }) });
  expect(seen).toEqual({ device: 'unknown', proven: 'unknown', deviceId });
});

it.each([
  ['another phone of the Department', [phone, madeDevice(madeKey(), { assignedTo: 'made-up.colleague' })]],
  ['a private phone', [phone]],
])('does not know a copied token on %s [Access-G]', async (_, devices) => {
  const { call } = made(devices);
  const other = madeKey();
  const { seen } = await call({ ...fromPhone, proof: proofFor({ privateKey: other }) });
  expect(seen?.device).toBe('unknown');
});

it('refuses a copy of a whole call, with the proof in it [Access-G]', async () => {
  const { call, events } = made();
  const proof = proofFor();
  await call({ ...fromPhone, proof });
  expect(await call({ ...fromPhone, proof })).toMatchObject({ status: 403, seen: undefined });
  expect(events).toMatchObject([
    {
      kind: 'refused',
      actor: { username: 'made-up.officer' },
      device: { proven: 'unknown', sessionId: 'sign-in-of-made-up.officer' },
      decision: { clause: 'Access-G', rules: ['device-proof'] },
    },
  ]);
});

it.each([
  ['that is none', 'proof'],
  ['that is empty', ''],
  ['made for another call', proofFor({ method: 'GET' })],
  ['made for another sign-in', proofFor({ accessToken: 'another' })],
  ['and a second one', [proofFor(), proofFor({ proofId: 'made-up-proof-0002' })]],
  ['and an empty one', [proofFor(), '']],
])('refuses a proof %s even at a console, before the handler [Access-G]', async (_, proof) => {
  const { call, events } = made();
  expect(await call({ proof })).toMatchObject({ status: 403, seen: undefined });
  expect(events).toMatchObject([{ kind: 'refused', decision: { clause: 'Access-G' } }]);
});

it('uses no proof up that opens nothing', async () => {
  const { call, registry } = made([]);
  const proof = proofFor();
  await call({ ...fromPhone, proof });
  await registry.register(phone);
  expect((await call({ ...fromPhone, proof })).seen?.device).toBe('department-phone');
});

it('does not know a device whose row cannot be understood, and counts it', async () => {
  const { call, figures, registry } = made();
  registry.find = async () => Promise.reject(new StoreError('malformed', 'devices'));
  expect((await call({ ...fromPhone, proof: proofFor() })).seen?.device).toBe('unknown');
  expect(figures).toEqual(['MalformedFacts 1']);
});

it('answers 500 and reaches no handler while the registry cannot be asked', async () => {
  const { call, registry, reports } = made();
  registry.find = async () => Promise.reject(new StoreError('unavailable', 'devices'));
  expect(await call({ ...fromPhone, proof: proofFor() })).toMatchObject({ status: 500, seen: undefined });
  expect(reports).toHaveLength(1);
});

function made(devices = [phone]) {
  const api = madeApi([madePerson()], { devices });
  const callers: Caller[] = [];
  const handler = apiHandler({
    operation: 'list-quarantine',
    deps: api.deps,
    handle: async (_, caller) => {
      callers.push(caller);
      return { kind: 'problem', problem: 'not-found', facts: { detail: 'Nothing.' } };
    },
  });
  const call = async (facts: CallFacts) => {
    callers.length = 0;
    const { statusCode: status } = await handler(madeCall(facts), madeContext());
    const [caller] = callers;
    const seen = caller && {
      device: caller.person.device,
      proven: caller.device.proven,
      deviceId: caller.device.deviceId,
    };
    return { status, seen };
  };
  return { ...api, call };
}
