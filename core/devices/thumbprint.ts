import { createHash } from 'node:crypto';
import type { PublicKey } from '../contract/devices';

/** RFC 7638 thumbprint (SHA-256, base64url) of the members of a JSON Web Key that its type demands, and no others. */
export function jwkThumbprint(members: Readonly<Record<string, string>>): string {
  const inOrder = Object.keys(members).sort();
  const text = JSON.stringify(Object.fromEntries(inOrder.map((name) => [name, members[name]])));
  return createHash('sha256').update(text, 'utf8').digest('base64url');
}

/** What a device is called here: the thumbprint of its public key, so that nobody can choose it. */
export function deviceIdOf({ kty, crv, x, y }: PublicKey): string {
  return jwkThumbprint({ kty, crv, x, y });
}
