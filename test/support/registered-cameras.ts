import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Position } from '../../core/reads/camera';
import { generateDeviceKey, loadDeviceKey } from '../../edge/device-key';
import type { LocalSystem } from '../../local/system';
import { courthouse, type DayCamera, underpass } from '../../scripts/start/cameras';
import { type Clients, output } from '../../scripts/start/clients';

/** Two cameras with approved sites, put straight into the registry, for tests that begin at the streams. */
export async function registerCameras(
  system: LocalSystem,
  operator: Clients,
): Promise<{ smart: DayCamera; fixed: DayCamera }> {
  return {
    smart: await register(system, operator, { cameraId: 'smart-courthouse', position: courthouse }),
    fixed: await register(system, operator, { cameraId: 'fixed-underpass', position: underpass }),
  };
}

async function register(
  system: LocalSystem,
  operator: Clients,
  { cameraId, position }: { readonly cameraId: string; readonly position: Position },
): Promise<DayCamera> {
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-camera-'));
  const keyFile = join(folder, 'device-key.pem');
  const publicKeyPem = await generateDeviceKey(keyFile);
  await operator.dynamodb.send(
    new PutItemCommand({
      TableName: output(system, 'CamerasTable'),
      Item: {
        cameraId: { S: cameraId },
        network: { S: 'bloomington' },
        kind: { S: 'fixed' },
        status: { S: 'active' },
        publicKeyPem: { S: publicKeyPem },
        site: {
          M: {
            siteId: { S: `site-${cameraId}` },
            latitude: { N: String(position.latitude) },
            longitude: { N: String(position.longitude) },
            approvedBy: { S: 'chief' },
            approvedAtMs: { N: String(system.clock.now() - 86_400_000) },
          },
        },
      },
    }),
  );
  return {
    edge: { cameraId, network: 'bloomington', position },
    privateKey: await loadDeviceKey(keyFile),
    folder,
    credentials: async () => system.assumeRole('CameraRoleArn', cameraId, cameraId),
  };
}
