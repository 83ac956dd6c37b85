import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { functionArn, testRuntime } from './support';

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const open: { runtime: { stop(): void } }[] = [];
function started(...args: Parameters<typeof testRuntime>) {
  const parts = testRuntime(...args);
  open.push(parts);
  return parts;
}
afterEach(() => {
  for (const { runtime } of open.splice(0)) runtime.stop();
});

describe('a function', () => {
  it('answers with what its handler returns', async () => {
    const { runtime, define } = started();
    const arn = define('double', 'exports.handler = async ({ n }) => ({ twice: 2 * n });');
    expect(await runtime.invokeUnchecked(arn, { n: 21 })).toEqual({ kind: 'ok', payload: { twice: 42 } });
  });

  it('reports the error its handler throws', async () => {
    const { runtime, define } = started();
    const arn = define('broken', 'exports.handler = async () => { throw new RangeError("too far"); };');
    expect(await runtime.invokeUnchecked(arn, {})).toEqual({
      kind: 'function-error',
      errorType: 'RangeError',
      errorMessage: 'too far',
    });
  });

  it('sees the variables of Lambda and its own, and no other of this process', async () => {
    const { runtime, define } = started();
    process.env.SECRET_OF_THE_PARENT = 'x';
    const code = 'exports.handler = async () => ({ env: process.env, cwd: process.cwd() });';
    const arn = define('env', code, { MemorySize: 256, Environment: { Variables: { TABLE: 'reads' } } });
    const { payload } = (await runtime.invokeUnchecked(arn, {})) as { payload: { env: object; cwd: string } };
    delete process.env.SECRET_OF_THE_PARENT;
    expect(payload.env).toMatchObject({
      AWS_LAMBDA_FUNCTION_NAME: 'env',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_REGION: 'us-east-2',
      LAMBDA_TASK_ROOT: payload.cwd,
      _HANDLER: 'index.handler',
      TZ: ':UTC',
      TABLE: 'reads',
      AWS_ACCESS_KEY_ID: 'AKIDTESTTESTTESTTEST',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
    });
    expect(payload.env).not.toHaveProperty('SECRET_OF_THE_PARENT');
    expect(payload.env).not.toHaveProperty('HOME');
  });

  it('gets the whole context', async () => {
    const { runtime, define } = started();
    const code =
      'exports.handler = async (_, c) => ({ ...c, remaining: c.getRemainingTimeInMillis() <= 3000 });';
    const arn = define('context', code);
    const { payload } = (await runtime.invokeUnchecked(arn, {})) as { payload: object };
    expect(payload).toEqual({
      functionName: 'context',
      functionVersion: '$LATEST',
      invokedFunctionArn: arn,
      memoryLimitInMB: '128',
      awsRequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      logGroupName: '/aws/lambda/context',
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
      callbackWaitsForEmptyEventLoop: true,
      remaining: true,
    });
  });

  it('is reused while it is idle and keeps what it holds in memory', async () => {
    const { runtime, define } = started();
    const arn = define('counter', 'let n = 0; exports.handler = async () => ++n;');
    await runtime.invokeUnchecked(arn, {});
    expect(await runtime.invokeUnchecked(arn, {})).toEqual({ kind: 'ok', payload: 2 });
  });

  it('serves one invocation at a time in a process, and more in more processes', async () => {
    const { runtime, define } = started({ environmentsMax: 2 });
    const code = `let busy = 0; exports.handler = async () => {
      busy += 1; await new Promise((r) => setTimeout(r, 100)); busy -= 1; return [process.pid, busy]; };`;
    const arn = define('busy', code);
    const results = await Promise.all([1, 2, 3, 4].map(() => runtime.invokeUnchecked(arn, {})));
    const answers = results.map((result) =>
      result.kind === 'ok' ? (result.payload as [number, number]) : [0, -1],
    );
    expect(answers.map(([, busy]) => busy)).toEqual([0, 0, 0, 0]);
    expect(new Set(answers.map(([pid]) => pid)).size).toBe(2);
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const { runtime, define } = started();
    const code = 'exports.handler = () => new Promise((r) => setTimeout(r, 200));';
    const arn = define('one', code, { ReservedConcurrentExecutions: 1 });
    const first = runtime.invokeUnchecked(arn, {});
    await expect(runtime.invokeUnchecked(arn, {})).rejects.toMatchObject({
      code: 'TooManyRequestsException',
    });
    await first;
  });

  it('is killed at its time-out and works again afterwards', async () => {
    const { runtime, define, logs } = started();
    const code = 'exports.handler = async ({ hang }) => { if (hang) for (;;); return "well"; };';
    const arn = define('slow', code, { Timeout: 1 });
    expect(await runtime.invokeUnchecked(arn, { hang: true })).toMatchObject({
      kind: 'function-error',
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
    });
    expect(logs.lines('/aws/lambda/slow').map(({ line }) => line)).toEqual([
      expect.stringContaining('Task timed out after 1.00 seconds'),
    ]);
    expect(await runtime.invokeUnchecked(arn, {})).toEqual({ kind: 'ok', payload: 'well' });
  });

  it('fails the invocation of a process that ends, and is replaced', async () => {
    const { runtime, define } = started();
    const code = 'exports.handler = async ({ die }) => { if (die) process.exit(7); return "well"; };';
    const arn = define('mortal', code);
    expect(await runtime.invokeUnchecked(arn, { die: true })).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('exit status 7'),
    });
    expect(await runtime.invokeUnchecked(arn, {})).toEqual({ kind: 'ok', payload: 'well' });
  });

  it('may be an ES module or in a folder of its own', async () => {
    const { runtime, define } = started();
    define('template', 'exports.handler = async () => 0;');
    const { taskRoot } = runtime.configuration('template');
    mkdirSync(path.join(taskRoot, 'inner'));
    writeFileSync(
      path.join(taskRoot, 'inner', 'module.mjs'),
      'export const handler = async () => import.meta.url;',
    );
    const { arn, ...spec } = runtime.configuration('template');
    runtime.create({ ...spec, name: 'esm', arn: functionArn('esm'), handler: 'inner/module.handler' });
    expect(await runtime.invokeUnchecked(functionArn('esm'), {})).toEqual({
      kind: 'ok',
      payload: expect.stringMatching(/inner\/module\.mjs$/),
    });
  });

  it('ends its processes when the runtime stops', async () => {
    const { runtime, define } = started();
    const arn = define('mortal', 'exports.handler = async () => process.pid;');
    const { payload } = (await runtime.invokeUnchecked(arn, {})) as { payload: number };
    expect(isAlive(payload)).toBe(true);
    runtime.stop();
    for (let i = 0; i < 100 && isAlive(payload); i += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    expect(isAlive(payload)).toBe(false);
  });

  it('can be killed at a chosen moment of its work', async () => {
    const { runtime, define } = started();
    const arn = define('victim', 'exports.handler = () => new Promise((r) => setTimeout(r, 2000));');
    expect(runtime.kill('victim')).toBe(false);
    runtime.onInvoke(({ phase }) => {
      if (phase === 'start') setTimeout(() => runtime.kill('victim'), 100);
    });
    expect(await runtime.invokeUnchecked(arn, {})).toMatchObject({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringContaining('signal: SIGKILL'),
    });
  });

  it('says why its code cannot be loaded', async () => {
    const { runtime, define } = started();
    const missing = define('missing', '', { Handler: 'other.handler' });
    const unexported = define('unexported', 'exports.other = 1;');
    const throwing = define('throwing', 'throw new TypeError("no config");');
    const callback = define('callback', 'exports.handler = (e, c, cb) => cb(null, 1);');
    const types = await Promise.all(
      [missing, unexported, throwing, callback].map((arn) => runtime.invokeUnchecked(arn, {})),
    );
    expect(types.map((result) => (result.kind === 'ok' ? 'ok' : result.errorType))).toEqual([
      'Runtime.ImportModuleError',
      'Runtime.HandlerNotFound',
      'TypeError',
      'Runtime.CallbackHandlerDeprecated',
    ]);
  });

  it('lives at the time of the virtual clock, from its first line of code on', async () => {
    const { runtime, define, clock } = started();
    clock.set(Date.UTC(2031, 4, 5, 6));
    const code = `const loadedAt = Date.now();
      exports.handler = async ({ waitMs }) => {
        await new Promise((r) => setTimeout(r, waitMs));
        return [loadedAt, new Date().getTime(), new Date(0).toISOString(), new Date() instanceof Date]; };`;
    const arn = define('clock', code, { Timeout: 5 });
    const first = (await runtime.invokeUnchecked(arn, { waitMs: 0 })) as {
      payload: [number, number, string, boolean];
    };
    const [loadedAt, now, epoch, isDate] = first.payload;
    expect(Math.abs(loadedAt - Date.UTC(2031, 4, 5, 6))).toBeLessThan(5_000);
    expect(Math.abs(now - Date.UTC(2031, 4, 5, 6))).toBeLessThan(5_000);
    expect([epoch, isDate]).toEqual(['1970-01-01T00:00:00.000Z', true]);

    const running = runtime.invokeUnchecked(arn, { waitMs: 400 });
    clock.advance(31 * 86_400_000);
    runtime.clockMoved();
    const { payload } = (await running) as { payload: [number, number] };
    expect(payload[1]).toBeGreaterThanOrEqual(Date.UTC(2031, 5, 5, 6));
  });

  it('has every line of its output in its log group before its answer is told', async () => {
    const { runtime, define, logs } = started();
    const code = `exports.handler = async () => {
      console.log('hello %s', 'world'); console.error('two\\nlines');
      process.stdout.write('raw\\n'); process.stderr.write('err\\n'); };`;
    const arn = define('talker', code);
    await runtime.invokeUnchecked(arn, {});
    const lines = logs.lines('/aws/lambda/talker').map(({ line }) => line);
    expect(lines).toHaveLength(4);
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^\d{4}-.*Z\t[0-9a-f-]{36}\tINFO\thello world$/),
        expect.stringMatching(/\tERROR\ttwo\rlines$/),
        'raw',
        'err',
      ]),
    );
  });

  it('logs JSON where the template asks for it, to the group it names', async () => {
    const { runtime, define, logs } = started();
    const arn = define('json', 'exports.handler = async () => console.warn({ count: 3 });', {
      LoggingConfig: { LogFormat: 'JSON', LogGroup: 'named-group' },
    });
    await runtime.invokeUnchecked(arn, {});
    expect(logs.lines('named-group').map(({ line }) => JSON.parse(line))).toEqual([
      {
        timestamp: expect.stringMatching(/Z$/),
        level: 'WARN',
        requestId: expect.any(String),
        message: { count: 3 },
      },
    ]);
  });

  it('runs without its log lines when its role may not write them, and the sink says so', async () => {
    const { runtime, define, logs, iam } = started();
    iam.refuse('logs:PutLogEvents');
    const arn = define('mute', 'exports.handler = async () => { console.log("x"); return 1; };');
    expect(await runtime.invokeUnchecked(arn, {})).toEqual({ kind: 'ok', payload: 1 });
    expect(logs.lines('/aws/lambda/mute')).toEqual([]);
    expect(logs.lost).toMatchObject([{ group: '/aws/lambda/mute' }]);
  });

  it('refuses payloads and answers over 6 MB', async () => {
    const { runtime, define } = started();
    const arn = define('large', 'exports.handler = async ({ n }) => "x".repeat(n);');
    await expect(runtime.invokeUnchecked(arn, 'x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject({
      code: 'RequestTooLargeException',
    });
    expect(await runtime.invokeUnchecked(arn, { n: 6 * 1024 * 1024 })).toMatchObject({
      errorType: 'Function.ResponseSizeTooLarge',
    });
  });
});

describe('an update of the configuration', () => {
  it('reaches every later call, and no process of before serves one', async () => {
    const { runtime, define } = started();
    const code = 'let n = 0; exports.handler = async () => [++n, process.env.GENERATION];';
    const arn = define('updated', code, { Environment: { Variables: { GENERATION: '1' } } });
    expect(await runtime.invokeUnchecked(arn, {})).toMatchObject({ payload: [1, '1'] });
    runtime.update('updated', { variables: { GENERATION: '2' } });
    expect(await runtime.invokeUnchecked(arn, {})).toMatchObject({ payload: [1, '2'] });
  });
});

describe('permission', () => {
  const invocation = (functionArn: string) => ({
    functionArn,
    payload: {},
    principal: 'apigateway.amazonaws.com',
    sourceArn: 'arn:aws:execute-api:us-east-2:000000000000:api/prod/GET/x',
  });

  it('is needed by a service, from the resource policy that the template makes', async () => {
    const { runtime, define, provision, policies } = started();
    const arn = define('guarded', 'exports.handler = async () => 1;');
    await expect(runtime.invoke(invocation(arn))).rejects.toMatchObject({ code: 'AccessDeniedException' });
    await expect(runtime.invokeAsync(invocation(arn))).rejects.toMatchObject({
      code: 'AccessDeniedException',
    });

    provision('AWS::Lambda::Permission', 'Allow', {
      Action: 'lambda:InvokeFunction',
      FunctionName: arn,
      Principal: 'apigateway.amazonaws.com',
      SourceArn: 'arn:aws:execute-api:us-east-2:000000000000:api/*/GET/x',
    });
    expect(await runtime.invoke(invocation(arn))).toEqual({ kind: 'ok', payload: 1 });
    expect(policies.get(arn)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Allow',
          Effect: 'Allow',
          Principal: { Service: 'apigateway.amazonaws.com' },
          Action: 'lambda:InvokeFunction',
          Resource: arn,
          Condition: {
            ArnLike: { 'AWS:SourceArn': 'arn:aws:execute-api:us-east-2:000000000000:api/*/GET/x' },
          },
        },
      ],
    });
  });

  it('refuses a function whose role does not exist', () => {
    const { define } = started();
    expect(() => define('homeless', '', { Role: 'arn:aws:iam::000000000000:role/none' })).toThrow(
      'The role arn:aws:iam::000000000000:role/none cannot be found.',
    );
  });
});

describe('the template', () => {
  it('is refused where it sets a property that nobody thought about', () => {
    const { define } = started();
    expect(() => define('odd', '', { SnapStart: { ApplyOn: 'PublishedVersions' } })).toThrow(
      'AWS::Lambda::Function odd: the local system does not model property SnapStart',
    );
    expect(() => define('snake', '', { Runtime: 'python3.13' })).toThrow(
      'only Node.js functions run locally',
    );
  });

  it('lets a version and an alias be invoked by their ARN, and no other qualifier', async () => {
    const { runtime, define, provision } = started();
    const arn = define('versioned', 'exports.handler = async (_, c) => c.invokedFunctionArn;');
    expect(provision('AWS::Lambda::Version', 'V', { FunctionName: 'versioned' }).physicalId).toBe(`${arn}:1`);
    provision('AWS::Lambda::Alias', 'A', { FunctionName: 'versioned', FunctionVersion: '1', Name: 'live' });
    expect(await runtime.invokeUnchecked(`${arn}:live`, {})).toEqual({ kind: 'ok', payload: `${arn}:live` });
    await expect(runtime.invokeUnchecked(`${arn}:other`, {})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });
});
