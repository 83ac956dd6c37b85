import type { ImportDeps } from '../../../core/hot-list/outside/import-delivery';
import { makeHandler } from '../../../lambdas/import-hot-list/handler';
import { madeSource } from '../../core/hot-list/outside/made-source';

function made(plates: Readonly<Record<string, readonly string[]>>) {
  const counts: Record<string, number> = {};
  const logged: string[] = [];
  let record: Awaited<ReturnType<ImportDeps['records']['find']>>;
  const files = new Map<string, Uint8Array>();
  const handler = makeHandler({
    sources: [madeSource],
    records: {
      find: async () => record,
      store: async (after) => {
        record = after;
        return 'stored';
      },
    },
    uploads: {
      gather: async ({ name }, _, into) => {
        if (name === 'breaks') throw new Error('a made-up failure');
        for (const [at, plate] of (plates[name] ?? []).entries())
          into.take({ number: at + 1, fields: { plate } });
        return { kind: 'gathered', deliveryId: name, deliveredAtMs: Date.parse('2026-11-24T06:00:00Z') };
      },
    },
    files: {
      put: async (key, bytes) => void files.set(key, bytes),
      get: async (key) => files.get(key),
    },
    audit: { append: async () => undefined },
    now: () => Date.parse('2026-11-24T12:00:00Z'),
    newSalt: () => '07'.repeat(32),
    counters: {
      count: (name, value) => {
        counts[name] = (counts[name] ?? 0) + value;
      },
      gauge: (name, value) => {
        counts[name] = value;
      },
    },
    log: {
      info: (...all) => logged.push(JSON.stringify(all)),
      warn: (...all) => logged.push(JSON.stringify(all)),
    },
  });
  return { handler, counts, logged, inForce: () => record?.inForce };
}

const queued = (...keys: string[]) => ({
  Records: keys.map((key, at) => ({
    messageId: `message-${at}`,
    body: JSON.stringify({ Records: [{ s3: { object: { key } } }] }),
  })),
});

it('takes in the file that S3 announces, by its list', async () => {
  const { handler, inForce } = made({ 'a file': ['TEST1', 'TEST2'] });
  await expect(handler(queued('state-stolen/a+file'))).resolves.toEqual({ batchItemFailures: [] });
  expect(inForce()).toMatchObject({ entries: 2, listName: 'State stolen vehicles' });
});

it('lets a file that fails come again without holding back its neighbour', async () => {
  const { handler, inForce } = made({ good: ['TEST1'] });
  await expect(handler(queued('state-stolen/breaks', 'state-stolen/good'))).resolves.toEqual({
    batchItemFailures: [{ itemIdentifier: 'message-0' }],
  });
  expect(inForce()?.entries).toBe(1);
});

it('counts a delivery that it refuses, and logs no plate of it', async () => {
  const { handler, counts, logged } = made({ bad: ['TEST?'] });
  await handler(queued('state-stolen/bad', 'nobody/bad'));
  expect(counts).toMatchObject({ HotListDeliveriesRefused: 2 });
  expect(logged.join()).not.toContain('TEST');
});

it('looks by the clock which lists are older than promised', async () => {
  const { handler, counts } = made({ good: ['TEST1'] });
  await handler({});
  expect(counts).toEqual({ OutsideListsOverdue: 1 });
  await handler(queued('state-stolen/good'));
  await handler({});
  expect(counts).toEqual({ OutsideListsOverdue: 0 });
});

it('ignores the test message that S3 sends when the bucket is made', async () => {
  const { handler } = made({});
  const body = JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent' });
  await expect(handler({ Records: [{ messageId: 'm', body }] })).resolves.toEqual({ batchItemFailures: [] });
});
