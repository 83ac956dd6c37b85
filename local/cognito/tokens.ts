import { randomUUID } from 'node:crypto';
import { AwsError } from '../aws/errors';
import type { Pool } from './pool';
import type { ClientSettings } from './settings';
import type { Claims } from './signing-keys';
import type { TokenOverride } from './triggers';
import { attributesOf, type User } from './user';

/** The scope of every token that comes from the API (not from hosted pages): the user's own operations. */
export const selfServiceScope = 'aws.cognito.signin.user.admin';

export interface TokenFacts {
  readonly pool: Pool;
  readonly client: ClientSettings;
  readonly user: User;
  readonly override: TokenOverride;
  /** Names the sign-in that all tokens of one refresh token come from. */
  readonly originJti: string;
  readonly authTimeMs: number;
  readonly nowMs: number;
}

/** Signs the ID and access token of one sign-in or refresh, changed as the pre-token function said. */
export function mintTokens(facts: TokenFacts): { readonly idToken: string; readonly accessToken: string } {
  const { pool, override } = facts;
  const id = changed(idClaims(facts), override.idTokenGeneration, fixedInIdTokens);
  const access = changed(accessClaims(facts), override.accessTokenGeneration, fixedInAccessTokens);
  return { idToken: pool.keys.sign('id', id), accessToken: pool.keys.sign('access', access) };
}

/** Signs the access token of a machine identity: it names the client, no user, and just the scopes that were granted. */
export function mintMachineToken(facts: {
  readonly pool: Pool;
  readonly client: ClientSettings;
  readonly scopes: readonly string[];
  readonly nowMs: number;
}): string {
  const { pool, client, scopes, nowMs } = facts;
  return pool.keys.sign('access', {
    sub: client.id,
    token_use: 'access',
    scope: scopes.join(' '),
    auth_time: seconds(nowMs),
    iss: pool.identity.issuer,
    exp: seconds(nowMs + client.accessTokenMs),
    iat: seconds(nowMs),
    version: 2,
    jti: randomUUID(),
    client_id: client.id,
  });
}

const fixedInBoth = [
  'acr',
  'amr',
  'at_hash',
  'auth_time',
  'azp',
  'exp',
  'iat',
  'iss',
  'jti',
  'nbf',
  'nonce',
  'origin_jti',
  'sub',
  'token_use',
];
const fixedInIdTokens = new Set([...fixedInBoth, 'identities', 'aud', 'cognito:username']);
const fixedInAccessTokens = new Set([
  ...fixedInBoth,
  'username',
  'client_id',
  'scope',
  'device_key',
  'event_id',
  'version',
]);

function idClaims(facts: TokenFacts): Claims {
  const { user, client } = facts;
  return {
    ...sharedClaims(facts, client.idTokenMs),
    ...attributeClaims(user, client),
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
  };
}

function accessClaims(facts: TokenFacts): Claims {
  const { accessTokenGeneration } = facts.override;
  const suppressed = new Set(accessTokenGeneration?.scopesToSuppress ?? []);
  const added = accessTokenGeneration?.scopesToAdd ?? [];
  const wrong = added.find((scope) => /\s/.test(scope) || scope.startsWith('aws.cognito.'));
  if (wrong !== undefined) throw refusedOverride(`scope ${wrong}`);
  const scopes = new Set([selfServiceScope, ...added]);
  return {
    ...sharedClaims(facts, facts.client.accessTokenMs),
    client_id: facts.client.id,
    token_use: 'access',
    scope: [...scopes].filter((scope) => !suppressed.has(scope)).join(' '),
    username: facts.user.username,
  };
}

function sharedClaims(facts: TokenFacts, validityMs: number): Claims {
  const { pool, client, user, nowMs } = facts;
  const groups = groupClaim(facts);
  return {
    sub: user.sub,
    ...(groups.length === 0 ? {} : { 'cognito:groups': groups }),
    iss: pool.identity.issuer,
    ...(client.isRevocable ? { origin_jti: facts.originJti } : {}),
    event_id: randomUUID(),
    auth_time: seconds(facts.authTimeMs),
    exp: seconds(nowMs + validityMs),
    iat: seconds(nowMs),
    jti: randomUUID(),
  };
}

/** A function that answers with group details replaces the groups, by none if it names none. */
function groupClaim({ pool, user, override }: TokenFacts): readonly string[] {
  const details = override.groupOverrideDetails;
  if (details === undefined || details === null) return pool.groupsOf(user).map((group) => group.name);
  return details.groupsToOverride ?? [];
}

function attributeClaims(user: User, client: ClientSettings): Claims {
  const { sub: _sub, ...attributes } = attributesOf(user);
  return Object.fromEntries(
    Object.entries(attributes)
      .filter(([name]) => client.readAttributes?.has(name) ?? true)
      .map(([name, value]) => [name, name.endsWith('_verified') ? value === 'true' : value]),
  );
}

function changed(
  claims: Claims,
  generation: TokenOverride['idTokenGeneration'],
  fixed: ReadonlySet<string>,
): Claims {
  const added = generation?.claimsToAddOrOverride ?? {};
  const suppressed = generation?.claimsToSuppress ?? [];
  const wrong = [...Object.keys(added), ...suppressed].find((name) => isFixed(name, fixed));
  if (wrong !== undefined) throw refusedOverride(`claim ${wrong}`);
  return Object.fromEntries(
    Object.entries({ ...claims, ...added }).filter(([name]) => !suppressed.includes(name)),
  );
}

function isFixed(name: string, fixed: ReadonlySet<string>): boolean {
  return fixed.has(name) || name.startsWith('cognito:') || name.startsWith('dev:');
}

/** Cognito drops such a change without a word; a local run says it, so that nobody relies on it. */
function refusedOverride(what: string): AwsError {
  return new AwsError(
    'InvalidLambdaResponseException',
    `the pre-token-generation function may not change ${what}`,
  );
}

function seconds(ms: number): number {
  return Math.floor(ms / 1000);
}
