import { makeHandler } from '../../../lambdas/issue-ticket/handler';
import { madeApi, madeCall, madeContext, nowMs } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';

const ticket = 'T'.repeat(43);

async function ask(facts: Parameters<typeof madePerson>[0]) {
  const api = madeApi([madePerson(facts)]);
  const issued: string[] = [];
  const handler = makeHandler({
    ...api.deps,
    configuration: madeConfiguration(),
    decide: madeDecide(),
    tickets: {
      issue: async (username) => {
        issued.push(username);
        return { ticket, expiresAtMs: nowMs + 30_000 };
      },
    },
  });
  return { ...api, issued, reply: await handler(madeCall(), madeContext()) };
}

it('gives a user on duty a ticket, which the audit log knows of and does not hold', async () => {
  const { reply, events, issued } = await ask({});
  expect(reply.statusCode).toBe(201);
  expect(JSON.parse(reply.body)).toEqual({ ticket, expiresAt: '2026-11-24T12:00:30.000Z' });
  expect(issued).toEqual(['made-up.officer']);
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
