import {
  AdminAddUserToGroupCommand,
  AdminDisableUserCommand,
  AdminUserGlobalSignOutCommand,
  ChangePasswordCommand,
  GetTokensFromRefreshTokenCommand,
  GetUserCommand,
  GlobalSignOutCommand,
  InitiateAuthCommand,
  RevokeTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Invocation, InvocationResult } from '../../../local/lambda/invoke';
import {
  claimsOf,
  enrol,
  lastingPassword,
  type RunningPool,
  signInAgain,
  startPool,
  temporaryPassword,
  username,
} from './pool-fixture';

const functionArn = 'arn:aws:lambda:us-east-2:000000000000:function:enrich';
const trigger = {
  LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: functionArn, LambdaVersion: 'V2_0' } },
};

// Each SRP exchange costs the client about 100 ms, more on a busy machine.
jest.setTimeout(30_000);

let pool: RunningPool;
afterEach(() => pool.close());

describe('the pre-token-generation function', () => {
  it('gets the V2 event and adds scopes and claims, drops claims, replaces groups', async () => {
    pool = await startPool({
      pool: trigger,
      trigger: answering({
        idTokenGeneration: { claimsToAddOrOverride: { shift: 'first' }, claimsToSuppress: ['email'] },
        accessTokenGeneration: {
          claimsToAddOrOverride: { shift: 'first' },
          scopesToAdd: ['platekeeper/api'],
        },
        groupOverrideDetails: { groupsToOverride: ['officer'] },
      }),
    });

    const { tokens } = await enrol(pool);

    expect(pool.invocations).toHaveLength(1);
    expect(pool.invocations[0]).toMatchObject({
      functionArn,
      principal: 'cognito-idp.amazonaws.com',
      sourceArn: pool.poolArn,
      payload: {
        version: '2',
        triggerSource: 'TokenGeneration_NewPasswordChallenge',
        region: 'us-east-2',
        userPoolId: pool.poolId,
        userName: 'made.up',
        callerContext: { clientId: pool.clientId },
        request: {
          userAttributes: { email: 'made.up@example.test', 'cognito:user_status': 'CONFIRMED' },
          groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
          scopes: ['aws.cognito.signin.user.admin'],
        },
        response: { claimsAndScopeOverrideDetails: null },
      },
    });
    expect(claimsOf(tokens.accessToken)).toMatchObject({
      scope: 'aws.cognito.signin.user.admin platekeeper/api',
      shift: 'first',
      'cognito:groups': ['officer'],
    });
    expect(claimsOf(tokens.idToken)).toMatchObject({ shift: 'first', 'cognito:groups': ['officer'] });
    expect(claimsOf(tokens.idToken)).not.toHaveProperty('email');
  });

  it('is asked again at each refresh, with the groups of that moment in order of precedence', async () => {
    pool = await startPool({ pool: trigger });
    const { tokens } = await enrol(pool);
    for (const GroupName of ['officer', 'lieutenant']) {
      await pool.api.send(
        new AdminAddUserToGroupCommand({ UserPoolId: pool.poolId, Username: username, GroupName }),
      );
    }

    const refreshed = await refresh(tokens.refreshToken);

    expect(pool.invocations.at(-1)).toMatchObject({
      payload: {
        triggerSource: 'TokenGeneration_RefreshTokens',
        request: { groupConfiguration: { groupsToOverride: ['lieutenant', 'officer'] } },
      },
    });
    expect(claimsOf(refreshed.AuthenticationResult?.AccessToken ?? '')['cognito:groups']).toEqual([
      'lieutenant',
      'officer',
    ]);
  });

  it('refuses the sign-in when it fails, with its message', async () => {
    pool = await startPool({
      pool: trigger,
      trigger: () => ({ kind: 'function-error', errorType: 'Error', errorMessage: 'no training' }),
    });

    await expect(enrol(pool)).rejects.toMatchObject({
      name: 'UserLambdaValidationException',
      message: 'PreTokenGeneration failed with error no training.',
    });
  });

  it.each([
    ['the subject', { idTokenGeneration: { claimsToAddOrOverride: { sub: 'x' } } }],
    ['a cognito: claim', { accessTokenGeneration: { claimsToAddOrOverride: { 'cognito:groups': 'x' } } }],
    ['an aws.cognito scope', { accessTokenGeneration: { scopesToAdd: ['aws.cognito.signin.user.admin'] } }],
  ])('may not set %s', async (_what, details) => {
    pool = await startPool({ pool: trigger, trigger: answering(details) });

    await expect(enrol(pool)).rejects.toMatchObject({ name: 'InvalidLambdaResponseException' });
  });

  it('closes the user operations of a token whose own scope it suppressed', async () => {
    const details = { accessTokenGeneration: { scopesToSuppress: ['aws.cognito.signin.user.admin'] } };
    pool = await startPool({ pool: trigger, trigger: answering(details) });
    const { tokens } = await enrol(pool);

    const getUser = new GetUserCommand({ AccessToken: tokens.accessToken });

    await expect(pool.api.send(getUser)).rejects.toMatchObject({
      message: 'Access Token does not have required scopes',
    });
  });
});

it('tells the post-authentication function of each sign-in, and its failure refuses it', async () => {
  let isBroken = false;
  pool = await startPool({
    pool: { LambdaConfig: { PostAuthentication: functionArn } },
    trigger: ({ payload }) =>
      isBroken ? { kind: 'function-error', errorType: 'Error', errorMessage: 'x' } : { kind: 'ok', payload },
  });
  const { secret } = await enrol(pool);
  expect(pool.invocations[0]).toMatchObject({
    payload: { triggerSource: 'PostAuthentication_Authentication', request: { newDeviceUsed: false } },
  });

  isBroken = true;

  await expect(signInAgain(pool, secret)).rejects.toMatchObject({ name: 'UserLambdaValidationException' });
});

describe('a refresh token', () => {
  it('gives new tokens of the same sign-in for thirty days', async () => {
    pool = await startPool();
    const { tokens } = await enrol(pool);

    pool.clock.advance(30 * 86_400_000 - 60_000);
    const refreshed = await refresh(tokens.refreshToken);

    const claims = claimsOf(refreshed.AuthenticationResult?.AccessToken ?? '');
    expect(claims.auth_time).toBe(claimsOf(tokens.accessToken).auth_time);
    expect(claims.origin_jti).toBe(claimsOf(tokens.accessToken).origin_jti);
    expect(refreshed.AuthenticationResult?.RefreshToken).toBeUndefined();
    pool.clock.advance(60_000);
    await expect(refresh(tokens.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it.each([
    ['the user is disabled', () => pool.api.send(new AdminDisableUserCommand(user()))],
    ['an administrator signs the user out', () => pool.api.send(new AdminUserGlobalSignOutCommand(user()))],
  ])('gives none from the moment that %s [Access-C]', async (_when, act) => {
    pool = await startPool();
    const { tokens } = await enrol(pool);

    await act();

    await expect(refresh(tokens.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const getUser = new GetUserCommand({ AccessToken: tokens.accessToken });
    await expect(pool.api.send(getUser)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('gives none after it is revoked, or after its user signs out everywhere', async () => {
    pool = await startPool();
    const { tokens, secret } = await enrol(pool);
    const second = await signInAgain(pool, secret);

    await pool.api.send(new RevokeTokenCommand({ ClientId: pool.clientId, Token: tokens.refreshToken }));

    await expect(refresh(tokens.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(refresh(second.refreshToken)).resolves.toBeDefined();
    await pool.api.send(new GlobalSignOutCommand({ AccessToken: second.accessToken }));
    await expect(refresh(second.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('is replaced at each use where the app client rotates, and dies after the grace period', async () => {
    pool = await startPool({
      client: {
        ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
        RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
      },
    });
    const { tokens } = await enrol(pool);
    const rotate = (RefreshToken: string) =>
      pool.api.send(new GetTokensFromRefreshTokenCommand({ ClientId: pool.clientId, RefreshToken }));

    const rotated = (await rotate(tokens.refreshToken)).AuthenticationResult?.RefreshToken ?? '';

    expect(rotated).not.toBe(tokens.refreshToken);
    await expect(rotate(tokens.refreshToken)).resolves.toBeDefined();
    pool.clock.advance(10_000);
    await expect(rotate(tokens.refreshToken)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    await expect(rotate(rotated)).resolves.toBeDefined();
    await expect(refresh(rotated)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });
});

describe('an access token', () => {
  it('opens its user, until it expires', async () => {
    pool = await startPool();
    const { tokens } = await enrol(pool);
    const getUser = () => pool.api.send(new GetUserCommand({ AccessToken: tokens.accessToken }));

    const found = await getUser();

    expect(found.Username).toBe('made.up');
    expect(found.UserMFASettingList).toEqual(['SOFTWARE_TOKEN_MFA']);
    pool.clock.advance(15 * 60_000);
    await expect(getUser()).rejects.toMatchObject({ message: 'Access Token has expired' });
  });

  it('is refused when a byte of it was changed, and an ID token in its place', async () => {
    pool = await startPool();
    const { tokens } = await enrol(pool);
    const [header, payload, signature] = tokens.accessToken.split('.');
    const other = Buffer.from(JSON.stringify({ ...claimsOf(tokens.accessToken), username: 'boss' }));
    const forged = [header, other.toString('base64url'), signature].join('.');
    const unsigned = [Buffer.from('{"alg":"none"}').toString('base64url'), payload, ''].join('.');

    for (const AccessToken of [forged, unsigned, tokens.idToken]) {
      await expect(pool.api.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
        message: 'Invalid Access Token',
      });
    }
  });

  it('changes the password, but not to one of the last three', async () => {
    pool = await startPool();
    const { tokens } = await enrol(pool);
    const change = (PreviousPassword: string, ProposedPassword: string) =>
      pool.api.send(
        new ChangePasswordCommand({ AccessToken: tokens.accessToken, PreviousPassword, ProposedPassword }),
      );

    await expect(change('Not-The-Pass-1', 'Another-Pass-333')).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect(change(lastingPassword, temporaryPassword)).rejects.toMatchObject({
      name: 'PasswordHistoryPolicyViolationException',
    });
    await change(lastingPassword, 'Another-Pass-333');
    await expect(change('Another-Pass-333', lastingPassword)).rejects.toMatchObject({
      name: 'PasswordHistoryPolicyViolationException',
    });
  });
});

function answering(claimsAndScopeOverrideDetails: unknown) {
  return ({ payload }: Invocation): InvocationResult => ({
    kind: 'ok',
    payload: { ...(payload as object), response: { claimsAndScopeOverrideDetails } },
  });
}

const user = () => ({ UserPoolId: pool.poolId, Username: username });

function refresh(token: string) {
  return pool.api.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: token },
    }),
  );
}
