import { createPublicKey } from 'node:crypto';

/** A public key as KMS gives it (SPKI, DER), in the form that people keep and `openssl` reads. */
export function publicKeyPem(spki: Uint8Array): string {
  return createPublicKey({ key: Buffer.from(spki), format: 'der', type: 'spki' })
    .export({ type: 'spki', format: 'pem' })
    .toString();
}
