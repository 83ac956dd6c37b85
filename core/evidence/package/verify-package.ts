import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { custodyHash } from '../custody';
import { type Manifest, parseManifest } from './manifest';
import { type FileName, type PackageFile, sha256 } from './package-file';

export type PackageFault =
  | { readonly kind: 'no-manifest' }
  | { readonly kind: 'other-key' }
  | { readonly kind: 'signature' }
  | { readonly kind: 'missing' | 'changed' | 'not-listed'; readonly file: FileName };

export interface CheckedPackage {
  /** Empty: each file is as it was when the manifest was signed by this key. */
  readonly faults: readonly PackageFault[];
  /** Absent where there is none that can be read; to be believed only without faults. */
  readonly manifest?: Manifest;
  /** What the second link of the chain of custody must be bound to. */
  readonly takenHash?: string;
}

/** Not a public key of the kind that signs evidence. */
export class UnusableKey extends Error {
  override readonly name = 'UnusableKey';
}

/** Checks a package with nothing but itself and the public key (PEM). Throws `UnusableKey`. */
export function verifyPackage(files: readonly PackageFile[], publicKeyPem: string): CheckedPackage {
  const key = parseKey(publicKeyPem);
  const find = (name: FileName) => files.find((file) => file.name === name)?.bytes;
  const signed = find('manifest.json');
  const manifest = signed && parseManifest(signed);
  if (signed === undefined || manifest === undefined) return { faults: [{ kind: 'no-manifest' }] };
  const signature = find('manifest.sig');
  const isSigned = signature !== undefined && verify('sha256', signed, key, signature);
  const isOtherKey = manifest.signedBy !== sha256(key.export({ type: 'spki', format: 'der' }));
  const isListed = (name: FileName) => manifest.files.some((each) => each.name === name);
  return {
    manifest,
    takenHash: custodyHash(manifest.taken),
    faults: [
      ...(isOtherKey ? [{ kind: 'other-key' } as const] : []),
      ...(isSigned ? [] : [{ kind: 'signature' } as const]),
      ...manifest.files.flatMap(({ name: file, sha256: expected }): PackageFault[] => {
        const bytes = find(file);
        if (bytes === undefined) return [{ kind: 'missing', file }];
        return sha256(bytes) === expected ? [] : [{ kind: 'changed', file }];
      }),
      ...files
        .filter(({ name }) => name !== 'manifest.json' && name !== 'manifest.sig' && !isListed(name))
        .map(({ name: file }): PackageFault => ({ kind: 'not-listed', file })),
    ],
  };
}

function parseKey(pem: string): KeyObject {
  let key: KeyObject;
  try {
    key = createPublicKey(pem);
  } catch (cause) {
    throw new UnusableKey('this is no public key in PEM', { cause });
  }
  if (key.asymmetricKeyType !== 'ec' || key.asymmetricKeyDetails?.namedCurve !== 'prime256v1')
    throw new UnusableKey('evidence is signed with keys of the curve P-256');
  return key;
}
