import type { Pool } from './pool';
import type { ClientSettings } from './settings';

/** Scopes that every pool has; a machine identity may have none of them. */
const ownScopes = ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'];

/** Throws for an app client that Cognito would not make: its providers, its grants and scopes must be there and go together. */
export function requirePossibleGrants(pool: Pool, client: ClientSettings): void {
  const { grants, grantScopes, identityProviders, secret } = client;
  const impossible = (why: string) => new Error(`the app client ${client.id} is impossible: ${why}`);
  const unknown = identityProviders.find((name) => name !== 'COGNITO' && !pool.identityProviders.has(name));
  if (unknown !== undefined) throw impossible(`the pool has no identity provider ${unknown}`);
  const missing = grantScopes.find((scope) => !ownScopes.includes(scope) && !pool.scopes.has(scope));
  if (missing !== undefined) throw impossible(`the pool has no scope ${missing}`);
  if (!grants.has('client_credentials')) return;
  if (grants.size > 1) throw impossible('client_credentials goes with no other grant');
  if (secret === undefined) throw impossible('client_credentials needs a secret');
  if (grantScopes.some((scope) => ownScopes.includes(scope)))
    throw impossible('client_credentials goes with scopes of resource servers alone');
}

/**
 * The scopes of a machine's token: those it asks for, or all that its client has when it asks for none; `undefined`
 * when it asks for one that the client has not.
 */
export function grantedScopes(
  client: ClientSettings,
  asked: string | undefined,
): readonly string[] | undefined {
  const scopes = (asked ?? '').split(' ').filter((scope) => scope !== '');
  if (scopes.length === 0) return client.grantScopes;
  return scopes.every((scope) => client.grantScopes.includes(scope)) ? [...new Set(scopes)] : undefined;
}
