import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readEvents } from '../../../adapters/audit/audit-reader';
import type { AuditEvent } from '../../../core/audit/event';
import { checkOpenings } from '../../../core/audit/log/verifier/check-openings';
import { makeHandler } from '../../../lambdas/redact-event/handler';
import { type Fault, injectFaults } from '../../adapters/faults';
import { callAs, nowMs, type System, startSystem } from '../manage-people/made-system';
import { createLogTables, emptyLog, logParts, madeUse, openings, rowsOf, seal } from './made-sealed-rows';

let system: System;
let log: Awaited<ReturnType<typeof seal>>;
beforeAll(async () => {
  system = await startSystem();
  await createLogTables(system.local);
});
beforeEach(async () => {
  await system.reset();
  await emptyLog(system.local);
  const { audit } = logParts(system.dynamo);
  for (let number = 0; number < 4; number++) await audit.append(madeUse(number));
  await audit.append(madeUse(4, 'made-up.auditor'));
  await audit.append(madeUse(5, 'made-up.chief'));
  log = await seal(system.local);
});
afterAll(() => system.local.stop());

const because = 'A made-up court sealed this case.';
const authority = 'Made-up order 26-1';
const words = 'Read the order; it names this event.';
const handler = (dynamo = system.dynamo) => makeHandler({ ...system.deps, ...logParts(dynamo) });
const order = (username: string, logIndex: number, using = handler()) =>
  callAs(using, 'order-redaction', username, { body: { logIndex, because, authority } });
const decide = (username: string, logIndex: number, outcome = 'confirmed', using = handler()) =>
  callAs(using, 'decide-redaction', username, {
    path: { logIndex: String(logIndex) },
    body: { outcome, words },
  });
const rowAt = async (logIndex: number) =>
  (await rowsOf(system.local)).find((row) => row.logIndex?.N === String(logIndex));
const verdict = async () => {
  log = await seal(system.local, log.entries);
  return checkOpenings(log.files, log.checkpoint, await openings(system.local));
};
async function eventsOf(kind: AuditEvent['kind']): Promise<readonly AuditEvent[]> {
  const found: AuditEvent[] = [];
  const options = { dynamo: system.dynamo, table: 'AuditEvents', onMalformed: fail };
  const range = { fromMs: nowMs - 86_400_000, toMs: nowMs + 86_400_000 };
  for await (const event of readEvents(options, range)) if (event.kind === kind) found.push(event);
  return found;
}
function fail(): never {
  throw new Error('a row is no event');
}

it('destroys an event that the Chief ordered and the auditor confirmed, and the log still proves [Acct-A]', async () => {
  expect(await order('made-up.chief', 2)).toMatchObject({ status: 201, body: { state: 'ordered' } });
  expect((await rowAt(2))?.event).toBeDefined();
  expect(await decide('made-up.auditor', 2)).toMatchObject({
    status: 200,
    body: { state: 'done', orderedBy: 'made-up.chief', decidedBy: 'made-up.auditor' },
  });
  const row = await rowAt(2);
  expect([row?.event, row?.commitmentKey]).toEqual([undefined, undefined]);
  expect(await eventsOf('event-redacted')).toMatchObject([
    { logIndex: 2, orderedBy: 'made-up.chief', because, authority, leaf: expect.stringMatching(/^.{43}=$/) },
  ]);
  expect(await verdict()).toMatchObject({ kind: 'proven', value: { redacted: [2] } });
});

it('shows an event that was taken away without an order as a hole [Acct-A]', async () => {
  const row = await rowAt(3);
  await system.dynamo.send(
    new UpdateItemCommand({
      TableName: 'AuditEvents',
      Key: { hour: row?.hour ?? { S: '' }, at: row?.at ?? { S: '' } },
      UpdateExpression: 'REMOVE #event, commitmentKey SET leaf = :leaf',
      ExpressionAttributeNames: { '#event': 'event' },
      ExpressionAttributeValues: { ':leaf': { B: Buffer.alloc(32, 1) } },
    }),
  );
  expect(await verdict()).toEqual({
    kind: 'disproved',
    findings: [
      {
        code: 'opening-missing',
        message: 'the event at place 3 is gone, and no event of the log redacted it',
      },
    ],
  });
});

it.each([
  ['made-up.administrator', 2],
  ['made-up.auditor', 2],
  ['made-up.officer', 2],
  ['made-up.chief', 5],
])('takes no order from %s about event %i [Acct-A]', async (username, logIndex) => {
  expect(await order(username, logIndex)).toMatchObject({ status: 403, body: { clause: 'Acct-A' } });
  expect(await system.deps.records.find(username)).toBeDefined();
});

it.each([
  ['made-up.chief', 2],
  ['made-up.administrator', 2],
  ['made-up.auditor', 4],
])('does not let %s decide on event %i [Acct-A]', async (username, logIndex) => {
  await order('made-up.chief', logIndex);
  expect((await decide(username, logIndex)).status).toBe(403);
  expect((await rowAt(logIndex))?.event).toBeDefined();
});

it('destroys nothing that was declined, and takes a new order for it', async () => {
  await order('made-up.chief', 1);
  expect(await decide('made-up.auditor', 1, 'declined')).toMatchObject({ body: { state: 'declined' } });
  expect(await decide('made-up.auditor', 1)).toMatchObject({ status: 409 });
  expect((await rowAt(1))?.event).toBeDefined();
  expect(await eventsOf('redaction-declined')).toHaveLength(1);
  expect(await order('made-up.chief', 1)).toMatchObject({ status: 201 });
});

it('never redacts what explains a redaction, nor what is not there', async () => {
  await order('made-up.chief', 2);
  await decide('made-up.auditor', 2);
  log = await seal(system.local, log.entries);
  for (const row of await rowsOf(system.local))
    if (row.event?.S?.includes('redact'))
      expect([403, 409]).toContain((await order('made-up.chief', Number(row.logIndex?.N))).status);
  expect((await order('made-up.chief', 2)).status).toBe(409);
  expect((await order('made-up.chief', 999)).status).toBe(404);
  expect((await decide('made-up.auditor', 999)).status).toBe(404);
});

it('lists what was ordered to Chief, administrator and auditor alone', async () => {
  await order('made-up.chief', 2);
  const list = (username: string) => callAs(handler(), 'list-redactions', username);
  for (const username of ['made-up.chief', 'made-up.administrator', 'made-up.auditor'])
    expect(await list(username)).toMatchObject({
      status: 200,
      body: { redactions: [{ logIndex: 2, state: 'ordered', because, authority }] },
    });
  expect((await list('made-up.supervisor')).status).toBe(403);
});

it('survives every call that fails, both ways: what is gone is explained, and the same decision completes it [Acct-A]', async () => {
  for (const how of ['not-done', 'done-but-lost'] as const satisfies readonly Fault[])
    for (let call = 1, isDone = false; !isDone; call++) {
      await emptyLog(system.local);
      await logParts(system.dynamo).audit.append(madeUse(0));
      log = await seal(system.local);
      await order('made-up.chief', 0);
      let calls = 0;
      const failing = injectFaults(system.local.client(), () => (++calls === call ? how : undefined));
      isDone = (await decide('made-up.auditor', 0, 'confirmed', handler(failing))).status === 200;
      if ((await rowAt(0))?.event === undefined) expect(await eventsOf('event-redacted')).toHaveLength(1);
      expect((await decide('made-up.auditor', 0)).status).toBe(200);
      expect(await eventsOf('event-redacted')).toHaveLength(1);
      expect(await verdict()).toMatchObject({ kind: 'proven', value: { redacted: [0] } });
    }
}, 30_000);
