import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { DecryptCommand, GenerateDataKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { mockClient } from 'aws-sdk-client-mock';

/** A KMS with one key in memory, which binds the encryption context as the real one does. */
export function madeKms() {
  const secret = randomBytes(32);
  const kms = new KMSClient({ region: 'us-east-2' });
  const mock = mockClient(kms);
  mock.on(GenerateDataKeyCommand).callsFake(({ EncryptionContext }) => {
    const Plaintext = randomBytes(32);
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', secret, nonce);
    cipher.setAAD(Buffer.from(JSON.stringify(EncryptionContext)));
    const body = Buffer.concat([cipher.update(Plaintext), cipher.final()]);
    return { Plaintext, CiphertextBlob: Buffer.concat([nonce, cipher.getAuthTag(), body]) };
  });
  mock.on(DecryptCommand).callsFake(({ CiphertextBlob, EncryptionContext }) => {
    const blob = Buffer.from(CiphertextBlob);
    const decipher = createDecipheriv('aes-256-gcm', secret, blob.subarray(0, 12));
    decipher.setAAD(Buffer.from(JSON.stringify(EncryptionContext)));
    decipher.setAuthTag(blob.subarray(12, 28));
    return { Plaintext: Buffer.concat([decipher.update(blob.subarray(28)), decipher.final()]) };
  });
  return {
    kms,
    mock,
    made: () => mock.commandCalls(GenerateDataKeyCommand).length,
    opened: () => mock.commandCalls(DecryptCommand).length,
  };
}
