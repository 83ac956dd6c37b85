import {
  AdminDisableUserCommand,
  AdminEnableUserCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  SignUpCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { CognitoJwtVerifier } from 'aws-jwt-verify';
import type { Jwks } from 'aws-jwt-verify/jwk';
import {
  answer,
  claimsOf,
  codeOf,
  createUser,
  enrol,
  lastingPassword,
  type RunningPool,
  signInAgain,
  signInBySrp,
  startPool,
  temporaryPassword,
  username,
} from './pool-fixture';

// Each SRP exchange costs the client about 100 ms, more on a busy machine.
jest.setTimeout(30_000);

let pool: RunningPool;
afterEach(() => pool.close());

describe('a first sign-in', () => {
  it('goes from SRP over a new password and an authenticator to tokens that aws-jwt-verify accepts', async () => {
    pool = await startPool();

    const { first, second, tokens } = await enrol(pool);

    expect(first.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
    expect(second.ChallengeName).toBe('MFA_SETUP');
    expect(second.ChallengeParameters?.MFAS_CAN_SETUP).toBe('["SOFTWARE_TOKEN_MFA"]');
    const jwks = (await (await fetch(`${pool.url}/${pool.poolId}/.well-known/jwks.json`)).json()) as Jwks;
    const verifier = CognitoJwtVerifier.create({ userPoolId: pool.poolId, clientId: pool.clientId });
    verifier.cacheJwks(jwks);
    const access = await verifier.verify(tokens.accessToken, { tokenUse: 'access' });
    const id = await verifier.verify(tokens.idToken, { tokenUse: 'id' });
    expect(access).toMatchObject({
      username,
      scope: 'aws.cognito.signin.user.admin',
      client_id: pool.clientId,
    });
    expect(access.exp - access.iat).toBe(900);
    expect(id).toMatchObject({
      'cognito:username': username,
      email: 'made.up@example.test',
      'custom:agency': 'madeup',
    });
    expect(access.iss).toBe(`https://cognito-idp.us-east-2.amazonaws.com/${pool.poolId}`);
  });

  it('does not end in tokens before the authenticator is verified', async () => {
    pool = await startPool();
    await createUser(pool);
    const first = await signInBySrp(pool, temporaryPassword);
    const setup = await answer(pool, first, { NEW_PASSWORD: lastingPassword });

    await expect(answer(pool, setup, {})).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('refuses a wrong code for the new authenticator', async () => {
    pool = await startPool();
    await createUser(pool);
    const first = await signInBySrp(pool, temporaryPassword);
    const setup = await answer(pool, first, { NEW_PASSWORD: lastingPassword });
    const { Session, SecretCode } = await pool.api.send(
      new AssociateSoftwareTokenCommand({ Session: setup.Session }),
    );
    const wrong = codeOf(SecretCode ?? '', pool) === '000000' ? '000001' : '000000';

    await expect(
      pool.api.send(new VerifySoftwareTokenCommand({ Session, UserCode: wrong })),
    ).rejects.toMatchObject({ name: 'EnableSoftwareTokenMFAException' });
  });

  it('refuses a temporary password after its two days', async () => {
    pool = await startPool();
    await createUser(pool);

    pool.clock.advance(2 * 86_400_000);

    await expect(signInBySrp(pool, temporaryPassword)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Temporary password has expired and must be reset by an administrator.',
    });
  });

  it('refuses a new password against the policy and lets the same session try another', async () => {
    pool = await startPool();
    await createUser(pool);
    const first = await signInBySrp(pool, temporaryPassword);

    await expect(answer(pool, first, { NEW_PASSWORD: 'NoDigitsInThisOne' })).rejects.toMatchObject({
      name: 'InvalidPasswordException',
    });
    await expect(answer(pool, first, { NEW_PASSWORD: temporaryPassword })).rejects.toMatchObject({
      name: 'PasswordHistoryPolicyViolationException',
    });
    const next = await answer(pool, first, { NEW_PASSWORD: lastingPassword });
    expect(next.ChallengeName).toBe('MFA_SETUP');
  });

  it('refuses self sign-up [Access-C]', async () => {
    pool = await startPool();

    const signUp = new SignUpCommand({ ClientId: pool.clientId, Username: 'x', Password: lastingPassword });

    await expect(pool.api.send(signUp)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});

describe('a later sign-in', () => {
  it('asks for a code each time and takes a code once only', async () => {
    pool = await startPool();
    const { secret } = await enrol(pool);
    const challenge = await signInBySrp(pool, lastingPassword);
    expect(challenge.ChallengeName).toBe('SOFTWARE_TOKEN_MFA');

    const spent = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) };
    await expect(answer(pool, challenge, spent)).rejects.toMatchObject({ name: 'ExpiredCodeException' });
    pool.clock.advance(30_000);
    const fresh = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) };
    const done = await answer(pool, challenge, fresh);
    expect(done.AuthenticationResult?.TokenType).toBe('Bearer');
  });

  it('ends a session after five wrong codes', async () => {
    pool = await startPool();
    const { secret } = await enrol(pool);
    pool.clock.advance(30_000);
    const challenge = await signInBySrp(pool, lastingPassword);
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(answer(pool, challenge, { SOFTWARE_TOKEN_MFA_CODE: 'x' })).rejects.toMatchObject({
        name: 'CodeMismatchException',
      });
    }

    const right = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) };

    await expect(answer(pool, challenge, right)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('ends a session after three minutes', async () => {
    pool = await startPool();
    const { secret } = await enrol(pool);
    const challenge = await signInBySrp(pool, lastingPassword);

    pool.clock.advance(3 * 60_000);

    const right = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) };
    await expect(answer(pool, challenge, right)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });

  it('takes the username in any case where the pool says so', async () => {
    pool = await startPool();
    const { secret } = await enrol(pool);
    pool.clock.advance(30_000);

    const challenge = await signInBySrp(pool, lastingPassword, 'Made.Up');

    const code = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool), USERNAME: 'MADE.UP' };
    const done = await answer(pool, challenge, code);
    expect(claimsOf(done.AuthenticationResult?.AccessToken ?? '').username).toBe('made.up');
  });

  it('locks the user for a second after five wrong passwords, and forgets them after a right one', async () => {
    const flows = ['ALLOW_USER_SRP_AUTH', 'ALLOW_USER_PASSWORD_AUTH'];
    pool = await startPool({ client: { ExplicitAuthFlows: flows } });
    const { secret } = await enrol(pool);
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(signInByPassword('Wrong-Password-9')).rejects.toMatchObject({
        message: 'Incorrect username or password.',
      });
    }

    await expect(signInByPassword(lastingPassword)).rejects.toMatchObject({
      message: 'Password attempts exceeded',
    });
    pool.clock.advance(1000);
    await expect(signInAgain(pool, secret)).resolves.toBeDefined();
  });

  it('refuses a disabled user from the next step on, and the enabled one no more [Access-C]', async () => {
    pool = await startPool();
    const { secret } = await enrol(pool);
    pool.clock.advance(30_000);
    const challenge = await signInBySrp(pool, lastingPassword);
    const user = { UserPoolId: pool.poolId, Username: username };

    await pool.api.send(new AdminDisableUserCommand(user));

    const code = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) };
    await expect(answer(pool, challenge, code)).rejects.toMatchObject({ message: 'User is disabled.' });
    await expect(signInBySrp(pool, lastingPassword)).rejects.toMatchObject({ message: 'User is disabled.' });
    await pool.api.send(new AdminEnableUserCommand(user));
    await expect(signInAgain(pool, secret)).resolves.toBeDefined();
  });
});

describe('what a stranger learns', () => {
  it('gives an unknown name the same challenge and error as a wrong password', async () => {
    pool = await startPool();
    await createUser(pool);

    const unknown = signInBySrp(pool, lastingPassword, 'nobody');

    await expect(unknown).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
    const salts = await Promise.all([saltOf('nobody'), saltOf('nobody'), saltOf('somebody')]);
    expect(salts[0]).toBe(salts[1]);
    expect(salts[0]).not.toBe(salts[2]);
  });

  it('says UserNotFoundException where the app client does not hide names', async () => {
    pool = await startPool({ client: { PreventUserExistenceErrors: 'LEGACY' } });

    await expect(signInBySrp(pool, lastingPassword, 'nobody')).rejects.toMatchObject({
      name: 'UserNotFoundException',
    });
  });

  it('refuses a flow that the app client does not allow', async () => {
    pool = await startPool();

    await expect(signInByPassword(lastingPassword)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('refuses a public value that is zero modulo the prime', async () => {
    pool = await startPool();
    await createUser(pool);

    const zero = new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: username, SRP_A: '0' },
    });

    await expect(pool.api.send(zero)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('signs in by plain password where the app client allows it', async () => {
    pool = await startPool({ client: { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] } });
    await createUser(pool);

    const plain = await signInByPassword(temporaryPassword);

    expect(plain.ChallengeName).toBe('NEW_PASSWORD_REQUIRED');
  });
});

function signInByPassword(password: string) {
  return pool.api.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: username, PASSWORD: password },
    }),
  );
}

async function saltOf(name: string): Promise<string | undefined> {
  const { ChallengeParameters } = await pool.api.send(
    new InitiateAuthCommand({
      ClientId: pool.clientId,
      AuthFlow: 'USER_SRP_AUTH',
      AuthParameters: { USERNAME: name, SRP_A: 'ab12' },
    }),
  );
  return ChallengeParameters?.SALT;
}
