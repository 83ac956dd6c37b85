import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { publishedDays } from '../../../adapters/audit-log/published-days';
import { newEvent } from '../../../core/audit/event';
import { publishedPlace } from '../../../core/audit/log/publish-day';
import { checkDraw } from '../../../core/audit/log/verifier/check-draw';
import { drawPlaces } from '../../../core/audit/log/verifier/draw';
import { drawRecord } from '../../../core/contract/log';
import { makeHandler } from '../../../lambdas/draw-leaves/handler';
import { callAs, type System, startSystem } from '../manage-people/made-system';
import { createLogTables, emptyLog, logParts, madeUse, rowsOf, seal } from '../redact-event/made-sealed-rows';

const origin = 'example.org/made-up-log';
const day = '2026-11-24';
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
  for (let number = 0; number < 20; number++) await audit.append(madeUse(number));
  log = await seal(system.local);
  await audit.append(published());
});
afterAll(() => system.local.stop());

function published() {
  const { atMs, eventId } = publishedPlace(origin, day);
  return newEvent(
    { now: () => atMs, newId: () => eventId },
    {
      kind: 'checkpoint-published',
      actor: { kind: 'system', name: 'publish-checkpoint' },
      day,
      publishedAtMs: atMs,
      size: 20,
      rootHash: Buffer.from(log.checkpoint.root).toString('base64'),
      checkpoint: 'made-up note',
      proof: [],
      witnesses: [],
      silent: [],
    },
  );
}

const figures: string[] = [];
const draw = (username: string, body: unknown = { day, count: 5 }) =>
  callAs(
    makeHandler({
      ...system.deps,
      ...logParts(system.dynamo),
      origin,
      published: publishedDays({ dynamo: system.dynamo, table: 'AuditEvents' }, origin),
      counters: { count: (name, value) => void figures.push(`${name} ${value}`) },
    }),
    'draw-leaves',
    username,
    { body },
  );
const recordOf = ({ body }: { body: Record<string, unknown> }) => {
  const { rootHash, ...record } = drawRecord.parse(body.record);
  return {
    ...record,
    root: Buffer.from(rootHash, 'base64'),
    leaves: record.leaves.map(({ leaf, ...rest }) => ({ ...rest, ...(leaf ? { leaf } : {}) })),
  };
};

it('opens for the auditor the leaves that follow from the published checkpoint, the same each time [Acct-A]', async () => {
  const first = await draw('made-up.auditor');
  expect(first.status).toBe(201);
  const record = recordOf(first);
  expect(record.leaves.map(({ index }) => index)).toEqual(drawPlaces(origin, log.checkpoint, 5));
  expect(recordOf(await draw('made-up.auditor')).leaves).toEqual(record.leaves);
  const longer = recordOf(await draw('made-up.auditor', { day, count: 9 }));
  expect(longer.leaves.slice(0, 5)).toEqual(record.leaves);
  expect(checkDraw(log.files, { name: origin }, log.checkpoint, longer)).toEqual({
    kind: 'proven',
    value: { opened: 9, redacted: 0, failed: 0 },
  });
  const kinds = (await rowsOf(system.local)).map((row) => JSON.parse(row.event?.S ?? '{}').kind);
  expect(kinds.filter((kind) => kind === 'leaves-drawn')).toHaveLength(3);
});

it('opens nothing for anybody else [Acct-A]', async () => {
  for (const username of ['made-up.chief', 'made-up.administrator', 'made-up.officer'])
    expect((await draw(username)).status).toBe(403);
});

it('says of an event that is gone that it failed, and counts it', async () => {
  const [index = 0] = drawPlaces(origin, log.checkpoint, 1);
  const row = (await rowsOf(system.local)).find((each) => each.logIndex?.N === String(index));
  if (row?.hour && row.at)
    await system.dynamo.send(
      new DeleteItemCommand({ TableName: 'AuditEvents', Key: { hour: row.hour, at: row.at } }),
    );
  const record = recordOf(await draw('made-up.auditor'));
  expect(record.leaves[0]).toEqual({ index, state: 'failed' });
  expect(figures.at(-1)).toBe('LeavesUnopened 1');
  expect(checkDraw(log.files, { name: origin }, log.checkpoint, record)).toEqual({
    kind: 'proven',
    value: { opened: 4, redacted: 0, failed: 1 },
  });
});

it('lets nobody pick: a record with another place, order, gap or leaf is disproved [Acct-A]', async () => {
  const record = recordOf(await draw('made-up.auditor'));
  const [a, b, ...others] = record.leaves;
  if (a === undefined || b === undefined) throw new Error('too few');
  for (const leaves of [
    [b, a, ...others],
    [b, ...others],
    [{ ...a, index: (a.index + 1) % 20 }, b, ...others],
    [{ ...a, leaf: String(b.leaf) }, b, ...others],
    [{ ...a, leaf: '' }, b, ...others],
  ])
    expect(checkDraw(log.files, { name: origin }, log.checkpoint, { ...record, leaves }).kind).toBe(
      'disproved',
    );
  const other = { ...log.checkpoint, root: Buffer.alloc(32) };
  expect(checkDraw(log.files, { name: origin }, other, record).kind).toBe('disproved');
});

it('draws from no day that was not published, and no more leaves than there are', async () => {
  expect((await draw('made-up.auditor', { day: '2026-11-23', count: 5 })).status).toBe(404);
  expect((await draw('made-up.auditor', { day, count: 51 })).status).toBe(400);
  expect(recordOf(await draw('made-up.auditor', { day, count: 50 })).leaves).toHaveLength(20);
});
