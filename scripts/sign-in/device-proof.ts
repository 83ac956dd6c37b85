import { type KeyObject, randomUUID } from 'node:crypto';
import { proofHeader } from '../../core/contract/devices';
import { makeProof, publicKeyOf } from '../../core/devices/make-proof';
import { deviceIdOf } from '../../core/devices/thumbprint';
import { DeviceKeyFault, generateDeviceKey, loadDeviceKey } from '../../edge/device-key';

/** The key in that file; made there at the first use, for its owner only. Throws `DeviceKeyFault`. */
export async function deviceKeyIn(path: string): Promise<KeyObject> {
  await generateDeviceKey(path).catch((error: unknown) => {
    if (!(error instanceof DeviceKeyFault && error.code === 'already-there')) throw error;
  });
  return loadDeviceKey(path);
}

/** What somebody has to know to use a device: its public half, for the registry, and a proof for one call. */
export function describeDevice(
  privateKey: KeyObject,
  call: { readonly url: string; readonly accessToken: string; readonly nowMs: number },
): string {
  const publicKey = publicKeyOf(privateKey);
  const proof = makeProof({ ...call, privateKey, method: 'GET', proofId: randomUUID() });
  return [
    `Device ${deviceIdOf(publicKey)}; its public key, for the registry:`,
    JSON.stringify(publicKey),
    `Proof for one GET of ${call.url}, good for a minute and once:`,
    `${proofHeader}: ${proof}`,
    '',
  ].join('\n');
}
