import { createHmac, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import type { LocalSystem } from '../../../local/system';
import { output } from '../../../scripts/start/clients';

export type Claims = Readonly<Record<string, unknown>>;

/** Makes access tokens as the user pool would, and as an attacker would. */
export interface TokenMint {
  /** As of a new sign-in of somebody at a console, signed by the pool. */
  signIn(username: string, more?: Claims): string;
  /** Signed by the pool itself: what a badly issued token looks like. */
  access(claims: Claims): string;
  /** Signed by the pool's other key, as its ID tokens are. */
  id(claims: Claims): string;
  /** Signed by a key of the attacker's own, under the name of the pool's key or his own. */
  forged(claims: Claims, keyName: 'pools' | 'own'): string;
  /** The algorithm confusion: HMAC with the pool's public key as its secret. */
  hmacWithPublicKey(claims: Claims): string;
  unsigned(claims: Claims): string;
}

export function tokenMint(system: LocalSystem): TokenMint {
  const { keys, identity } = system.services.cognito.pool(output(system, 'UserPoolId'));
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [keyId, publicKey] = [...keys.publicKeys].at(-1) ?? [];
  if (keyId === undefined || publicKey === undefined) throw new Error('the pool has no key');
  return {
    access: (claims) => keys.sign('access', claims),
    id: (claims) => keys.sign('id', claims),
    signIn: (username, more = {}) => {
      const nowS = Math.floor(system.clock.now() / 1000);
      return keys.sign('access', {
        sub: randomUUID(),
        iss: identity.issuer,
        client_id: output(system, 'ConsoleClientId'),
        origin_jti: randomUUID(),
        event_id: randomUUID(),
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin platekeeper/api',
        auth_time: nowS,
        exp: nowS + 900,
        iat: nowS,
        jti: randomUUID(),
        username,
        ...more,
      });
    },
    forged: (claims, keyName) => {
      const kid = keyName === 'pools' ? keyId : randomUUID();
      const text = `${part({ kid, alg: 'RS256' })}.${part(claims)}`;
      return `${text}.${sign('RSA-SHA256', Buffer.from(text), attacker.privateKey).toString('base64url')}`;
    },
    hmacWithPublicKey: (claims) => {
      const secret = publicKey.export({ type: 'spki', format: 'pem' });
      const text = `${part({ kid: keyId, alg: 'HS256' })}.${part(claims)}`;
      return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
    },
    unsigned: (claims) => `${part({ kid: keyId, alg: 'none' })}.${part(claims)}.`,
  };
}

/** What a token says, unverified. */
export function claimsOf(token: string): Claims {
  const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  if (typeof claims !== 'object' || claims === null) throw new Error('the token has no claims');
  return { ...claims };
}

/** The token with other claims under its old signature. */
export function withClaims(token: string, more: Claims): string {
  const [head = '', , signature = ''] = token.split('.');
  return [head, part({ ...claimsOf(token), ...more }), signature].join('.');
}

function part(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
