import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateDeviceKey, loadDeviceKey, publicKeyOf } from '../../edge/device-key';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'device-key-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('the key of a device', () => {
  it('is made for its owner only, and its public half is what the registry is given', async () => {
    const path = join(folder, 'key.pem');
    const publicPem = await generateDeviceKey(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(publicPem).toMatch(/^-----BEGIN PUBLIC KEY-----/);
    expect(publicKeyOf(await loadDeviceKey(path))).toBe(publicPem);
  });

  it('is never replaced', async () => {
    const path = join(folder, 'key.pem');
    await generateDeviceKey(path);
    const before = await readFile(path, 'utf8');
    await expect(generateDeviceKey(path)).rejects.toMatchObject({ code: 'already-there' });
    expect(await readFile(path, 'utf8')).toBe(before);
  });

  it('is refused once others of the device can read it', async () => {
    const path = join(folder, 'key.pem');
    await generateDeviceKey(path);
    await chmod(path, 0o640);
    await expect(loadDeviceKey(path)).rejects.toMatchObject({ code: 'readable-by-others' });
  });

  it('is refused on another curve or as anything else', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    const texts = [privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), 'no key'];
    for (const text of texts) {
      const path = join(folder, 'other.pem');
      await writeFile(path, text, { mode: 0o600 });
      await expect(loadDeviceKey(path)).rejects.toMatchObject({ code: 'not-a-p256-key' });
    }
  });
});
