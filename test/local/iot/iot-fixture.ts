import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { IoTClient } from '@aws-sdk/client-iot';
import { makeSigningRequest } from '../../../core/cameras/signing-request';
import type { DeviceCredentials } from '../../../edge/credentials';
import { deviceCredentials } from '../../../edge/credentials';
import { type DeviceSession, Iot } from '../../../local/iot/iot';
import {
  accountId,
  clientConfig,
  fixedClock,
  recordingAuthorizer,
  region,
  testCredentials,
} from '../support';

export const roleAlias = 'made-up-alias';
export const policyName = 'made-up-policy';
export const roleArn = `arn:aws:iam::${accountId}:role/made-up-camera-role`;
/** What feeds of partners have instead. */
export const partnerAccess = { policyName: 'made-up-partner-policy', roleAlias: 'made-up-partner-alias' };
export const partnerRoleArn = `arn:aws:iam::${accountId}:role/made-up-partner-role`;

/** The local IoT with an alias and a policy of cameras, and one of partners, and everything it asked of IAM and STS. */
export async function startIot() {
  const clock = fixedClock();
  const authorizer = recordingAuthorizer();
  const sessions: DeviceSession[] = [];
  const iot = new Iot({
    clock,
    region,
    accountId,
    authorize: authorizer.authorize,
    credentials: testCredentials.source,
    issueSession: (session) => {
      sessions.push(session);
      return { accessKeyId: 'ASIAMADEUP', secretAccessKey: 'made-up-secret', sessionToken: 'made-up-token' };
    },
  });
  for (const access of [
    { policyName, roleAlias, roleArn },
    { ...partnerAccess, roleArn: partnerRoleArn },
  ]) {
    iot.addRoleAlias({ name: access.roleAlias, roleArn: access.roleArn, durationSeconds: 900 });
    iot.addPolicy(access.policyName, {
      Statement: [
        {
          Effect: 'Allow',
          Action: 'iot:AssumeRoleWithCertificate',
          Resource: `arn:aws:iot:${region}:${accountId}:rolealias/${access.roleAlias}`,
        },
      ],
    });
  }
  const listening = await iot.listen();
  const client = new IoTClient(clientConfig(listening.url));
  return {
    iot,
    clock,
    client,
    authorizer,
    sessions,
    stop: async () => {
      client.destroy();
      await listening.close();
    },
  };
}

export interface MadeDevice {
  readonly cameraId: string;
  readonly privateKey: KeyObject;
  readonly signingRequest: string;
}

export function madeDevice(cameraId = 'made-up-car'): MadeDevice {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { cameraId, privateKey, signingRequest: makeSigningRequest({ cameraId, privateKey }) };
}

/** As the device asks, over the real TLS. */
export function askCredentials(
  iot: Iot,
  device: Pick<MadeDevice, 'cameraId' | 'privateKey'>,
  certificate: string,
  alias = roleAlias,
): Promise<DeviceCredentials> {
  return deviceCredentials({
    cameraId: device.cameraId,
    certificate,
    privateKey: device.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    endpoint: iot.credentialEndpoint,
    roleAlias: alias,
    authority: iot.serverAuthorityPem,
  })();
}
