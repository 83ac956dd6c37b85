import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publicKeyOf } from '../../../core/devices/make-proof';
import { deviceIdOf } from '../../../core/devices/thumbprint';
import { describeDevice, deviceKeyIn } from '../../../scripts/sign-in/device-proof';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'platekeeper-sign-in-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

it('makes a key at the first use, for its owner alone, and keeps it', async () => {
  const path = join(folder, 'device.pem');
  const first = await deviceKeyIn(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect((await deviceKeyIn(path)).equals(first)).toBe(true);
});

it('uses no key that others can read', async () => {
  const path = join(folder, 'device.pem');
  await deviceKeyIn(path);
  chmodSync(path, 0o644);
  await expect(deviceKeyIn(path)).rejects.toMatchObject({ code: 'readable-by-others' });
});

it('says what the registry needs and a proof for one call, and nothing secret', async () => {
  const key = await deviceKeyIn(join(folder, 'device.pem'));
  const call = {
    url: 'https://api.example.test/live/v1/me',
    accessToken: 'made-up',
    nowMs: 1_795_521_600_000,
  };
  const text = describeDevice(key, call);
  const [, publicKey = '', , header = ''] = text.split('\n');
  expect(JSON.parse(publicKey)).toEqual(publicKeyOf(key));
  expect(text).toContain(deviceIdOf(publicKeyOf(key)));
  const [head = '', claims = ''] = header.replace(/^DPoP: /, '').split('.');
  const decoded = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString());
  expect(decoded(head)).toEqual({ typ: 'dpop+jwt', alg: 'ES256', jwk: publicKeyOf(key) });
  expect(decoded(claims)).toMatchObject({ htm: 'GET', htu: call.url, iat: 1_795_521_600 });
  const { d = 'no secret' } = key.export({ format: 'jwk' });
  expect(text).not.toContain(d);
});
