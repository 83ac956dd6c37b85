import { DeleteItemCommand, PutItemCommand, ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { KeyDestruction } from '../../../adapters/day-keys/key-destruction';
import { parseEvent } from '../../../core/audit/event';
import { ForgettingUnfinished, makeHandler } from '../../../lambdas/forget-day/handler';
import { createTable, startDynamo, type TestDynamo } from '../../adapters/dynoxide';
import { type Fault, injectFaults } from '../../adapters/faults';
import { recordedCounters, recordedLog } from '../recorded';

const nowMs = Date.parse('2026-12-02T00:00:00Z');
let server: TestDynamo;

beforeAll(async () => {
  server = await startDynamo();
  await createTable(server.dynamo, { name: 'DayKeys', key: [['day', 'S']] });
  await createTable(server.dynamo, {
    name: 'AuditEvents',
    key: [
      ['hour', 'S'],
      ['at', 'S'],
    ],
  });
});
afterAll(() => server.stop());
beforeEach(async () => {
  for (const row of await scan('AuditEvents'))
    await server.dynamo.send(
      new DeleteItemCommand({
        TableName: 'AuditEvents',
        Key: { hour: row.hour ?? { S: '' }, at: row.at ?? { S: '' } },
      }),
    );
  for (const row of await scan('DayKeys'))
    await server.dynamo.send(
      new DeleteItemCommand({ TableName: 'DayKeys', Key: { day: row.day ?? { S: '' } } }),
    );
  for (const day of ['2026-10-25', '2026-11-02', '2026-11-03', '2026-12-02'])
    await server.dynamo.send(
      new PutItemCommand({
        TableName: 'DayKeys',
        Item: { day: { S: day }, wrappedKey: { B: Buffer.from('wrapped') }, createdAtMs: { N: '1' } },
      }),
    );
});

const scan = async (TableName: string) =>
  (await server.dynamo.send(new ScanCommand({ TableName }))).Items ?? [];

/** What stands: days with a key, forgotten days, days recorded, and unsettled tombstones. */
async function state() {
  const rows = await scan('DayKeys');
  const daysOf = (some: typeof rows) => some.map((row) => row.day?.S).sort();
  const events = (await scan('AuditEvents')).map((row) => parseEvent(JSON.parse(row.event?.S ?? '')));
  return {
    live: daysOf(rows.filter((row) => row.wrappedKey !== undefined)),
    forgotten: daysOf(rows.filter((row) => row.wrappedKey === undefined)),
    unsettled: daysOf(rows.filter((row) => row.destroyedAtMs !== undefined && row.settledAtMs === undefined)),
    recorded: events.map((event) => (event.kind === 'day-forgotten' ? event.day : event.kind)).sort(),
  };
}

/** A run; `fault` says what happens to the n-th effect, counted from 1, of this process: store calls and recyclings. */
function setUp(fault: (effect: number) => Fault | undefined = () => undefined) {
  let effects = 0;
  const dynamo = injectFaults(server.client(), () => fault(++effects));
  const recycled: string[] = [];
  const { counters, figures } = recordedCounters();
  const { log, lines } = recordedLog();
  const handler = makeHandler({
    keys: new KeyDestruction(dynamo, 'DayKeys'),
    audit: new StoredAuditLog({ dynamo, table: 'AuditEvents' }),
    environments: {
      recycle: async (name, destroyedAtMs) => {
        const fails = fault(++effects);
        if (fails !== 'not-done') recycled.push(`${name} ${destroyedAtMs}`);
        if (fails !== undefined) throw new Error(fails);
        return 'recycled';
      },
    },
    functions: ['search', 'record'],
    retentionDays: 30,
    counters,
    log,
    now: () => nowMs,
  });
  return { handler, recycled, figures, lines, effects: () => effects };
}

const done = {
  live: ['2026-11-03', '2026-12-02'],
  forgotten: ['2026-10-25', '2026-11-02'],
  unsettled: [],
  recorded: ['2026-10-25', '2026-11-02'],
};

describe('forget-day', () => {
  it('destroys the keys of days that began nearly 30 days ago or earlier, records it and recycles [Storage-A]', async () => {
    const { handler, recycled, figures } = setUp();
    expect(await handler()).toEqual({
      destroyed: ['2026-10-25', '2026-11-02'],
      settled: ['2026-10-25', '2026-11-02'],
    });
    expect(await state()).toEqual(done);
    expect(recycled).toEqual([`search ${nowMs}`, `record ${nowMs}`]);
    expect(figures).toEqual(['OldestDayKeyAgeHours 696']);
  });

  it('has nothing to do the second time', async () => {
    await setUp().handler();
    const again = setUp();
    expect(await again.handler()).toEqual({ destroyed: [], settled: [] });
    expect(again.recycled).toEqual([]);
    expect(await state()).toEqual(done);
  });

  it('destroys keys first: not even a silent audit log keeps a key alive [Storage-A]', async () => {
    const { handler } = setUp((effect) => (effect > 6 ? 'not-done' : undefined));
    await expect(handler()).rejects.toThrow();
    expect(await state()).toEqual({ ...done, recorded: [], unsettled: ['2026-10-25', '2026-11-02'] });
  });

  it('does not let one day’s failure keep another day’s key', async () => {
    const { handler, lines } = setUp((effect) => (effect === 5 ? 'not-done' : undefined));
    await expect(handler()).rejects.toThrow(ForgettingUnfinished);
    expect((await state()).live).toEqual(['2026-10-25', '2026-11-03', '2026-12-02']);
    expect((await state()).recorded).toEqual(['2026-11-02']);
    expect(lines[0]).toContain('"step":"destroy"');
  });

  it('tells the age of an overdue key when it could not destroy it', async () => {
    const { handler, figures } = setUp((effect) => (effect === 5 ? 'not-done' : undefined));
    await expect(handler()).rejects.toThrow(ForgettingUnfinished);
    expect(figures).toEqual(['OldestDayKeyAgeHours 912']);
  });

  it('settles no day while a function could not be recycled', async () => {
    const { handler } = setUp((effect) => (effect === 9 ? 'not-done' : undefined));
    await expect(handler()).rejects.toThrow(ForgettingUnfinished);
    expect((await state()).unsettled).toEqual(['2026-10-25', '2026-11-02']);
  });

  /** 4 × states (371 days), 2 × destroy, 2 × record, 2 × recycle, 2 × settle, 5 × states (401 days). */
  const effects = Array.from({ length: 17 }, (_, index) => index + 1);
  const crashes = effects.flatMap((effect) => [
    { effect, fault: 'not-done' as const },
    { effect, fault: 'done-but-lost' as const },
  ]);

  it('makes 17 effects in this setting, so the crashes below are all there are', async () => {
    const { handler, effects: count } = setUp();
    await handler();
    expect(count()).toBe(17);
  });

  it.each(crashes)(
    'completes in the next run after dying at effect $effect ($fault), each day recorded once',
    async ({ effect, fault }) => {
      const dying = setUp((at) => (at < effect ? undefined : at === effect ? fault : 'not-done'));
      await expect(dying.handler()).rejects.toThrow();
      const between = await state();
      for (const day of between.recorded) expect(between.live).not.toContain(day);

      const next = setUp();
      await next.handler();
      expect(await state()).toEqual(done);
      const recycledAtAll = new Set([...dying.recycled, ...next.recycled].map((each) => each.split(' ')[0]));
      expect(recycledAtAll).toEqual(new Set(['search', 'record']));
    },
  );
});
