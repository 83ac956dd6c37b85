import { z } from 'zod';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { parseInput } from './input';
import { isPassword } from './passwords';
import type { Pool } from './pool';
import { initiateAuth, respondToChallenge } from './sign-in';
import { type AppClient, refresh, type SignInDeps } from './sign-in-steps';
import { selfServiceScope } from './tokens';
import { matchingStep, newTotpSecret } from './totp';
import type { User } from './user';
import { listedAttributes, mfaSettings } from './user-view';

export interface UserDeps extends SignInDeps {
  /** Throws `ResourceNotFoundException`. */
  readonly appClient: (clientId: string) => AppClient;
  readonly pools: () => Iterable<Pool>;
}

const fields = z.record(z.string(), z.string());
const ofClient = z.object({ ClientId: z.string(), ClientMetadata: fields.optional() });
const withToken = z.object({ AccessToken: z.string() });
const withTokenOrSession = z.object({ AccessToken: z.string().optional(), Session: z.string().optional() });

/** What anybody may ask without a signature: signing in, and the operations that an access token opens. */
export function userOperations(deps: UserDeps): Record<string, JsonOperation> {
  return {
    InitiateAuth: (raw) => {
      const input = parseInput(
        ofClient.extend({ AuthFlow: z.string(), AuthParameters: fields.default({}) }),
        raw,
      );
      return initiateAuth(deps, deps.appClient(input.ClientId), {
        flow: input.AuthFlow,
        fields: input.AuthParameters,
        metadata: input.ClientMetadata,
      });
    },
    RespondToAuthChallenge: (raw) => {
      const input = parseInput(
        ofClient.extend({
          ChallengeName: z.string(),
          Session: z.string().optional(),
          ChallengeResponses: fields.default({}),
        }),
        raw,
      );
      return respondToChallenge(deps, deps.appClient(input.ClientId), {
        challengeName: input.ChallengeName,
        session: input.Session,
        fields: input.ChallengeResponses,
        metadata: input.ClientMetadata,
      });
    },
    GetTokensFromRefreshToken: (raw) => {
      const input = parseInput(ofClient.extend({ RefreshToken: z.string() }), raw);
      const { client } = deps.appClient(input.ClientId);
      return refresh(deps, client, { token: input.RefreshToken, metadata: input.ClientMetadata });
    },
    RevokeToken: (raw) => {
      const input = parseInput(z.object({ ClientId: z.string(), Token: z.string() }), raw);
      deps.refreshTokens.revoke(input.Token, deps.appClient(input.ClientId).client);
      return {};
    },
    AssociateSoftwareToken: (raw) => {
      const input = parseInput(withTokenOrSession, raw);
      const secret = newTotpSecret();
      if (input.AccessToken !== undefined) {
        tokenUser(deps, input.AccessToken).user.pendingTotpSecret = secret;
        return { SecretCode: secret };
      }
      const challenge = deps.challenges.require(input.Session, 'MFA_SETUP', deps.clock.now());
      challenge.user.pendingTotpSecret = secret;
      deps.challenges.close(input.Session);
      const Session = deps.challenges.add({ ...challenge, isVerified: false }, deps.clock.now());
      return { SecretCode: secret, Session };
    },
    VerifySoftwareToken: (raw) => {
      const input = parseInput(withTokenOrSession.extend({ UserCode: z.string() }), raw);
      if (input.AccessToken !== undefined) {
        const { user } = tokenUser(deps, input.AccessToken);
        acceptAuthenticator(user, input.UserCode, deps.clock.now());
        return { Status: 'SUCCESS' };
      }
      const challenge = deps.challenges.require(input.Session, 'MFA_SETUP', deps.clock.now());
      acceptAuthenticator(challenge.user, input.UserCode, deps.clock.now());
      challenge.user.isTotpEnabled = true;
      deps.challenges.close(input.Session);
      const Session = deps.challenges.add({ ...challenge, isVerified: true }, deps.clock.now());
      return { Status: 'SUCCESS', Session };
    },
    SetUserMFAPreference: (raw) => {
      const input = parseInput(
        withToken.extend({
          SoftwareTokenMfaSettings: z.object({
            Enabled: z.boolean().default(false),
            PreferredMfa: z.boolean().default(false),
          }),
        }),
        raw,
      );
      const { user } = tokenUser(deps, input.AccessToken);
      if (input.SoftwareTokenMfaSettings.Enabled && user.totp === undefined) {
        throw new AwsError('InvalidParameterException', 'User has not verified software token mfa');
      }
      user.isTotpEnabled = input.SoftwareTokenMfaSettings.Enabled;
      return {};
    },
    GetUser: (raw) => {
      const { user, client } = tokenUser(deps, parseInput(withToken, raw).AccessToken);
      const isReadable = (name: string) => name === 'sub' || (client?.readAttributes?.has(name) ?? true);
      return {
        Username: user.username,
        UserAttributes: listedAttributes(user).filter(({ Name }) => isReadable(Name)),
        ...mfaSettings(user),
      };
    },
    ChangePassword: (raw) => {
      const input = parseInput(
        withToken.extend({ PreviousPassword: z.string(), ProposedPassword: z.string() }),
        raw,
      );
      const { pool, user } = tokenUser(deps, input.AccessToken);
      if (!isPassword(user.password.stored, input.PreviousPassword)) {
        throw new AwsError('NotAuthorizedException', 'Incorrect username or password.');
      }
      pool.setPassword(user, input.ProposedPassword, deps.clock.now(), { isTemporary: false });
      return {};
    },
    GlobalSignOut: (raw) => {
      const { user } = tokenUser(deps, parseInput(withToken, raw).AccessToken);
      deps.refreshTokens.revokeAll(user);
      return {};
    },
    SignUp: (raw) => {
      const { pool } = deps.appClient(parseInput(ofClient, raw).ClientId);
      if (pool.properties.AdminCreateUserConfig?.AllowAdminCreateUserOnly) {
        throw new AwsError('NotAuthorizedException', 'SignUp is not permitted for this user pool');
      }
      throw new AwsError('UnknownOperationException', 'the local cognito does not model SignUp');
    },
  };
}

/** Proves that the user's authenticator holds the pending secret; the code is spent by that. */
function acceptAuthenticator(user: User, code: string, nowMs: number): void {
  const secret = user.pendingTotpSecret;
  const step = secret === undefined ? undefined : matchingStep(secret, code, nowMs);
  if (secret === undefined || step === undefined) {
    throw new AwsError('EnableSoftwareTokenMFAException', 'Code mismatch');
  }
  user.totp = { secret, spentStep: step };
  user.pendingTotpSecret = undefined;
}

const accessClaims = z.object({
  token_use: z.literal('access'),
  username: z.string(),
  client_id: z.string(),
  scope: z.string(),
  exp: z.number(),
  origin_jti: z.string().optional(),
});

/** Whose access token it is. Throws `NotAuthorizedException` unless it is signed, unexpired, unrevoked and in scope. */
function tokenUser(deps: UserDeps, token: string) {
  for (const pool of deps.pools()) {
    const claims = accessClaims.safeParse(pool.keys.verify(token));
    if (!claims.success) continue;
    const { exp, scope, username, client_id, origin_jti } = claims.data;
    if (deps.clock.now() >= exp * 1000) throw refused('Access Token has expired');
    if (!scope.split(' ').includes(selfServiceScope)) {
      throw refused('Access Token does not have required scopes');
    }
    const user = pool.find(username);
    if (user === undefined) throw new AwsError('UserNotFoundException', 'User does not exist.');
    if (deps.refreshTokens.isRevoked(origin_jti)) {
      throw refused('Access Token has been revoked');
    }
    if (!user.isEnabled) throw refused('User is disabled.');
    return { pool, user, client: pool.clients.get(client_id) };
  }
  throw refused('Invalid Access Token');
}

const refused = (message: string) => new AwsError('NotAuthorizedException', message);
