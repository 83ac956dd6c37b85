import { type QueueEvent, queueArn, testSources } from './support';

const open: { sources: { stop(): Promise<void> } }[] = [];
function started(...args: Parameters<typeof testSources<QueueEvent>>) {
  const parts = testSources<QueueEvent>(...args);
  open.push(parts);
  return parts;
}
afterEach(async () => {
  for (const { sources } of open.splice(0)) await sources.stop();
});

const bodiesOf = ({ Records }: QueueEvent) => Records.map(({ body }) => body);

it('messages arrive in the shape that Lambda gives them and are deleted when accepted', async () => {
  const { sources, mapQueue, send, events, sqs, clock } = started(() => undefined);
  mapQueue();
  sources.start();
  const [messageId] = send('hello');
  await sources.idle();
  expect(events).toEqual([
    {
      Records: [
        {
          messageId,
          receiptHandle: expect.any(String),
          body: 'hello',
          attributes: {
            ApproximateReceiveCount: '1',
            SentTimestamp: String(clock.now()),
            SenderId: 's3.amazonaws.com',
            ApproximateFirstReceiveTimestamp: String(clock.now()),
          },
          messageAttributes: {},
          md5OfBody: '5d41402abc4b2a76b9719d911017c592',
          eventSource: 'aws:sqs',
          eventSourceARN: queueArn,
          awsRegion: 'us-east-2',
        },
      ],
    },
  ]);
  expect(sqs.dump(queueArn)).toEqual([]);
});

it('a failed message comes back after its visibility timeout, then goes to the dead-letter queue', async () => {
  const { sources, mapQueue, send, events, sqs, clock, deadQueueArn } = started(() => {
    throw new Error('unreadable');
  });
  mapQueue();
  sources.start();
  send('bad');
  await sources.idle();
  expect(events).toHaveLength(1);
  for (let i = 0; i < 2; i += 1) {
    clock.advance(31_000);
    sources.wake();
    await sources.idle();
  }
  expect(events).toHaveLength(2);
  expect(sqs.dump(queueArn)).toEqual([]);
  expect(sqs.dump(deadQueueArn).map(({ body }) => body)).toEqual(['bad']);
  expect(sources.counters('Mapping')).toMatchObject({ records: 0, invocations: 2, retries: 1 });
});

it('only the reported messages of a batch come back', async () => {
  const { sources, mapQueue, send, sqs } = started(({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => body === 'bad').map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  }));
  mapQueue({ FunctionResponseTypes: ['ReportBatchItemFailures'] });
  send('a', 'bad', 'b');
  sources.start();
  await sources.idle();
  expect(sqs.dump(queueArn).map(({ body }) => body)).toEqual(['bad']);
  expect(sources.counters('Mapping')).toMatchObject({ records: 2 });
});

it('no more batches run at once than the mapping allows', async () => {
  let atOnce = 0;
  let atOnceMax = 0;
  const { sources, mapQueue, send } = started(async () => {
    atOnce += 1;
    atOnceMax = Math.max(atOnceMax, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 20));
    atOnce -= 1;
  });
  mapQueue({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
  send('a', 'b', 'c', 'd', 'e', 'f');
  sources.start();
  await sources.idle();
  expect(atOnceMax).toBe(2);
  expect(sources.counters('Mapping')).toMatchObject({ records: 6, invocations: 6 });
});

it('a window fills batches above ten', async () => {
  const { sources, mapQueue, send, events } = started(() => undefined);
  mapQueue({ BatchSize: 20, MaximumBatchingWindowInSeconds: 1 });
  send(...Array.from({ length: 25 }, (_, n) => String(n)));
  sources.start();
  await sources.idle();
  expect(events.map(({ Records }) => Records.length)).toEqual([20, 5]);
});

it('messages that the filter leaves out are deleted unseen', async () => {
  const { sources, mapQueue, send, events, sqs } = started(() => undefined);
  mapQueue({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["frame"]}}' }] } });
  send('{"kind":"frame"}', '{"kind":"test"}', 'plain');
  sources.start();
  await sources.idle();
  expect(events.flatMap(bodiesOf)).toEqual(['{"kind":"frame"}']);
  expect(sqs.dump(queueArn)).toEqual([]);
  expect(sources.counters('Mapping')).toMatchObject({ filtered: 2 });
});

it('a role that may not receive or not delete stops the start', () => {
  for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage']) {
    const { mapQueue, iam, sources } = started(() => undefined);
    mapQueue();
    iam.refuse(action);
    expect(() => sources.start()).toThrow(`its function may not ${action} ${queueArn}`);
  }
});

it('a visibility timeout shorter than the function runs is refused, as AWS refuses it', () => {
  const { mapQueue } = started(() => undefined, {
    overrides: {
      functions: {
        configuration: () => ({ arn: 'arn', roleArn: 'role', timeoutSeconds: 60 }),
        invokeUnchecked: async () => ({ kind: 'ok', payload: null }),
      },
    },
  });
  expect(() => mapQueue()).toThrow(
    'Queue visibility timeout: 30 seconds is less than Function timeout: 60 seconds',
  );
});
