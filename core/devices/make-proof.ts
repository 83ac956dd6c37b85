import { createPublicKey, type KeyObject, sign } from 'node:crypto';
import { type PublicKey, publicKey } from '../contract/devices';
import { accessTokenHash } from './verify-proof';

/** What a device says with one call; see docs/formats/device-proof.md. */
export interface ProofFacts {
  /** P-256. */
  readonly privateKey: KeyObject;
  /** Of the call, for example `GET`. */
  readonly method: string;
  /** Of the call; query and fragment are left out of the proof. */
  readonly url: string;
  readonly accessToken: string;
  /** Never used before: 16 to 128 characters. */
  readonly proofId: string;
  readonly nowMs: number;
}

/** The value of the header `DPoP` (RFC 9449) for one call. Throws for a key that is no P-256 private key. */
export function makeProof(facts: ProofFacts): string {
  const { privateKey, method, url, accessToken, proofId, nowMs } = facts;
  const head = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicKeyOf(privateKey) };
  const claims = {
    jti: proofId,
    htm: method,
    htu: url.replace(/[?#].*$/, ''),
    iat: Math.floor(nowMs / 1000),
    ath: accessTokenHash(accessToken),
  };
  const text = `${encoded(head)}.${encoded(claims)}`;
  const signature = sign('sha256', Buffer.from(text, 'ascii'), {
    key: privateKey,
    dsaEncoding: 'ieee-p1363',
  });
  return `${text}.${signature.toString('base64url')}`;
}

/** The public half, as devices are registered by it. Throws for a key that is no P-256 key. */
export function publicKeyOf(privateKey: KeyObject): PublicKey {
  return publicKey.parse(createPublicKey(privateKey).export({ format: 'jwk' }));
}

function encoded(part: object): string {
  return Buffer.from(JSON.stringify(part), 'utf8').toString('base64url');
}
