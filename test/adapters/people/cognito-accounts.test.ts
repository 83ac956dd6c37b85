import {
  AdminGetUserCommand,
  AdminListGroupsForUserCommand,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { mockClient } from 'aws-sdk-client-mock';
import { CognitoAccounts } from '../../../adapters/people/cognito-accounts';
import { InvokedSweep } from '../../../adapters/people/live-connection-sweep';
import { enrol, type RunningPool, signInBySrp, startPool } from '../../local/cognito/pool-fixture';

// Each SRP exchange costs the client about 100 ms, more on a busy machine.
jest.setTimeout(30_000);

const username = 'made.up';
const account = { username, email: 'made-up@example.org', role: 'officer' } as const;
let pool: RunningPool;
let accounts: CognitoAccounts;
beforeEach(async () => {
  pool = await startPool();
  accounts = new CognitoAccounts({ cognito: pool.api, userPoolId: pool.poolId });
});
afterEach(() => pool.close());

it('has Cognito make and mail a temporary password, with which the person signs in [Access-C]', async () => {
  expect(await accounts.create(account)).toBe('ready');
  expect(pool.cognito.invitations).toMatchObject([{ username, email: 'made-up@example.org' }]);
  const next = await signInBySrp(pool, pool.cognito.invitations[0]?.temporaryPassword ?? '');
  expect(next.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  expect(await groups()).toEqual(['officer']);
});

it('sends an invitation that nobody answered again, and completes the group', async () => {
  await accounts.create(account);
  expect(await accounts.create({ ...account, email: 'Made-Up@example.org', role: 'lieutenant' })).toBe(
    'ready',
  );
  expect(pool.cognito.invitations).toHaveLength(2);
  expect(await groups()).toEqual(['lieutenant', 'officer']);
});

it('sends nobody an invitation who has signed in already', async () => {
  await enrol(pool);
  expect(await accounts.create({ ...account, email: 'made.up@example.test' })).toBe('ready');
  expect(pool.cognito.invitations).toEqual([]);
});

it('does not take over an account of another address [Access-C]', async () => {
  await accounts.create(account);
  expect(await accounts.create({ ...account, email: 'other@example.org' })).toBe('taken');
  expect(pool.cognito.invitations).toHaveLength(1);
});

it('leaves an account in the group of its role and in no other role’s', async () => {
  await accounts.create(account);
  await accounts.setRole(username, 'lieutenant');
  await accounts.setRole(username, 'lieutenant');
  expect(await groups()).toEqual(['lieutenant']);
});

it('ends every sign-in, so that no token can be refreshed [Acct-C]', async () => {
  const { tokens } = await enrol(pool);
  expect(await refresh(tokens.refreshToken)).toHaveProperty('AuthenticationResult.AccessToken');
  await accounts.signOut(username);
  await expect(refresh(tokens.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
});

it('ends an account for good, also when it is told twice and out of order [Access-C]', async () => {
  await accounts.create(account);
  await accounts.disable(username);
  await accounts.disable(username);
  await accounts.signOut(username);
  const user = new AdminGetUserCommand({ UserPoolId: pool.poolId, Username: username });
  expect(await pool.api.send(user)).toMatchObject({ Enabled: false });
});

it('has nothing to end of an account that is not there, such as a machine’s', async () => {
  await accounts.signOut('made-up-machine');
  await accounts.disable('made-up-machine');
  await accounts.setRole('made-up-machine', 'officer');
});

it('tells what Cognito refuses as its own error', async () => {
  const client = new CognitoIdentityProviderClient({ region: 'us-east-2' });
  mockClient(client).onAnyCommand().rejects(new Error('made up'));
  const failing = new CognitoAccounts({ cognito: client, userPoolId: 'made-up-pool' });
  const fails = { code: 'unavailable', store: 'accounts' };
  await expect(failing.create(account)).rejects.toMatchObject(fails);
  await expect(failing.signOut(username)).rejects.toMatchObject(fails);
  await expect(failing.disable(username)).rejects.toMatchObject(fails);
  await expect(failing.setRole(username, 'officer')).rejects.toMatchObject(fails);
});

it('has connections looked at without any alert [Acct-C]', async () => {
  const client = new LambdaClient({ region: 'us-east-2' });
  const lambda = mockClient(client);
  lambda.on(InvokeCommand).resolves({ StatusCode: 202 });
  await new InvokedSweep({ lambda: client, deliverFunction: 'made-up-function' }).sweep();
  expect(lambda.commandCalls(InvokeCommand)[0]?.args[0].input).toEqual({
    FunctionName: 'made-up-function',
    InvocationType: 'Event',
    Payload: Buffer.from('{"alertIds":[]}'),
  });
});

function refresh(refreshToken: string) {
  return pool.api.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: refreshToken },
    }),
  );
}

async function groups(): Promise<string[]> {
  const user = { UserPoolId: pool.poolId, Username: username };
  const { Groups = [] } = await pool.api.send(new AdminListGroupsForUserCommand(user));
  return Groups.map(({ GroupName = '' }) => GroupName).sort();
}
