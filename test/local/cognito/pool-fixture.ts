import {
  AdminCreateUserCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createSrpSession, signSrpSession, wrapAuthChallenge, wrapInitiateAuth } from 'cognito-srp-helper';
import { Secret, TOTP } from 'otpauth';
import { Cognito } from '../../../local/cognito/cognito';
import { cognitoModels } from '../../../local/cognito/models';
import type { Invocation, InvocationResult } from '../../../local/lambda/invoke';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';
import { provisioner } from './resource';

export const temporaryPassword = 'Temporary-Pass-1';
export const lastingPassword = 'Lasting-Pass-22';
export const username = 'made.up';

interface PoolOptions {
  readonly pool?: Readonly<Record<string, unknown>>;
  readonly client?: Readonly<Record<string, unknown>>;
  /** Answers the pool's triggers; the event comes back unchanged otherwise. */
  readonly trigger?: (invocation: Invocation) => InvocationResult;
}

/** A pool as the product's template makes it: authenticator required, no self sign-up, hidden user names. */
export async function startPool(options: PoolOptions = {}) {
  const clock = fixedClock();
  const authorizer = recordingAuthorizer();
  const invocations: Invocation[] = [];
  const cognito = new Cognito({
    clock,
    authorize: authorizer.authorize,
    credentials: testCredentials.source,
    invoke: async (invocation) => {
      invocations.push(invocation);
      return options.trigger?.(invocation) ?? { kind: 'ok', payload: invocation.payload };
    },
    region,
    accountId,
  });
  const provision = provisioner(cognitoModels(cognito));
  const pool = await provision('AWS::Cognito::UserPool', 'Pool', {
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    UsernameConfiguration: { CaseSensitive: false },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    Policies: {
      PasswordPolicy: {
        MinimumLength: 14,
        RequireNumbers: true,
        TemporaryPasswordValidityDays: 2,
        PasswordHistorySize: 3,
      },
    },
    Schema: [
      { Name: 'email', Required: true, Mutable: true },
      {
        Name: 'agency',
        AttributeDataType: 'String',
        Mutable: false,
        StringAttributeConstraints: { MaxLength: '8' },
      },
    ],
    ...options.pool,
  });
  const client = await provision('AWS::Cognito::UserPoolClient', 'Client', {
    UserPoolId: pool.physicalId,
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    AccessTokenValidity: 15,
    TokenValidityUnits: { AccessToken: 'minutes' },
    ...options.client,
  });
  for (const [GroupName, Precedence] of [
    ['officer', 2],
    ['lieutenant', 1],
  ] as const) {
    const properties = { UserPoolId: pool.physicalId, GroupName, Precedence };
    await provision('AWS::Cognito::UserPoolGroup', `Group${GroupName}`, properties);
  }
  const { url, close } = await cognito.listen();
  const api = new CognitoIdentityProviderClient(clientConfig(url));
  return {
    clock,
    authorizer,
    invocations,
    cognito,
    api,
    url,
    poolId: pool.physicalId,
    poolArn: pool.attribute('Arn'),
    clientId: client.physicalId,
    close: async () => {
      api.destroy();
      await close();
    },
  };
}

export type RunningPool = Awaited<ReturnType<typeof startPool>>;

export function createUser({ api, poolId }: RunningPool, name = username) {
  return api.send(
    new AdminCreateUserCommand({
      UserPoolId: poolId,
      Username: name,
      TemporaryPassword: temporaryPassword,
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: `${name}@example.test` },
        { Name: 'custom:agency', Value: 'madeup' },
      ],
    }),
  );
}

/** SRP, both steps, as the official browser clients do them. */
export async function signInBySrp({ api, poolId, clientId }: RunningPool, password: string, name = username) {
  const session = createSrpSession(name, password, poolId, false);
  const first = await api.send(
    new InitiateAuthCommand(
      wrapInitiateAuth(session, {
        ClientId: clientId,
        AuthFlow: 'USER_SRP_AUTH',
        AuthParameters: { USERNAME: name },
      }) as ConstructorParameters<typeof InitiateAuthCommand>[0],
    ),
  );
  const signed = signSrpSession(session, first as Parameters<typeof signSrpSession>[1]);
  return api.send(
    new RespondToAuthChallengeCommand(
      wrapAuthChallenge(signed, {
        ClientId: clientId,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: { USERNAME: name },
      }) as ConstructorParameters<typeof RespondToAuthChallengeCommand>[0],
    ),
  );
}

export function answer(
  { api, clientId }: RunningPool,
  challenge: { readonly ChallengeName?: string | undefined; readonly Session?: string | undefined },
  responses: Readonly<Record<string, string>>,
): Promise<RespondToAuthChallengeCommandOutput> {
  return api.send(
    new RespondToAuthChallengeCommand({
      ClientId: clientId,
      ChallengeName: challenge.ChallengeName as 'NEW_PASSWORD_REQUIRED',
      Session: challenge.Session,
      ChallengeResponses: { USERNAME: username, ...responses },
    }),
  );
}

/** The code that an authenticator app shows at the pool's time. */
export function codeOf(secret: string, { clock }: RunningPool): string {
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: clock.now() });
}

/** First sign-in of a new account: temporary password, new password, authenticator. */
export async function enrol(pool: RunningPool) {
  await createUser(pool);
  const first = await signInBySrp(pool, temporaryPassword);
  const second = await answer(pool, first, { NEW_PASSWORD: lastingPassword });
  const associated = await pool.api.send(new AssociateSoftwareTokenCommand({ Session: second.Session }));
  const secret = associated.SecretCode ?? '';
  const verified = await pool.api.send(
    new VerifySoftwareTokenCommand({ Session: associated.Session, UserCode: codeOf(secret, pool) }),
  );
  const last = await answer(pool, { ChallengeName: 'MFA_SETUP', Session: verified.Session }, {});
  return { secret, first, second, tokens: required(last.AuthenticationResult) };
}

/** A later sign-in: password and code. The clock moves on first, since a code works once. */
export async function signInAgain(pool: RunningPool, secret: string) {
  pool.clock.advance(30_000);
  const challenge = await signInBySrp(pool, lastingPassword);
  const done = await answer(pool, challenge, { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret, pool) });
  return required(done.AuthenticationResult);
}

function required(result: AuthenticationResultType | undefined) {
  const { AccessToken, IdToken, RefreshToken } = result ?? {};
  if (AccessToken === undefined || IdToken === undefined || RefreshToken === undefined) {
    throw new Error('no tokens came back');
  }
  return { accessToken: AccessToken, idToken: IdToken, refreshToken: RefreshToken };
}

export function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
}
