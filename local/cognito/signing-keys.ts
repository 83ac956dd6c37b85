import {
  createSign,
  createVerify,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { z } from 'zod';

export type Claims = Readonly<Record<string, unknown>>;

/** A pool's two RS256 keys: one signs ID tokens, the other access tokens. */
export interface SigningKeys {
  readonly publicKeys: ReadonlyMap<string, KeyObject>;
  readonly jwks: { readonly keys: readonly JsonWebKey[] };
  sign(use: 'id' | 'access', claims: Claims): string;
  /** The claims of a token that one of these keys signed; expiry is the caller's question. */
  verify(token: string): Claims | undefined;
}

/** Made when first asked for: a pair takes a fifth of a second, and many a pool never signs. */
export function newSigningKeys(): SigningKeys {
  const keys = { id: whenAsked(newKey), access: whenAsked(newKey) };
  const publicKeys = whenAsked(
    () => new Map([keys.id(), keys.access()].map((key) => [key.keyId, key.publicKey])),
  );
  return {
    get publicKeys() {
      return publicKeys();
    },
    get jwks() {
      return {
        keys: [...publicKeys()].map(([kid, key]) => ({
          ...key.export({ format: 'jwk' }),
          kid,
          use: 'sig',
          alg: 'RS256',
        })),
      };
    },
    sign: (use, claims) => {
      const { keyId, privateKey } = keys[use]();
      const signed = `${encode({ kid: keyId, alg: 'RS256' })}.${encode(claims)}`;
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`;
    },
    verify: (token) => verifiedClaims(token, publicKeys()),
  };
}

function whenAsked<Made>(make: () => Made): () => Made {
  let made: { readonly value: Made } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The claims of a token signed with RS256 by one of the keys, or `undefined`: any other algorithm is refused. */
export function verifiedClaims(
  token: string,
  publicKeys: ReadonlyMap<string, KeyObject>,
): Claims | undefined {
  const [header, payload, signature, ...rest] = token.split('.');
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return undefined;
  }
  const parsedHeader = headerSchema.safeParse(decode(header));
  const key = parsedHeader.success ? publicKeys.get(parsedHeader.data.kid) : undefined;
  if (key === undefined) return undefined;
  const isSigned = createVerify('RSA-SHA256')
    .update(`${header}.${payload}`)
    .verify(key, signature, 'base64url');
  if (!isSigned) return undefined;
  const claims = z.record(z.string(), z.unknown()).safeParse(decode(payload));
  return claims.success ? claims.data : undefined;
}

const headerSchema = z.object({ kid: z.string(), alg: z.literal('RS256') });

function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return { keyId: randomBytes(32).toString('base64'), publicKey, privateKey };
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
