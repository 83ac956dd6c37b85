import { createHash, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';
import { parsePublicKey } from './public-key';
import { deviceIdOf } from './thumbprint';

/** What a proof must be about: the call that carries it. */
export interface ProofQuestion {
  /** The value of the one header `DPoP`. */
  readonly proof: string;
  /** As in the request line, for example `GET`. */
  readonly method: string;
  /** As the caller wrote it, without a port. */
  readonly host: string;
  /** With the stage, without the query. */
  readonly path: string;
  /** The access token that came with it. */
  readonly accessToken: string;
  readonly nowMs: number;
}

/** Why a proof is none. */
export type ProofFault =
  | 'malformed'
  | 'not-p256'
  | 'private'
  | 'signature'
  | 'other-request'
  | 'other-time'
  | 'other-token';

export type ProofOutcome =
  | { readonly kind: 'proven'; readonly deviceId: string; readonly jti: string }
  | { readonly kind: 'refused'; readonly because: ProofFault };

/** Far more than a proof needs; longer ones are not looked at. */
const charactersMax = 4096;
/** How far the device's clock may be off, and how long a proof is good, milliseconds. */
export const proofWindowMs = 60_000;

const compactJws = /^([\w-]{1,2048})\.([\w-]{1,2048})\.([\w-]{86})$/;

const header = z.looseObject({
  typ: z.literal('dpop+jwt'),
  alg: z.literal('ES256'),
  jwk: z.unknown(),
  /** What must be understood is not: RFC 7515, 4.1.11. */
  crit: z.undefined().optional(),
});

const claims = z.looseObject({
  jti: z.string().min(16).max(128),
  htm: z.string(),
  htu: z.string().max(2048),
  iat: z.number(),
  ath: z.string(),
});

/**
 * Whether a call was made by the holder of a device's key: a DPoP proof (RFC 9449, 4.3) for this method, address, token
 * and time. It proves a key, not that the key is registered, and it is good once: whoever asks must see to both.
 * Scheme and port are not compared, as the gateway takes TLS alone. Never throws, whatever is sent.
 */
export function verifyProof(question: ProofQuestion): ProofOutcome {
  const { proof } = question;
  const [, head, body, signature] = (proof.length <= charactersMax && compactJws.exec(proof)) || [];
  if (head === undefined || body === undefined || signature === undefined) return refused('malformed');
  const parsedHead = header.safeParse(jsonOf(head));
  if (!parsedHead.success) return refused('malformed');
  const key = parsePublicKey(parsedHead.data.jwk);
  if (key.kind === 'refused') return refused(key.because);
  if (!isSigned(`${head}.${body}`, signature, key.keyObject)) return refused('signature');
  const parsedBody = claims.safeParse(jsonOf(body));
  if (!parsedBody.success) return refused('malformed');
  const fault = faultOf(parsedBody.data, question);
  if (fault !== undefined) return refused(fault);
  return { kind: 'proven', deviceId: deviceIdOf(key.publicKey), jti: parsedBody.data.jti };
}

/** The claim `ath`: which access token a proof goes with. */
export function accessTokenHash(accessToken: string): string {
  return createHash('sha256').update(accessToken, 'utf8').digest('base64url');
}

function faultOf(
  { htm, htu, iat, ath }: z.output<typeof claims>,
  { method, host, path, accessToken, nowMs }: ProofQuestion,
): ProofFault | undefined {
  if (htm !== method || !isAddress(htu, { host, path })) return 'other-request';
  if (!(Math.abs(nowMs - iat * 1000) <= proofWindowMs)) return 'other-time';
  if (ath !== accessTokenHash(accessToken)) return 'other-token';
  return undefined;
}

function isAddress(htu: string, called: { readonly host: string; readonly path: string }): boolean {
  const url = urlOf(htu);
  if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
  const path = plainPath(url.pathname);
  return url.hostname === called.host.toLowerCase() && path !== undefined && path === plainPath(called.path);
}

function urlOf(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

/** Percent-encoding says nothing, and the gateway hands some paths on without it. */
function plainPath(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

function jsonOf(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

function isSigned(text: string, signature: string, key: KeyObject): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  try {
    return verify('sha256', Buffer.from(text, 'ascii'), { key, dsaEncoding: 'ieee-p1363' }, bytes);
  } catch {
    return false;
  }
}

function refused(because: ProofFault): ProofOutcome {
  return { kind: 'refused', because };
}
