import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { FunctionEnvironments } from '../../../adapters/functions/function-environments';
import { StoreError } from '../../../adapters/stores/store-error';

const lambda = new LambdaClient({ region: 'us-east-2' });
const mock = mockClient(lambda);
const environments = new FunctionEnvironments(lambda);
const updates = () => mock.commandCalls(UpdateFunctionConfigurationCommand).map(({ args }) => args[0].input);

beforeEach(() => {
  mock.reset();
  mock.on(UpdateFunctionConfigurationCommand).resolves({});
});

describe('recycling a function', () => {
  it('changes one variable, keeps all others, and names the revision it read [Storage-A]', async () => {
    mock
      .on(GetFunctionConfigurationCommand)
      .resolves({ RevisionId: 'r1', Environment: { Variables: { READS_TABLE: 'reads', OTHER: 'x' } } });
    expect(await environments.recycle('search', 200)).toBe('recycled');
    expect(updates()).toEqual([
      {
        FunctionName: 'search',
        RevisionId: 'r1',
        Environment: { Variables: { READS_TABLE: 'reads', OTHER: 'x', KEYS_DESTROYED_AT_MS: '200' } },
      },
    ]);
  });

  it('is done once for a destruction', async () => {
    mock
      .on(GetFunctionConfigurationCommand)
      .resolves({ RevisionId: 'r1', Environment: { Variables: { KEYS_DESTROYED_AT_MS: '200' } } });
    expect(await environments.recycle('search', 200)).toBe('already');
    expect(await environments.recycle('search', 199)).toBe('already');
    expect(await environments.recycle('search', 201)).toBe('recycled');
    expect(updates()).toHaveLength(1);
  });

  it('never writes variables that it could not read', async () => {
    mock
      .on(GetFunctionConfigurationCommand)
      .resolves({ RevisionId: 'r1', Environment: { Error: { ErrorCode: 'AccessDeniedException' } } });
    await expect(environments.recycle('search', 200)).rejects.toThrow(StoreError);
    expect(updates()).toEqual([]);
  });
});
