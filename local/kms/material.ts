import {
  createHmac,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  constants as rsa,
  sign,
  verify,
} from 'node:crypto';
import { AwsError } from '../aws/errors';

export const keyUsages = ['ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'SIGN_VERIFY'] as const;
export type KeyUsage = (typeof keyUsages)[number];

const signers = {
  ECC_NIST_EDWARDS25519: ['ED25519_SHA_512'],
  ECC_NIST_P256: ['ECDSA_SHA_256'],
  RSA_2048: [
    'RSASSA_PKCS1_V1_5_SHA_256',
    'RSASSA_PKCS1_V1_5_SHA_384',
    'RSASSA_PKCS1_V1_5_SHA_512',
    'RSASSA_PSS_SHA_256',
    'RSASSA_PSS_SHA_384',
    'RSASSA_PSS_SHA_512',
  ],
} as const;
const macBits = { HMAC_224: 224, HMAC_256: 256, HMAC_384: 384, HMAC_512: 512 } as const;

export type SignerSpec = keyof typeof signers;
export type MacSpec = keyof typeof macBits;
export type KeySpec = 'SYMMETRIC_DEFAULT' | MacSpec | SignerSpec;

export const isSignerSpec = (spec: string): spec is SignerSpec => Object.hasOwn(signers, spec);
export const isMacSpec = (spec: string): spec is MacSpec => Object.hasOwn(macBits, spec);
export const signingAlgorithms = (spec: SignerSpec): readonly string[] => signers[spec];
export const macAlgorithm = (spec: MacSpec): string => spec.replace('_', '_SHA_');

/** The secret of a key. It exists in this process's memory only, so a restart makes other keys. */
export type Material =
  | { readonly kind: 'symmetric'; readonly secret: Buffer }
  | { readonly kind: 'mac'; readonly spec: MacSpec; readonly secret: Buffer }
  | {
      readonly kind: 'signer';
      readonly spec: SignerSpec;
      readonly privateKey: KeyObject;
      readonly publicKey: KeyObject;
    };

export function makeMaterial(spec: KeySpec): Material {
  if (spec === 'SYMMETRIC_DEFAULT') return { kind: 'symmetric', secret: randomBytes(32) };
  if (isMacSpec(spec)) return { kind: 'mac', spec, secret: randomBytes(macBits[spec] / 8) };
  return { kind: 'signer', spec, ...makeKeyPair(spec) };
}

export function computeMac(spec: MacSpec, secret: Buffer, message: Uint8Array): Buffer {
  return createHmac(`sha${macBits[spec]}`, secret).update(message).digest();
}

/** A signature of the whole message; ECDSA as DER. */
export function signMessage(algorithm: string, key: KeyObject, message: Uint8Array): Buffer {
  const { digest, padding } = signature(algorithm);
  return sign(digest, message, { key, ...padding });
}

export function isSignatureValid(
  algorithm: string,
  key: KeyObject,
  { message, signature: given }: { readonly message: Uint8Array; readonly signature: Uint8Array },
): boolean {
  const { digest, padding } = signature(algorithm);
  return verify(digest, message, { key, ...padding }, given);
}

function makeKeyPair(spec: SignerSpec) {
  switch (spec) {
    case 'ECC_NIST_EDWARDS25519':
      return generateKeyPairSync('ed25519');
    case 'ECC_NIST_P256':
      return generateKeyPairSync('ec', { namedCurve: 'P-256' });
    case 'RSA_2048':
      return generateKeyPairSync('rsa', { modulusLength: 2048 });
  }
}

function signature(algorithm: string) {
  if (algorithm === 'ED25519_SHA_512') return { digest: null, padding: {} };
  const match = /^(ECDSA|RSASSA_PKCS1_V1_5|RSASSA_PSS)_SHA_(256|384|512)$/.exec(algorithm);
  if (match === null) throw new AwsError('InvalidKeyUsageException', `no key here signs with ${algorithm}`);
  const pss = { padding: rsa.RSA_PKCS1_PSS_PADDING, saltLength: rsa.RSA_PSS_SALTLEN_DIGEST };
  return { digest: `sha${match[2]}`, padding: match[1] === 'RSASSA_PSS' ? pss : {} };
}
