import { testRuntime } from './support';

let parts: ReturnType<typeof testRuntime>;
beforeEach(() => {
  parts = testRuntime();
});
afterEach(() => parts.runtime.stop());

const failing =
  'let n = 0; exports.handler = async (e) => { n += 1; if (n < e.goodAt) throw new Error("not yet"); return n; };';

it('an asynchronous invocation is tried three times', async () => {
  const { runtime, define, delivered } = parts;
  const tries: string[] = [];
  runtime.onInvoke(({ phase, requestId }) => void (phase === 'start' && tries.push(requestId)));
  runtime.acceptAsync(define('third', failing), { goodAt: 3 });
  await runtime.idle();
  expect(tries).toHaveLength(3);
  expect(new Set(tries).size).toBe(1);
  expect(delivered).toEqual([]);
});

it('what fails to the end goes to the failure destination and the dead-letter queue', async () => {
  const { runtime, define, provision, delivered } = parts;
  const arn = define('never', failing, {
    DeadLetterConfig: { TargetArn: 'arn:aws:sqs:us-east-2:000000000000:dead' },
  });
  provision('AWS::Lambda::EventInvokeConfig', 'Config', {
    FunctionName: 'never',
    Qualifier: '$LATEST',
    MaximumRetryAttempts: 1,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } },
  });
  const requestId = runtime.acceptAsync(arn, { goodAt: 99 });
  await runtime.idle();
  expect(delivered).toMatchObject([
    {
      targetArn: 'arn:aws:s3:::failures',
      roleArn: 'arn:aws:iam::000000000000:role/test-role',
      objectKey: expect.stringMatching(
        new RegExp(`^aws/lambda/async/never/\\d{4}/\\d\\d/\\d\\d/[0-9T.-]{19}-${requestId}$`),
      ),
    },
    {
      targetArn: 'arn:aws:sqs:us-east-2:000000000000:dead',
      body: '{"goodAt":99}',
      attributes: { RequestID: requestId, ErrorCode: '200', ErrorMessage: 'not yet' },
    },
  ]);
  expect(JSON.parse(delivered[0]?.body ?? '')).toMatchObject({
    version: '1.0',
    requestContext: {
      requestId,
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: 2,
    },
    requestPayload: { goodAt: 99 },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: 'Error', errorMessage: 'not yet' },
  });
});

it('a throttled event waits and uses up no retry', async () => {
  const { runtime, define, delivered } = parts;
  const code = 'exports.handler = () => new Promise((r) => setTimeout(r, 250));';
  const arn = define('narrow', code, { ReservedConcurrentExecutions: 1 });
  const results: string[] = [];
  runtime.onInvoke((event) => void (event.phase === 'end' && results.push(event.result.kind)));
  for (let i = 0; i < 3; i += 1) runtime.acceptAsync(arn, {});
  await runtime.idle();
  expect(results).toEqual(['ok', 'ok', 'ok']);
  expect(delivered).toEqual([]);
});

it('an event older than its limit is not tried', async () => {
  const { runtime, define, provision, delivered, clock } = parts;
  const arn = define('late', failing, { ReservedConcurrentExecutions: 0 });
  provision('AWS::Lambda::EventInvokeConfig', 'Config', {
    FunctionName: arn,
    Qualifier: '$LATEST',
    MaximumEventAgeInSeconds: 60,
    DestinationConfig: { OnFailure: { Destination: 'arn:aws:sns:us-east-2:000000000000:failed' } },
  });
  runtime.acceptAsync(arn, {});
  clock.advance(61_000);
  await runtime.idle();
  expect(delivered.map(({ body }) => JSON.parse(body).requestContext.condition)).toEqual([
    'EventAgeExceeded',
  ]);
});
