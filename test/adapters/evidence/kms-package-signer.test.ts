import { createPublicKey } from 'node:crypto';
import { GetPublicKeyCommand } from '@aws-sdk/client-kms';
import { KmsPackageSigner } from '../../../adapters/evidence/kms-package-signer';
import { StoreError } from '../../../adapters/stores/store-error';
import { makePackage } from '../../../core/evidence/package/make-package';
import { unpackTar } from '../../../core/evidence/package/tar';
import { verifyPackage } from '../../../core/evidence/package/verify-package';
import { publicKeyPem } from '../../../scripts/verify-evidence/public-key';
import { madeTaking } from '../../core/evidence/made-evidence';
import { startKms } from '../../local/kms/support';

let kms: Awaited<ReturnType<typeof startKms>>;
beforeEach(async () => {
  kms = await startKms();
});
afterEach(() => kms.stop());

it('signs a package so that the public key alone verifies it [Storage-B]', async () => {
  const { ref: keyId } = await kms.make('SigningKey', 'AWS::KMS::Key', {
    KeySpec: 'ECC_NIST_P256',
    KeyUsage: 'SIGN_VERIFY',
    KeyPolicy: {},
  });
  const signer = new KmsPackageSigner({ kms: kms.client, keyId });
  const files = unpackTar(await makePackage(madeTaking(), signer)) ?? [];
  const { PublicKey } = await kms.client.send(new GetPublicKeyCommand({ KeyId: keyId }));
  const pem = publicKeyPem(PublicKey ?? new Uint8Array());
  expect(createPublicKey(pem).asymmetricKeyType).toBe('ec');
  expect(verifyPackage(files, pem).faults).toEqual([]);
});

it('makes no package when the key does not answer', async () => {
  const signer = new KmsPackageSigner({ kms: kms.client, keyId: 'made-up' });
  await expect(makePackage(madeTaking(), signer)).rejects.toThrow(StoreError);
});
