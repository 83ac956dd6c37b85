import { AwsError } from '../aws/errors';
import type { Clock } from '../clock';
import type { InvokeFunction } from '../lambda/invoke';
import type { Challenge, Challenges, SignIn } from './challenges';
import type { Pool } from './pool';
import type { Grant, RefreshTokens } from './refresh-tokens';
import type { ClientSettings } from './settings';
import { mintTokens, selfServiceScope } from './tokens';
import { postAuthentication, preTokenGeneration, type TokenSource } from './triggers';
import type { User } from './user';

export interface SignInDeps {
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
  readonly region: string;
  readonly challenges: Challenges;
  readonly refreshTokens: RefreshTokens;
}

export interface AppClient {
  readonly pool: Pool;
  readonly client: ClientSettings;
}

export type Metadata = Readonly<Record<string, string>> | undefined;
export type Fields = Readonly<Record<string, string>>;

/** After the password: a new one if it was temporary, the authenticator if the pool or the user wants one, tokens. */
export function nextStep(deps: SignInDeps, signIn: SignIn, metadata: Metadata): Promise<object> | object {
  const { user, pool } = signIn;
  if (user.status === 'FORCE_CHANGE_PASSWORD') {
    return challenged(
      deps,
      { name: 'NEW_PASSWORD_REQUIRED', ...signIn },
      {
        USER_ID_FOR_SRP: user.username,
        requiredAttributes: '[]',
        userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
      },
    );
  }
  if (pool.mfa !== 'OFF' && user.isTotpEnabled) {
    return challenged(
      deps,
      { name: 'SOFTWARE_TOKEN_MFA', failures: 0, ...signIn },
      {
        USER_ID_FOR_SRP: user.username,
        FRIENDLY_DEVICE_NAME: 'authenticator',
      },
    );
  }
  if (pool.mfa === 'ON') {
    return challenged(
      deps,
      { name: 'MFA_SETUP', isVerified: false, ...signIn },
      {
        USER_ID_FOR_SRP: user.username,
        MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]',
      },
    );
  }
  return completeSignIn(deps, signIn, metadata);
}

export async function completeSignIn(deps: SignInDeps, signIn: SignIn, metadata: Metadata): Promise<object> {
  const { pool, client, user, source } = signIn;
  await postAuthentication(deps.invoke, triggerContext(deps, signIn, metadata));
  const { token, grant } = deps.refreshTokens.issue({ pool, client, user }, deps.clock.now());
  const result = await tokensOf(deps, grant, source, metadata);
  return { AuthenticationResult: { ...result, RefreshToken: token }, ChallengeParameters: {} };
}

/** New tokens for a refresh token; also a new refresh token where the client rotates them. */
export async function refresh(
  deps: SignInDeps,
  client: ClientSettings,
  { token, metadata }: { readonly token: string; readonly metadata: Metadata },
): Promise<object> {
  const nowMs = deps.clock.now();
  const grant = deps.refreshTokens.require(token, client, nowMs);
  const result = await tokensOf(deps, grant, 'TokenGeneration_RefreshTokens', metadata);
  if (client.rotationGraceMs === undefined) return { AuthenticationResult: result, ChallengeParameters: {} };
  const rotated = deps.refreshTokens.rotate(token, client.rotationGraceMs, nowMs);
  return { AuthenticationResult: { ...result, RefreshToken: rotated }, ChallengeParameters: {} };
}

export function requireClient(client: ClientSettings, app: AppClient): void {
  if (client === app.client) return;
  throw new AwsError('NotAuthorizedException', 'Invalid session for the user.');
}

export function requireEnabled(user: User): void {
  if (!user.isEnabled) throw new AwsError('NotAuthorizedException', 'User is disabled.');
}

export function field(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) {
    throw new AwsError('InvalidParameterException', `Missing required parameter ${name}`);
  }
  return value;
}

async function tokensOf(deps: SignInDeps, grant: Grant, source: TokenSource, metadata: Metadata) {
  const override = await preTokenGeneration(deps.invoke, triggerContext(deps, grant, metadata), {
    source,
    scopes: [selfServiceScope],
  });
  const { idToken, accessToken } = mintTokens({ ...grant, override, nowMs: deps.clock.now() });
  return {
    AccessToken: accessToken,
    IdToken: idToken,
    ExpiresIn: grant.client.accessTokenMs / 1000,
    TokenType: 'Bearer',
  };
}

function triggerContext(
  deps: SignInDeps,
  { pool, client, user }: Omit<SignIn, 'source'>,
  metadata: Metadata,
) {
  return { pool, user, clientId: client.id, region: deps.region, clientMetadata: metadata };
}

function challenged(
  deps: SignInDeps,
  challenge: Exclude<Challenge, { name: 'PASSWORD_VERIFIER' }>,
  parameters: Fields,
): object {
  const session = deps.challenges.add(challenge, deps.clock.now());
  return { ChallengeName: challenge.name, Session: session, ChallengeParameters: parameters };
}
