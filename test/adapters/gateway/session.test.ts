import { apiHandler } from '../../../adapters/gateway/api-handler';
import { StoreError } from '../../../adapters/stores/store-error';
import type { Configuration } from '../../../core/contract/configuration';
import { madePerson } from '../../core/people/made-person';
import {
  type CallFacts,
  madeApi,
  madeApiConfiguration,
  madeCall,
  madeContext,
  nowMs,
  station,
} from './made-call';

const minuteMs = 60_000;
/** A second network of the made-up Department, 192 km away. */
const faraway = { addresses: '203.0.113.0/24', name: 'Far away', latitude: 41.8781, longitude: -87.6298 };
const second = { claims: { origin_jti: 'second-sign-in' }, address: '198.51.100.7' };

it('ends a session of thirty minutes without a call: sign in again [Access-C]', async () => {
  const { call, clock, events } = made();
  expect(await call()).toBe(404);
  clock.nowMs = nowMs + 30 * minuteMs - 1;
  expect(await call()).toBe(404);
  clock.nowMs = nowMs + 60 * minuteMs - 1;
  expect(await call()).toBe(401);
  expect(await call()).toBe(401);
  expect(events).toMatchObject([
    { kind: 'refused', decision: { clause: 'Access-C', rules: ['session'] } },
    { kind: 'refused' },
  ]);
});

it('says that it is the sign-in that is needed', async () => {
  const { reply, clock } = made();
  clock.nowMs = nowMs + 60 * minuteMs;
  const { headers, body } = await reply();
  expect(headers).toMatchObject({ 'content-type': 'application/problem+json' });
  expect(JSON.parse(body)).toMatchObject({
    type: 'urn:platekeeper:problem:sign-in-needed',
    clause: 'Access-C',
    remedy: 'Sign in again.',
  });
});

it.each([
  ['names no sign-in', { origin_jti: undefined }],
  ['does not say when it was', { auth_time: undefined }],
  ['says it in words', { auth_time: 'yesterday' }],
  ['is from a sign-in thirty minutes ago that was never used', { auth_time: String(nowMs / 1000 - 1800) }],
])('takes no token that %s [Access-C]', async (_, claims) => {
  expect(await made().call({ claims })).toBe(401);
});

it('takes no session whose row cannot be understood, and counts it', async () => {
  const { call, deps, figures } = made();
  deps.sessions.touch = async () => Promise.reject(new StoreError('malformed', 'sessions'));
  expect(await call()).toBe(401);
  expect(figures).toEqual(['MalformedFacts 1']);
});

it('flags one account in two places at once: one finding’s cause, however often both call [Access-C]', async () => {
  const { call, findings } = made();
  expect([await call(), await call(second), await call(), await call(second)]).toEqual([404, 404, 404, 404]);
  expect(findings.raised).toHaveLength(3);
  expect(new Set(findings.raised.map((each) => each.cause)).size).toBe(1);
  expect(findings.raised[0]).toMatchObject({
    kind: 'shared-account',
    username: 'made-up.officer',
    clause: 'Access-C',
    eventIds: [],
  });
});

it('refuses both of them where that is to be blocked, with the refusal behind the finding [Access-C]', async () => {
  const { call, clock, events, findings } = made('block');
  expect([await call(), await call(second), await call()]).toEqual([404, 403, 403]);
  expect(events).toMatchObject([
    { kind: 'refused', decision: { clause: 'Access-C', rules: ['shared-account'] } },
    { kind: 'refused' },
  ]);
  expect(findings.raised[0]?.eventIds).toEqual([events[0]?.eventId]);
  clock.nowMs = nowMs + 10 * minuteMs;
  expect(await call()).toBe(404);
});

it('flags one account on two networks that are too far apart [Access-C]', async () => {
  const { call, clock, findings } = made();
  await call();
  clock.nowMs = nowMs + 20 * minuteMs;
  await call({ ...second, address: '203.0.113.9' });
  expect(findings.raised).toMatchObject([{ kind: 'impossible-travel', clause: 'Access-C' }]);
});

it.each(['flag', 'block'] as const)(
  'answers as it would where a finding cannot be raised (%s), and reports that',
  async (action) => {
    const { call, findings, figures, reports } = made(action);
    findings.isDown = true;
    await call();
    expect(await call(second)).toBe(action === 'flag' ? 404 : 403);
    expect(figures).toEqual(['FindingsUnraised 1']);
    expect(reports).toMatchObject([{ operation: 'list-quarantine' }]);
  },
);

it('does not keep a session alive by calls that are refused for its user’s standing [Acct-C]', async () => {
  const { call, clock, people } = made();
  await call();
  people[0] = madePerson({ suspended: true });
  clock.nowMs = nowMs + 20 * minuteMs;
  expect(await call()).toBe(403);
  people[0] = madePerson();
  clock.nowMs = nowMs + 40 * minuteMs;
  expect(await call()).toBe(401);
});

function made(action: 'flag' | 'block' = 'flag') {
  const people = [madePerson()];
  const api = madeApi(people, { configuration: configured(action) });
  const handler = apiHandler({
    operation: 'list-quarantine',
    deps: api.deps,
    handle: async () => ({ kind: 'problem', problem: 'not-found', facts: { detail: 'Nothing.' } }),
  });
  const reply = (facts: CallFacts = {}) => handler(madeCall(facts), madeContext());
  return { ...api, people, reply, call: async (facts?: CallFacts) => (await reply(facts)).statusCode };
}

function configured(action: 'flag' | 'block'): Configuration {
  const { clients, access, ...rest } = madeApiConfiguration();
  return {
    ...rest,
    clients: { ...clients, consoleNetworks: [station, faraway] },
    access: { ...access, sharedAccounts: { ...access.sharedAccounts, action } },
  };
}
