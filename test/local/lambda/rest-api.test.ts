import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { listenLambdaApi } from '../../../local/lambda/rest-api';
import { clientConfig, testCredentials } from '../support';
import { testRuntime } from './support';

const code =
  'exports.handler = async (e) => { if (e.fail) throw new Error("asked"); return [e, process.env.STAGE]; };';
let parts: ReturnType<typeof testRuntime>;
let api: Awaited<ReturnType<typeof listenLambdaApi>>;
let client: LambdaClient;

beforeEach(async () => {
  parts = testRuntime();
  parts.define('echo', code, { Environment: { Variables: { STAGE: 'one', KEPT: 'yes' } } });
  const { runtime, clock, iam } = parts;
  api = await listenLambdaApi({
    runtime,
    clock,
    authorize: iam.authorize,
    credentials: testCredentials.source,
  });
  client = new LambdaClient(clientConfig(api.url));
});
afterEach(async () => {
  client.destroy();
  parts.runtime.stop();
  await api.close();
});

it('invokes by name and by ARN', async () => {
  for (const FunctionName of ['echo', 'arn:aws:lambda:us-east-2:000000000000:function:echo']) {
    const { StatusCode, FunctionError, Payload } = await client.send(
      new InvokeCommand({ FunctionName, Payload: Buffer.from('{"a":1}') }),
    );
    expect([StatusCode, FunctionError]).toEqual([200, undefined]);
    expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual([{ a: 1 }, 'one']);
  }
});

it('marks the answer of a failed function', async () => {
  const { FunctionError, Payload } = await client.send(
    new InvokeCommand({ FunctionName: 'echo', Payload: Buffer.from('{"fail":true}') }),
  );
  expect(FunctionError).toBe('Unhandled');
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual({
    errorType: 'Error',
    errorMessage: 'asked',
  });
});

it('accepts an asynchronous invocation at once', async () => {
  const ends: unknown[] = [];
  parts.runtime.onInvoke((event) => void (event.phase === 'end' && ends.push(event.result)));
  const { StatusCode } = await client.send(
    new InvokeCommand({ FunctionName: 'echo', InvocationType: 'Event' }),
  );
  expect(StatusCode).toBe(202);
  await parts.runtime.idle();
  expect(ends).toEqual([{ kind: 'ok', payload: [{}, 'one'] }]);
});

it('changes the environment and recycles the processes', async () => {
  const before = await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo' }));
  expect(before.Environment?.Variables).toEqual({ STAGE: 'one', KEPT: 'yes' });
  await client.send(
    new UpdateFunctionConfigurationCommand({
      FunctionName: 'echo',
      RevisionId: before.RevisionId,
      Environment: { Variables: { ...before.Environment?.Variables, STAGE: 'two' } },
    }),
  );
  const { Payload } = await client.send(new InvokeCommand({ FunctionName: 'echo' }));
  expect(JSON.parse(Buffer.from(Payload ?? []).toString())).toEqual([{}, 'two']);
  await expect(
    client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: 'echo', RevisionId: before.RevisionId }),
    ),
  ).rejects.toMatchObject({ name: 'PreconditionFailedException' });
});

it('asks IAM for each operation, on the function, before it does anything', async () => {
  await client.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo' }));
  expect(parts.iam.calls).toContainEqual({
    caller: testCredentials.caller,
    action: 'lambda:GetFunctionConfiguration',
    resource: 'arn:aws:lambda:us-east-2:000000000000:function:echo',
  });
  parts.iam.refuse('*');
  const commands = [
    () => client.send(new InvokeCommand({ FunctionName: 'echo' })),
    () => client.send(new GetFunctionConfigurationCommand({ FunctionName: 'echo' })),
    () => client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'echo', Timeout: 9 })),
  ];
  for (const send of commands) await expect(send()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(parts.runtime.configuration('echo').timeoutSeconds).toBe(3);
});

it('answers unknown functions and operations as such', async () => {
  await expect(client.send(new InvokeCommand({ FunctionName: 'none' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  await expect(client.send(new ListFunctionsCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'the local lambda does not model GET /2015-03-31/functions',
  });
});

it('refuses a change that it does not model', async () => {
  await expect(
    client.send(new UpdateFunctionConfigurationCommand({ FunctionName: 'echo', Handler: 'index.other' })),
  ).rejects.toMatchObject({ name: 'InvalidParameterValueException' });
});
