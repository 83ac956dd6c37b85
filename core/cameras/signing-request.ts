import { createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { type DerElement, der, derTags, readDer } from './der';

/** A request of a device for its certificate (PKCS #10, RFC 2986), proven to come from the holder of the key. */
export interface SigningRequest {
  /** P-256, PEM (SubjectPublicKeyInfo). */
  readonly publicKeyPem: string;
}

export const signingRequestCharsMax = 8000;

/** ecdsa-with-SHA256 (RFC 5758). */
const signatureAlgorithm = der(derTags.sequence, der(derTags.oid, Buffer.from('2a8648ce3d040302', 'hex')));
const commonNameId = der(derTags.oid, Buffer.from('550403', 'hex'));
const pemForm =
  /^\s*-----BEGIN CERTIFICATE REQUEST-----\s+([A-Za-z0-9+/=\s]+?)\s+-----END CERTIFICATE REQUEST-----\s*$/;

/**
 * Reads a request and checks its signature: whoever sent it holds the private key. `undefined` for anything else, other
 * keys than P-256 and other signatures than ECDSA with SHA-256 among it. The name in it is not believed: the registry
 * names cameras.
 */
export function parseSigningRequest(pem: string): SigningRequest | undefined {
  if (pem.length > signingRequestCharsMax) return undefined;
  const base64 = pemForm.exec(pem)?.[1];
  if (base64 === undefined) return undefined;
  const [outer, ...beyond] = readDer(Buffer.from(base64, 'base64')) ?? [];
  if (beyond.length > 0) return undefined;
  const [info, algorithm, signature] = childrenOf(outer);
  const [version, , subjectKey] = childrenOf(info);
  if (info === undefined || subjectKey === undefined || signature?.tag !== derTags.bitString)
    return undefined;
  if (version?.tag !== derTags.integer || version.content.length !== 1 || version.content[0] !== 0)
    return undefined;
  if (algorithm === undefined || Buffer.compare(algorithm.whole, signatureAlgorithm) !== 0) return undefined;
  const key = p256Key(subjectKey.whole);
  // The first byte of a bit string says how many bits of its last are unused.
  if (key === undefined || signature.content[0] !== 0) return undefined;
  if (!isSigned(info.whole, key, signature.content.subarray(1))) return undefined;
  return { publicKeyPem: key.export({ type: 'spki', format: 'pem' }).toString() };
}

/** The request of a device for its certificate, PEM, signed with its own key. */
export function makeSigningRequest(device: {
  readonly cameraId: string;
  readonly privateKey: KeyObject;
}): string {
  const name = der(
    derTags.sequence,
    der(
      derTags.set,
      der(derTags.sequence, commonNameId, der(derTags.utf8, Buffer.from(device.cameraId, 'utf8'))),
    ),
  );
  const subjectKey = createPublicKey(device.privateKey).export({ type: 'spki', format: 'der' });
  const noAttributes = der(0xa0);
  const info = der(derTags.sequence, der(derTags.integer, Uint8Array.of(0)), name, subjectKey, noAttributes);
  const signature = sign('sha256', info, device.privateKey);
  const whole = der(
    derTags.sequence,
    info,
    signatureAlgorithm,
    der(derTags.bitString, Uint8Array.of(0), signature),
  );
  const lines =
    Buffer.from(whole)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE REQUEST-----', ...lines, '-----END CERTIFICATE REQUEST-----', ''].join(
    '\n',
  );
}

function childrenOf(element: DerElement | undefined): readonly DerElement[] {
  return element?.tag === derTags.sequence ? (readDer(element.content) ?? []) : [];
}

function p256Key(subjectKey: Uint8Array): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(subjectKey), format: 'der', type: 'spki' });
    return key.asymmetricKeyDetails?.namedCurve === 'prime256v1' ? key : undefined;
  } catch {
    return undefined;
  }
}

function isSigned(content: Uint8Array, key: KeyObject, signature: Uint8Array): boolean {
  try {
    return verify('sha256', content, key, signature);
  } catch {
    return false;
  }
}
