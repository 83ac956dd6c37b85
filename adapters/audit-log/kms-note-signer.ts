import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import { isKeyName, rawPublicKey, signedNote, verifierKey } from '../../core/audit/log/note';
import type { NoteSigner } from '../../core/audit/log/ports';
import { fromStore, StoreError } from '../stores/store-error';

const store = 'log signing key';

export interface KmsNoteSignerOptions {
  readonly kms: KMSClient;
  /** An `ECC_NIST_EDWARDS25519` key. */
  readonly keyId: string;
  /** The name on the signature line: the log's origin (C2SP tlog-checkpoint). */
  readonly name: string;
}

/** Signs notes with a key that never leaves KMS. Ed25519 is deterministic: the same text gives the same note. */
export class KmsNoteSigner implements NoteSigner {
  #publicKey: Promise<Uint8Array> | undefined;

  constructor(readonly options: KmsNoteSignerOptions) {
    if (!isKeyName(options.name)) throw new RangeError('the name of a log has no spaces and no plus');
  }

  async sign(text: string): Promise<string> {
    const { kms, keyId, name } = this.options;
    const publicKey = await this.#publicKeyOnce();
    const { Signature } = await fromStore(store, () =>
      kms.send(
        new SignCommand({
          KeyId: keyId,
          Message: Buffer.from(text),
          MessageType: 'RAW',
          SigningAlgorithm: 'ED25519_SHA_512',
        }),
      ),
    );
    if (Signature?.length !== 64) throw new StoreError('malformed', store);
    return signedNote(text, { name, publicKey }, Signature);
  }

  /** What verifiers are given: `<name>+<key id>+<key>`. */
  async verifierKey(): Promise<string> {
    return verifierKey(this.options.name, await this.#publicKeyOnce());
  }

  /** A failed look is not kept. */
  #publicKeyOnce(): Promise<Uint8Array> {
    this.#publicKey ??= this.#readPublicKey().catch((error: unknown) => {
      this.#publicKey = undefined;
      throw error;
    });
    return this.#publicKey;
  }

  #readPublicKey(): Promise<Uint8Array> {
    const { kms, keyId } = this.options;
    return fromStore(store, async () => {
      const { PublicKey } = await kms.send(new GetPublicKeyCommand({ KeyId: keyId }));
      return rawPublicKey(PublicKey ?? new Uint8Array());
    });
  }
}
