import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSigningRequest } from '../../core/cameras/signing-request';
import { generateDeviceKey } from '../../edge/device-key';
import { runIdentity } from '../../edge/identity';
import { policyName, roleAlias, startIot } from '../local/iot/iot-fixture';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('prints the signing request of the device’s own key', async () => {
  const key = join(folder, 'key.pem');
  const publicKeyPem = await generateDeviceKey(key);
  const { exitCode, out = '' } = await runIdentity(['request', '--key', key, '--camera', 'car-12']);
  expect(exitCode).toBe(0);
  expect(parseSigningRequest(out)).toEqual({ publicKeyPem });
});

it('prints credentials as the SDKs’ credential_process wants them, and none once revoked', async () => {
  const local = await startIot();
  const key = join(folder, 'key.pem');
  await generateDeviceKey(key);
  const request = await runIdentity(['request', '--key', key, '--camera', 'car-12']);
  const certificate = local.iot.addCertificate(request.out ?? '', true);
  certificate.policies.add(policyName);
  certificate.things.add('car-12');
  await writeFile(join(folder, 'certificate.pem'), certificate.pem);
  await writeFile(join(folder, 'authority.pem'), local.iot.serverAuthorityPem);
  const argv = [
    ...['credentials', '--key', key, '--camera', 'car-12'],
    ...['--certificate', join(folder, 'certificate.pem'), '--authority', join(folder, 'authority.pem')],
    ...['--endpoint', local.iot.credentialEndpoint, '--role-alias', roleAlias],
  ];
  const given = await runIdentity(argv);
  expect(JSON.parse(given.out ?? '')).toEqual({
    Version: 1,
    AccessKeyId: 'ASIAMADEUP',
    SecretAccessKey: 'made-up-secret',
    SessionToken: 'made-up-token',
    Expiration: new Date(local.clock.now() + 900_000).toISOString(),
  });
  certificate.status = 'REVOKED';
  const refused = await runIdentity(argv);
  expect(refused).toMatchObject({ exitCode: 1, problems: expect.stringContaining('refused') });
  expect(refused.out).toBeUndefined();
  await local.stop();
});

it('says what is wrong with a command line, and how it goes', async () => {
  expect(await runIdentity(['request', '--camera', 'car-12'])).toMatchObject({
    exitCode: 2,
    problems: expect.stringContaining('key'),
  });
  expect(await runIdentity(['--help'])).toMatchObject({
    exitCode: 0,
    out: expect.stringContaining('credential_process'),
  });
  expect(await runIdentity(['--made-up'])).toMatchObject({ exitCode: 2 });
});
