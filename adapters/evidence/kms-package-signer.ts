import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { sha256 } from '../../core/evidence/package/package-file';
import type { PackageSigner } from '../../core/evidence/ports';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'evidence signing key';

export interface KmsPackageSignerOptions {
  readonly kms: KMSClient;
  /** An `ECC_NIST_P256` key, of evidence alone. */
  readonly keyId: string;
}

/** Signs manifests with a key that never leaves KMS. */
export class KmsPackageSigner implements PackageSigner {
  constructor(readonly options: KmsPackageSignerOptions) {}

  async keyHash(): Promise<string> {
    const { kms, keyId } = this.options;
    const { PublicKey } = await fromStore(store, () => kms.send(new GetPublicKeyCommand({ KeyId: keyId })));
    if (PublicKey === undefined) throw new StoreError('malformed', store);
    return sha256(PublicKey);
  }

  async sign(bytes: Uint8Array): Promise<Uint8Array> {
    const { kms, keyId } = this.options;
    const { Signature } = await fromStore(store, () =>
      kms.send(
        new SignCommand({
          KeyId: keyId,
          Message: bytes,
          MessageType: 'RAW',
          SigningAlgorithm: 'ECDSA_SHA_256',
        }),
      ),
    );
    if (Signature === undefined) throw new StoreError('malformed', store);
    return Signature;
  }
}
