import { createHash, randomBytes } from 'node:crypto';

export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** How a camera wants to be shown the credentials (RFC 7616, RFC 7617). */
export type Challenge =
  | { readonly kind: 'basic' }
  | {
      readonly kind: 'digest';
      readonly realm: string;
      readonly nonce: string;
      readonly opaque: string | undefined;
      readonly hash: 'md5' | 'sha256';
      /** How the camera wrote the algorithm, where it did. */
      readonly algorithm: string | undefined;
      readonly hasQop: boolean;
      /** The credentials are right, the nonce is old. */
      readonly isStale: boolean;
    };

const hashes: Readonly<Record<string, 'md5' | 'sha256'>> = { md5: 'md5', 'sha-256': 'sha256' };
const strength = { basic: 0, md5: 1, sha256: 2 } as const;

/**
 * The strongest challenge of a refusal's `WWW-Authenticate` headers that can be met. Basic, which shows the password to
 * the network, is taken only where the camera offers nothing else.
 */
export function strongestChallenge(headers: readonly string[]): Challenge | undefined {
  const rank = (challenge: Challenge) => strength[challenge.kind === 'basic' ? 'basic' : challenge.hash];
  return headers.flatMap((header) => parseChallenge(header) ?? []).sort((a, b) => rank(b) - rank(a))[0];
}

function parseChallenge(header: string): Challenge | undefined {
  const [, scheme, rest = ''] = /^\s*(basic|digest)\b(.*)$/i.exec(header) ?? [];
  if (scheme === undefined) return undefined;
  if (scheme.toLowerCase() === 'basic') return { kind: 'basic' };
  const fields = new Map<string, string>();
  for (const [, name = '', quoted, bare] of rest.matchAll(
    /([a-z]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+))/gi,
  ))
    fields.set(name.toLowerCase(), quoted ?? bare ?? '');
  const algorithm = fields.get('algorithm');
  const hash = hashes[(algorithm ?? 'md5').toLowerCase()];
  const nonce = fields.get('nonce');
  const qop = fields
    .get('qop')
    ?.split(',')
    .map((each) => each.trim().toLowerCase());
  if (hash === undefined || nonce === undefined || (qop !== undefined && !qop.includes('auth')))
    return undefined;
  return {
    kind: 'digest',
    realm: fields.get('realm') ?? '',
    nonce,
    opaque: fields.get('opaque'),
    hash,
    algorithm,
    hasQop: qop !== undefined,
    isStale: fields.get('stale')?.toLowerCase() === 'true',
  };
}

export interface AuthorizedRequest {
  readonly method: string;
  readonly uri: string;
  /** How many requests have answered this nonce, this one included. */
  readonly count: number;
  /** Of the client's own choice; random by default. */
  readonly cnonce?: string;
}

/** The `Authorization` header that meets a challenge. */
export function authorization(
  challenge: Challenge,
  { username, password }: Credentials,
  { method, uri, count, cnonce = randomBytes(16).toString('hex') }: AuthorizedRequest,
): string {
  if (challenge.kind === 'basic')
    return `Basic ${Buffer.from(`${username}:${password}`, 'utf8').toString('base64')}`;
  const { realm, nonce, opaque, hash, algorithm, hasQop } = challenge;
  const digest = (...parts: readonly string[]) =>
    createHash(hash).update(parts.join(':'), 'utf8').digest('hex');
  const nc = count.toString(16).padStart(8, '0');
  const secret = digest(username, realm, password);
  const request = digest(method, uri);
  const response = hasQop
    ? digest(secret, nonce, nc, cnonce, 'auth', request)
    : digest(secret, nonce, request);
  // Realm, nonce and opaque go back as they came, with their quoting.
  const fields = [
    `username="${username.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(hasQop ? ['qop=auth', `nc=${nc}`, `cnonce="${cnonce}"`] : []),
  ];
  return `Digest ${fields.join(', ')}`;
}
