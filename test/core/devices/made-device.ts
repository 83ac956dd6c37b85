import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { Device } from '../../../core/devices/device';
import { makeProof, publicKeyOf } from '../../../core/devices/make-proof';
import type { DeviceRegistry } from '../../../core/devices/ports';
import { deviceIdOf } from '../../../core/devices/thumbprint';

/** A device's key, as a phone makes it. */
export function madeKey(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** The key of RFC 9449's examples has no private half in print; this one is made up. */
export const exampleKey = createPrivateKey({
  format: 'jwk',
  key: {
    kty: 'EC',
    crv: 'P-256',
    x: 'f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU',
    y: 'x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0',
    d: 'jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI',
  },
});

/** A made-up officer's phone. */
export function madeDevice(privateKey: KeyObject, facts: Partial<Device> = {}): Device {
  const publicKey = publicKeyOf(privateKey);
  return {
    deviceId: deviceIdOf(publicKey),
    kind: 'phone',
    publicKey,
    assignedTo: 'made-up.officer',
    label: 'Phone 7',
    registeredBy: 'made-up.administrator',
    registeredAtMs: Date.parse('2026-11-01T12:00:00Z'),
    ...facts,
  };
}

/** A good proof of a call to the made-up gateway. */
export function madeProof(facts: Partial<Parameters<typeof makeProof>[0]> = {}): string {
  return makeProof({
    privateKey: exampleKey,
    method: 'GET',
    url: 'https://alpr.example.org/live/v1/quarantine',
    accessToken: 'made-up-token',
    proofId: 'made-up-proof-0001',
    nowMs: Date.parse('2026-11-24T12:00:00Z'),
    ...facts,
  });
}

/** A registry in memory. */
export function madeRegistry(
  devices: readonly Device[] = [],
): DeviceRegistry & { readonly rows: Map<string, Device> } {
  const rows = new Map(devices.map((each) => [each.deviceId, each]));
  return {
    rows,
    find: async (deviceId) => rows.get(deviceId),
    async register(device) {
      const standing = rows.get(device.deviceId) ?? device;
      rows.set(device.deviceId, standing);
      return standing;
    },
    async retire(deviceId, retired) {
      const device = rows.get(deviceId);
      if (device === undefined) return undefined;
      const after = { ...device, retired: device.retired ?? retired };
      rows.set(deviceId, after);
      return after;
    },
    list: async () => [...rows.values()],
  };
}
