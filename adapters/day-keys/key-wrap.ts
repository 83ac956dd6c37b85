import { DecryptCommand, GenerateDataKeyCommand, type KMSClient } from '@aws-sdk/client-kms';
import type { CaptureDay } from '../../core/retention/day';
import { fromStore, StoreError } from '../stores/store-error';

/** Day keys are made and unwrapped by KMS, each bound to its day by the encryption context `{day}`. */
export class KeyWrap {
  constructor(
    readonly kms: KMSClient,
    readonly keyId: string,
  ) {}

  async make(day: CaptureDay): Promise<{ readonly bytes: Uint8Array; readonly wrapped: Uint8Array }> {
    const made = await fromStore('day key wrapping', () =>
      this.kms.send(
        new GenerateDataKeyCommand({ KeyId: this.keyId, KeySpec: 'AES_256', EncryptionContext: { day } }),
      ),
    );
    if (made.Plaintext === undefined || made.CiphertextBlob === undefined)
      throw new StoreError('malformed', 'day key wrapping');
    return { bytes: made.Plaintext, wrapped: made.CiphertextBlob };
  }

  async open(day: CaptureDay, wrapped: Uint8Array): Promise<Uint8Array> {
    const opened = await fromStore('day key wrapping', () =>
      this.kms.send(
        new DecryptCommand({ KeyId: this.keyId, CiphertextBlob: wrapped, EncryptionContext: { day } }),
      ),
    );
    if (opened.Plaintext === undefined) throw new StoreError('malformed', 'day key wrapping');
    return opened.Plaintext;
  }
}
