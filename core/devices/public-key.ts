import { createPublicKey, type KeyObject } from 'node:crypto';
import { type PublicKey, publicKey } from '../contract/devices';

/** Members of a JSON Web Key that are secret (RFC 7518): whoever sends one has given the key away. */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

export type ParsedKey =
  | { readonly kind: 'key'; readonly publicKey: PublicKey; readonly keyObject: KeyObject }
  | { readonly kind: 'refused'; readonly because: 'not-p256' | 'private' };

/**
 * A public P-256 key in the one form that it has here: the point lies on the curve, and members that say nothing of it
 * (`kid`, `ext`, `key_ops`) are left out, so that one key has one thumbprint. Never throws.
 */
export function parsePublicKey(input: unknown): ParsedKey {
  if (typeof input !== 'object' || input === null) return { kind: 'refused', because: 'not-p256' };
  if (secretMembers.some((member) => Object.hasOwn(input, member)))
    return { kind: 'refused', because: 'private' };
  const parsed = publicKey.strip().safeParse(input);
  if (!parsed.success) return { kind: 'refused', because: 'not-p256' };
  try {
    const keyObject = createPublicKey({ key: { ...parsed.data }, format: 'jwk' });
    return { kind: 'key', publicKey: parsed.data, keyObject };
  } catch {
    return { kind: 'refused', because: 'not-p256' };
  }
}
