import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deviceCredentials } from '../../edge/credentials';
import { askCredentials, madeDevice, policyName, startIot } from '../local/iot/iot-fixture';

const device = madeDevice('car-12');
let local: Awaited<ReturnType<typeof startIot>>;
beforeEach(async () => {
  local = await startIot();
  local.iot.things.set('car-12', { attributes: {} });
});
afterEach(() => local.stop());

it('gets credentials by the certificate, and new ones each time it is asked', async () => {
  const certificate = enrolled();
  const first = await askCredentials(local.iot, device, certificate.pem);
  local.clock.advance(600_000);
  const second = await askCredentials(local.iot, device, certificate.pem);
  expect(second.expiration.getTime() - first.expiration.getTime()).toBe(600_000);
});

it('tells a refusal, which only an administrator can end, from a network that is gone', async () => {
  const certificate = enrolled();
  certificate.status = 'REVOKED';
  await expect(askCredentials(local.iot, device, certificate.pem)).rejects.toMatchObject({ code: 'refused' });
  await local.stop();
  await expect(askCredentials(local.iot, device, certificate.pem)).rejects.toMatchObject({
    code: 'unreachable',
  });
  local = await startIot();
});

it('shows its certificate to nobody but the provider that its authority vouches for', async () => {
  const certificate = enrolled();
  const elsewhere = await startIot();
  const get = deviceCredentials({
    cameraId: 'car-12',
    certificate: certificate.pem,
    privateKey: device.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    endpoint: local.iot.credentialEndpoint,
    roleAlias: 'made-up-alias',
    authority: elsewhere.iot.serverAuthorityPem,
  });
  const asked = await get().catch((error: unknown) => error);
  await elsewhere.stop();
  expect(asked).toMatchObject({ code: 'unreachable' });
  expect(local.sessions).toEqual([]);
});

it('never falls back to a connection without TLS', async () => {
  const server: Server = createServer((_, res) => res.end('{}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const get = deviceCredentials({
    cameraId: 'car-12',
    certificate: enrolled().pem,
    privateKey: device.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    endpoint: `127.0.0.1:${port}`,
    roleAlias: 'made-up-alias',
  });
  await expect(get()).rejects.toMatchObject({ code: 'unreachable' });
  await new Promise((resolve) => server.close(resolve));
});

function enrolled() {
  const certificate = local.iot.addCertificate(device.signingRequest, true);
  certificate.policies.add(policyName);
  certificate.things.add('car-12');
  return certificate;
}
