import { AwsError } from '../../../local/aws/errors';
import { reportingFailures, streamArn, testSources, textsOf } from './support';

const open: { sources: { stop(): Promise<void> } }[] = [];
const started: typeof testSources = (...args) => {
  const parts = testSources(...args);
  open.push(parts);
  return parts;
};
afterEach(async () => {
  for (const { sources } of open.splice(0)) await sources.stop();
});

const reports = { FunctionResponseTypes: ['ReportBatchItemFailures'] };
const toBucket = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } } };

it('records arrive once each, in order, in the shape that Lambda gives them', async () => {
  const { sources, mapStream, put, events, clock } = started(() => undefined);
  mapStream({ BatchSize: 2 });
  const [first] = put('a', 'b', 'c');
  sources.start();
  await sources.idle();
  expect(events.map(textsOf)).toEqual([['a', 'b'], ['c']]);
  expect(events[0]?.Records[0]).toEqual({
    kinesis: {
      kinesisSchemaVersion: '1.0',
      partitionKey: 'a',
      sequenceNumber: first?.sequenceNumber,
      data: 'YQ==',
      approximateArrivalTimestamp: clock.now() / 1000,
    },
    eventSource: 'aws:kinesis',
    eventVersion: '1.0',
    eventID: `shardId-000000000000:${first?.sequenceNumber}`,
    eventName: 'aws:kinesis:record',
    invokeIdentityArn: 'arn:aws:iam::000000000000:role/test-role',
    awsRegion: 'us-east-2',
    eventSourceARN: streamArn,
  });
  expect(sources.counters('Mapping')).toMatchObject({ records: 3, invocations: 2, retries: 0 });
});

it('LATEST leaves out what was there before the mapping, TRIM_HORIZON and AT_TIMESTAMP do not', async () => {
  for (const [start, expected] of [
    [{ StartingPosition: 'LATEST' }, ['later']],
    [{ StartingPosition: 'TRIM_HORIZON' }, ['early', 'middle', 'later']],
    [{ StartingPosition: 'AT_TIMESTAMP' }, ['middle', 'later']],
  ] as const) {
    const { sources, mapStream, put, events, clock } = started(() => undefined);
    put('early');
    clock.advance(10_000);
    const timestamp =
      start.StartingPosition === 'AT_TIMESTAMP' ? { StartingPositionTimestamp: clock.now() / 1000 } : {};
    put('middle');
    mapStream({ ...start, ...timestamp });
    sources.start();
    put('later');
    await sources.idle();
    expect(events.flatMap(textsOf)).toEqual(expected);
  }
});

it('a failed batch is tried again before anything behind it', async () => {
  let failures = 2;
  const { sources, mapStream, put, events } = started(() => {
    if (failures-- > 0) throw new Error('not yet');
  });
  mapStream({ BatchSize: 1 });
  put('a', 'b');
  sources.start();
  await sources.idle();
  expect(events.map(textsOf)).toEqual([['a'], ['a'], ['a'], ['b']]);
  expect(sources.counters('consumer')).toMatchObject({
    records: 2,
    invocations: 4,
    retries: 2,
    discarded: 0,
  });
});

it('a reported failure checkpoints what came before it', async () => {
  let isBroken = true;
  const { sources, mapStream, put, events } = started((event) => {
    const answer = reportingFailures((text) => isBroken && text === 'c')(event);
    isBroken = false;
    return answer;
  });
  mapStream(reports);
  put('a', 'b', 'c', 'd');
  sources.start();
  await sources.idle();
  expect(events.map(textsOf)).toEqual([
    ['a', 'b', 'c', 'd'],
    ['c', 'd'],
  ]);
  expect(sources.counters('Mapping')).toMatchObject({ records: 4, retries: 1 });
});

it('reported failures count for nothing unless the mapping asks for them', async () => {
  const { sources, mapStream, put, events } = started(reportingFailures(() => true));
  mapStream();
  put('a');
  sources.start();
  await sources.idle();
  expect(events).toHaveLength(1);
});

it.each([
  ['an unknown record', { batchItemFailures: [{ itemIdentifier: 'other' }] }],
  ['an empty name', { batchItemFailures: [{ itemIdentifier: '' }] }],
  ['another key', { batchItemFailures: [{ id: '1' }] }],
])('an answer that reports %s is a failure of the whole batch', async (_, answer) => {
  const { sources, mapStream, put } = started(() => answer);
  mapStream({ ...reports, MaximumRetryAttempts: 0 });
  put('a', 'b');
  sources.start();
  await sources.idle();
  expect(sources.counters('Mapping')).toMatchObject({ records: 0, discarded: 2 });
});

it('bisecting finds the bad record, keeps its neighbours, and sends it whole to the bucket', async () => {
  const { sources, mapStream, put, delivered } = started((event) => {
    if (textsOf(event).includes('bad')) throw new Error('cannot read it');
  });
  mapStream({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, ...toBucket });
  const placed = put('a', 'b', 'bad', 'c', 'd');
  sources.start();
  await sources.idle();
  expect(sources.counters('Mapping')).toMatchObject({ records: 4, discarded: 1 });
  expect(delivered).toHaveLength(1);
  expect(delivered[0]).toMatchObject({
    targetArn: 'arn:aws:s3:::failures',
    roleArn: 'arn:aws:iam::000000000000:role/test-role',
    objectKey: expect.stringMatching(
      /^aws\/lambda\/[0-9a-f-]{36}\/shardId-000000000000\/\d{4}\/\d\d\/\d\d\/\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d-[0-9a-f-]{36}$/,
    ),
  });
  const message = JSON.parse(delivered[0]?.body ?? '');
  expect(message).toMatchObject({
    version: '1.0',
    requestContext: { condition: 'RetryAttemptsExhausted', approximateInvokeCount: 2 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    KinesisBatchInfo: {
      shardId: 'shardId-000000000000',
      startSequenceNumber: placed[2]?.sequenceNumber,
      endSequenceNumber: placed[2]?.sequenceNumber,
      batchSize: 1,
      streamArn,
    },
  });
  expect(textsOf(JSON.parse(message.payload))).toEqual(['bad']);
});

it('a queue as failure destination learns where the records are, and not what they say', async () => {
  const { sources, mapStream, put, delivered } = started(() => {
    throw new Error('down');
  });
  const Destination = 'arn:aws:sqs:us-east-2:000000000000:failed';
  mapStream({ MaximumRetryAttempts: 0, DestinationConfig: { OnFailure: { Destination } } });
  put('a', 'b');
  sources.start();
  await sources.idle();
  expect(delivered).toHaveLength(1);
  expect(JSON.parse(delivered[0]?.body ?? '')).not.toHaveProperty('payload');
});

it('with reported failures and bisection one bad record is given up alone', async () => {
  const { sources, mapStream, put, delivered } = started(reportingFailures((text) => text === 'bad'));
  mapStream({ ...reports, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 0, ...toBucket });
  put('a', 'bad', 'b', 'c');
  sources.start();
  await sources.idle();
  expect(delivered.map(({ body }) => textsOf(JSON.parse(JSON.parse(body).payload)))).toEqual([['bad']]);
  expect(sources.counters('Mapping')).toMatchObject({ records: 3, discarded: 1 });
});

it('records past the age limit are discarded untried', async () => {
  const { sources, mapStream, put, delivered, events, clock } = started(() => undefined);
  mapStream({ MaximumRecordAgeInSeconds: 60, ...toBucket });
  put('old');
  clock.advance(61_000);
  put('new');
  sources.start();
  await sources.idle();
  expect(events.flatMap(textsOf)).toEqual(['new']);
  expect(JSON.parse(delivered[0]?.body ?? '')).toMatchObject({
    requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
    KinesisBatchInfo: { batchSize: 1 },
  });
});

it('a batch that fails for ever is given up when its records leave the stream', async () => {
  const { sources, mapStream, put, clock } = started((event) => {
    if (textsOf(event).includes('stuck')) throw new Error('never');
  });
  mapStream({ BatchSize: 1 });
  put('stuck');
  sources.start();
  await expect(sources.idle(100)).rejects.toThrow(
    'event sources are not drained: Mapping (shardId-000000000000 at 0 of 1)',
  );
  clock.advance(25 * 3_600_000);
  put('fresh');
  await sources.idle();
  expect(sources.counters('Mapping')).toMatchObject({ records: 1, expired: 1, discarded: 0 });
});

it('the filter passes what a pattern asks for and skips the rest', async () => {
  const { sources, mapStream, put, events } = started(() => undefined);
  mapStream({ FilterCriteria: { Filters: [{ Pattern: '{"data":{"kind":["read"]}}' }] } });
  put('{"kind":"read","n":1}', 'not json', '{"kind":"heartbeat"}', '{"kind":"read","n":2}');
  sources.start();
  await sources.idle();
  expect(events.flatMap(textsOf)).toEqual(['{"kind":"read","n":1}', '{"kind":"read","n":2}']);
  expect(sources.counters('Mapping')).toMatchObject({ records: 2, filtered: 2 });
});

it('the batching window gathers records until the virtual clock ends it', async () => {
  const { sources, mapStream, put, events, clock } = started(() => undefined, {
    overrides: { timing: { pollIntervalMs: 10, windowMsMax: 30_000 } },
  });
  mapStream({ BatchSize: 10, MaximumBatchingWindowInSeconds: 5 });
  put('a');
  sources.start();
  await new Promise((resolve) => setTimeout(resolve, 60));
  put('b');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(events).toEqual([]);
  clock.advance(5_000);
  sources.wake();
  await sources.idle();
  expect(events.map(textsOf)).toEqual([['a', 'b']]);
});

it('the batching window ends when the batch is full, and at the latest after its bound of real time', async () => {
  const { sources, mapStream, put, events } = started(() => undefined);
  mapStream({ BatchSize: 2, MaximumBatchingWindowInSeconds: 300 });
  put('a', 'b', 'c');
  sources.start();
  await sources.idle(5_000);
  expect(events.map(textsOf)).toEqual([['a', 'b'], ['c']]);
});

it('a consumer with enhanced fan-out gets a record at once, one without at its next poll', async () => {
  const arrivedAfterMs = async (properties: Record<string, unknown>) => {
    let arrived: (() => void) | undefined;
    const arrival = new Promise<void>((resolve) => {
      arrived = resolve;
    });
    const { sources, mapStream, put, kinesis } = started(() => arrived?.(), {
      overrides: { timing: { pollIntervalMs: 400 } },
    });
    kinesis.registerConsumer('reads', 'fast');
    mapStream(properties);
    sources.start();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const at = performance.now();
    put('a');
    await arrival;
    return performance.now() - at;
  };
  expect(await arrivedAfterMs({ EventSourceArn: `${streamArn}/consumer/fast:1` })).toBeLessThan(200);
  expect(await arrivedAfterMs({})).toBeGreaterThan(200);
});

it('parallel lanes keep the order of each partition key', async () => {
  let atOnce = 0;
  let atOnceMax = 0;
  const { sources, mapStream, put, events } = started(async () => {
    atOnce += 1;
    atOnceMax = Math.max(atOnceMax, atOnce);
    await new Promise((resolve) => setTimeout(resolve, 5));
    atOnce -= 1;
  });
  mapStream({ ParallelizationFactor: 4, BatchSize: 1 });
  const keys = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8'];
  put(...[1, 2, 3].flatMap((n) => keys.map((key) => `${key}:${n}`)));
  sources.start();
  await sources.idle();
  const seen = events.flatMap(textsOf);
  for (const key of keys) {
    expect(seen.filter((text) => text.startsWith(`${key}:`))).toEqual([`${key}:1`, `${key}:2`, `${key}:3`]);
  }
  expect(atOnceMax).toBeGreaterThan(1);
});

it('throttling delays a batch and uses up no retry', async () => {
  let throttles = 3;
  const { sources, mapStream, put } = started(() => undefined, {
    overrides: {
      functions: {
        configuration: () => ({ arn: 'arn:aws:lambda:r:a:function:f', roleArn: 'role', timeoutSeconds: 3 }),
        invokeUnchecked: async () => {
          if (throttles-- > 0) throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
          return { kind: 'ok', payload: null };
        },
      },
    },
  });
  mapStream({ MaximumRetryAttempts: 0 });
  put('a');
  sources.start();
  await sources.idle();
  expect(sources.counters('Mapping')).toMatchObject({ records: 1, invocations: 1, discarded: 0 });
});

describe('permission', () => {
  it('to read is asked of the role and of the key for every batch', async () => {
    const { sources, mapStream, put, iam } = started(() => undefined, { stream: { keyId: 'stream-key' } });
    mapStream();
    sources.start();
    iam.calls.length = 0;
    put('a');
    await sources.idle();
    expect(iam.calls).toMatchObject([
      {
        action: 'kinesis:GetRecords',
        resource: streamArn,
        caller: { roleArn: expect.stringContaining('test-role') },
      },
      {
        action: 'kms:Decrypt',
        resource: 'arn:aws:kms:us-east-2:000000000000:key/stream-key',
        context: { 'kms:ViaService': 'kinesis.us-east-2.amazonaws.com' },
      },
    ]);
  });

  it('missing at the start stops the start', () => {
    const { sources, mapStream, iam } = started(() => undefined);
    mapStream();
    iam.refuse('kinesis:GetShardIterator');
    expect(() => sources.start()).toThrow(
      `event source mapping Mapping: its function may not kinesis:GetShardIterator ${streamArn}`,
    );
  });

  it('missing later holds the shard and says so', async () => {
    const { sources, mapStream, put, iam, events } = started(() => undefined, {
      stream: { keyId: 'stream-key' },
    });
    mapStream();
    sources.start();
    iam.refuse('kms:Decrypt');
    put('a');
    await expect(sources.idle(200)).rejects.toThrow('not authorized to perform: kms:Decrypt');
    expect(events).toEqual([]);
  });

  it('missing at the failure destination holds the shard rather than lose the record', async () => {
    let isRefusing = true;
    const sent: string[] = [];
    const { sources, mapStream, put } = started(
      () => {
        throw new Error('down');
      },
      {
        overrides: {
          deliveries: async ({ body }) => {
            if (isRefusing) throw new AwsError('AccessDenied', 'Access Denied', 403);
            sent.push(body);
          },
        },
      },
    );
    mapStream({ MaximumRetryAttempts: 0, ...toBucket });
    put('a');
    sources.start();
    await expect(sources.idle(200)).rejects.toThrow('Access Denied');
    isRefusing = false;
    await sources.idle();
    expect(sent).toHaveLength(1);
  });
});

it('a property that is not modelled is refused by name', () => {
  const { mapStream } = started(() => undefined);
  expect(() => mapStream({ TumblingWindowInSeconds: 60 })).toThrow(
    'AWS::Lambda::EventSourceMapping Mapping: the local system does not model property TumblingWindowInSeconds',
  );
  expect(() =>
    mapStream({ EventSourceArn: 'arn:aws:dynamodb:us-east-2:000000000000:table/t/stream/s' }),
  ).toThrow('the local system has no event source arn:aws:dynamodb');
});

it('a mapping that is switched off reads nothing', async () => {
  const { sources, mapStream, put, events } = started(() => undefined);
  mapStream({ Enabled: false });
  put('a');
  sources.start();
  await sources.idle();
  expect(events).toEqual([]);
});
