import { z } from 'zod';
import { type AuditEvent, newEvent } from '../../../core/audit/event';
import type { Person } from '../../../core/people/person';
import { parseReportMonth, reportDueMs, reportEventId } from '../../../core/reports/month';
import { makeHandler } from '../../../lambdas/correct-report/handler';
import { madeApi, madeCall, madeContext } from '../../adapters/gateway/made-call';
import { madeDecide } from '../../core/alerts/made-decide';
import { madePerson } from '../../core/people/made-person';

const calendar = { timeZone: 'America/Chicago', dayOfMonth: 1, timeOfDay: '06:00' };
const decide = madeDecide();
const administrator = madePerson({ username: 'made-up.administrator', role: 'administrator', sworn: false });
const chief = madePerson({ username: 'made-up.chief', role: 'chief' });
const month = '2026-10';
const reason = 'Made-up: a camera had been counted under another network.';

it('takes a proposal of the administrator and the approval of the Chief, each with its event [Acct-A]', async () => {
  const { propose, approve, events } = made();
  const proposed = await propose(administrator);
  expect(proposed).toMatchObject({
    status: 201,
    body: { month, version: 2, state: 'proposed', reason, by: 'made-up.administrator' },
  });
  const approved = await approve(chief, proposed.body.proposalId);
  expect(approved).toMatchObject({
    status: 200,
    body: { month, version: 2, state: 'approved', reason, by: 'made-up.chief' },
  });
  expect(events.map(({ kind }) => kind)).toEqual([
    'requested',
    'report-correction',
    'answered',
    'requested',
    'report-correction',
    'answered',
  ]);
});

it('is the same step, with one event, however often it is asked for', async () => {
  const { propose, approve, events } = made();
  const { body } = await propose(administrator);
  expect((await propose(administrator)).body).toEqual(body);
  await approve(chief, body.proposalId);
  expect((await approve(chief, body.proposalId)).status).toBe(200);
  expect(events.filter(({ kind }) => kind === 'report-correction')).toHaveLength(2);
});

it('lets the administrator propose better words, of which the Chief approves one', async () => {
  const { propose, approve } = made();
  const first = await propose(administrator);
  const second = await propose(administrator, { reason: `${reason} In other words.` });
  expect(second.body.proposalId).not.toBe(first.body.proposalId);
  expect((await approve(chief, second.body.proposalId)).status).toBe(200);
  expect((await approve(chief, first.body.proposalId)).status).toBe(409);
});

it('refuses the Chief’s proposal and the administrator’s approval [Acct-A]', async () => {
  const { propose, approve } = made();
  expect(await propose(chief)).toMatchObject({ status: 403, body: { clause: 'Acct-A' } });
  const { body } = await propose(administrator);
  expect(await approve(administrator, body.proposalId)).toMatchObject({
    status: 403,
    body: { clause: 'Acct-A' },
  });
});

it('takes no approval of whoever proposed it, in another office then', async () => {
  const { propose, approve } = made();
  const { body } = await propose(administrator);
  const promoted = madePerson({ username: 'made-up.administrator', role: 'chief' });
  expect((await approve(promoted, body.proposalId)).status).toBe(409);
});

it('corrects no month that was not reported, and no proposal that is none', async () => {
  const { propose, approve } = made();
  expect((await propose(administrator, { month: '2026-09' })).status).toBe(404);
  expect((await approve(chief, '00000000-0000-4000-8000-000000000001')).status).toBe(404);
});

it('refuses a reason that says nothing', async () => {
  expect((await made().propose(administrator, { reason: 'wrong' })).status).toBe(400);
});

const answer = z.looseObject({ proposalId: z.string().default('') });

function made() {
  const log = new Map<string, AuditEvent>();
  const api = madeApi([administrator, chief]);
  const { append } = api.deps.audit;
  const reported = parseReportMonth(month);
  if (reported === undefined) throw new Error('no month');
  const atMs = reportDueMs(reported, calendar);
  log.set(
    `${atMs}#${reportEventId(reported)}`,
    newEvent(
      { now: () => atMs, newId: () => reportEventId(reported) },
      {
        kind: 'report-made',
        actor: { kind: 'system', name: 'report-month' },
        month,
        madeAtMs: atMs,
        folder: 'made-up',
        outputs: [],
      },
    ),
  );
  const callAs = async (
    person: Person,
    route: { readonly resource: string; readonly path: Record<string, string>; readonly body?: unknown },
  ) => {
    const handler = makeHandler({
      ...api.deps,
      people: { find: async () => person },
      decide,
      calendar,
      known: { find: async (place) => log.get(`${place.atMs}#${place.eventId}`) },
      onceAudit: {
        appendOnce: async (event) => {
          const key = `${event.atMs}#${event.eventId}`;
          if (log.has(key)) return;
          await append(event);
          log.set(key, event);
        },
      },
    });
    const { resource, ...facts } = route;
    const call = { ...madeCall({ username: person.username, ...facts }), httpMethod: 'POST', resource };
    const reply = await handler(call, madeContext());
    return { status: reply.statusCode, body: answer.parse(JSON.parse(reply.body)) };
  };
  const resource = '/v1/reports/{month}/corrections';
  return {
    events: api.events,
    propose: (person: Person, changes: { month?: string; reason?: string } = {}) =>
      callAs(person, {
        resource,
        path: { month: changes.month ?? month },
        body: { reason: changes.reason ?? reason },
      }),
    approve: (person: Person, proposalId: string) =>
      callAs(person, { resource: `${resource}/{proposalId}/approval`, path: { month, proposalId } }),
  };
}
