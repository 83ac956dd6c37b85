import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { open, readFile, stat } from 'node:fs/promises';

export class DeviceKeyFault extends Error {
  constructor(
    readonly code: 'readable-by-others' | 'not-a-p256-key' | 'already-there',
    options?: { cause?: unknown },
  ) {
    super(`the device key cannot be used: ${code}`, options);
    this.name = 'DeviceKeyFault';
  }
}

/**
 * Makes the device's key (P-256, PKCS #8 PEM, for its owner only) and gives the public key for the registry, PEM.
 * Never replaces a key: an enrolled camera would fall silent. Throws `DeviceKeyFault`.
 */
export async function generateDeviceKey(path: string): Promise<string> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = await open(path, 'wx', 0o600).catch((cause: unknown) => {
    throw isExisting(cause) ? new DeviceKeyFault('already-there', { cause }) : cause;
  });
  try {
    await file.writeFile(privateKey.export({ type: 'pkcs8', format: 'pem' }));
    await file.sync();
  } finally {
    await file.close();
  }
  return publicPem(publicKey);
}

/** The device's key. Throws `DeviceKeyFault` if other accounts of the device could read it or it is no P-256 key. */
export async function loadDeviceKey(path: string): Promise<KeyObject> {
  const { mode } = await stat(path);
  if ((mode & 0o077) !== 0) throw new DeviceKeyFault('readable-by-others');
  const key = parseKey(await readFile(path, 'utf8'));
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new DeviceKeyFault('not-a-p256-key');
  return key;
}

/** The public key, PEM, that the registry holds for a device key. */
export const publicKeyOf = (privateKey: KeyObject): string => publicPem(createPublicKey(privateKey));

function parseKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new DeviceKeyFault('not-a-p256-key', { cause });
  }
}

const publicPem = (key: KeyObject) => key.export({ type: 'spki', format: 'pem' }).toString();

const isExisting = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === 'EEXIST';
