import { makeHandler } from '../../../lambdas/issue-ticket/handler';
import { type CallFacts, madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { exampleKey, madeDevice, madeProof } from '../../core/devices/made-device';
import { madePerson } from '../../core/people/made-person';

const ticket = 'T'.repeat(43);
const phone = madeDevice(exampleKey);

async function ask(facts: Parameters<typeof madePerson>[0], call: CallFacts = {}) {
  const api = madeApi([madePerson(facts)], { devices: [phone] });
  const issued: unknown[] = [];
  const handler = makeHandler({
    ...api.deps,
    configuration: madeConfiguration(),
    decide: madeDecide(),
    tickets: {
      issue: async (holder) => {
        issued.push(holder);
        return { ticket, expiresAtMs: nowMs + 30_000 };
      },
    },
  });
  return { ...api, issued, reply: await handler(madeCall(call), madeContext()) };
}

it('gives a user on duty a ticket, which the audit log knows of and does not hold', async () => {
  const { reply, events, issued } = await ask({});
  expect(reply.statusCode).toBe(201);
  expect(JSON.parse(reply.body)).toEqual({ ticket, expiresAt: '2026-11-24T12:00:30.000Z' });
  expect(issued).toEqual([
    {
      username: 'made-up.officer',
      device: 'department-console',
      sessionId: 'sign-in-of-made-up.officer',
    },
  ]);
  expect(events).toMatchObject([
    { kind: 'requested', operation: 'issue-ticket' },
    { kind: 'answered', counts: { tickets: 1 } },
  ]);
  expect(JSON.stringify(events)).not.toContain(ticket);
});

it.each([
  ['off duty [Access-G]', { onDuty: false }, 'Access-G'],
  ['suspended [Acct-C]', { suspended: true }, 'Acct-C'],
])('refuses a user who is %s', async (_, facts, clause) => {
  const { reply, issued } = await ask(facts);
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause });
  expect(issued).toEqual([]);
});

it('gives no ticket to a device that is not known [Access-G]', async () => {
  const { reply, issued } = await ask({}, { address: '198.51.100.7' });
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Access-G' });
  expect(issued).toEqual([]);
});

it('hands on in the ticket which phone asked for it, as proven by that call [Access-G]', async () => {
  const proof = madeProof({ method: 'POST', url: 'https://alpr.example.org/live/v1/searches' });
  const { issued } = await ask(
    {},
    { address: '198.51.100.7', claims: { client_id: 'mobile-client' }, proof },
  );
  expect(issued).toMatchObject([{ device: 'department-phone', deviceId: phone.deviceId }]);
});
