import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../aws/caller';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import type { Clock } from '../clock';
import { type EncryptionContext, keyIdOf, open, seal } from './ciphertext';
import {
  blob,
  encryptionContext,
  type Input,
  invalid,
  optionalInteger,
  optionalText,
  requiredText,
} from './input';
import { aliasIn, type Key, type Kms } from './kms';
import { keyManagementOperations } from './management-operations';
import { computeMac, isSignatureValid, macAlgorithm, signingAlgorithms, signMessage } from './material';

/** KMS takes at most this much plaintext, MAC message or raw message to sign. */
const messageBytesMax = 4096;
const ciphertextBytesMax = 6144;
const dataKeyBytesMax = 1024;
const symmetric = 'SYMMETRIC_DEFAULT';

export function kmsOperations(kms: Kms, clock: Clock): Record<string, JsonOperation> {
  return {
    Encrypt: (input, caller) => {
      const plaintext = blob(input, 'Plaintext', messageBytesMax);
      const { key, ciphertext } = encrypt(kms, { input, caller, action: 'kms:Encrypt', plaintext });
      return { KeyId: key.arn, CiphertextBlob: base64(ciphertext), EncryptionAlgorithm: symmetric };
    },
    Decrypt: (input, caller) => {
      const context = encryptionContext(input);
      const expected = optionalText(input, 'KeyId');
      const { key, plaintext } = decrypt(kms, { input, caller, action: 'kms:Decrypt', context, expected });
      return { KeyId: key.arn, Plaintext: base64(plaintext), EncryptionAlgorithm: symmetric };
    },
    ReEncrypt: (input, caller) => {
      const context = encryptionContext(input, 'SourceEncryptionContext');
      const expected = optionalText(input, 'SourceKeyId');
      const from = decrypt(kms, { input, caller, action: 'kms:ReEncryptFrom', context, expected });
      const target = {
        KeyId: input.DestinationKeyId,
        EncryptionContext: input.DestinationEncryptionContext,
      };
      const { plaintext } = from;
      const to = encrypt(kms, { input: target, caller, action: 'kms:ReEncryptTo', plaintext });
      return {
        SourceKeyId: from.key.arn,
        KeyId: to.key.arn,
        CiphertextBlob: base64(to.ciphertext),
        SourceEncryptionAlgorithm: symmetric,
        DestinationEncryptionAlgorithm: symmetric,
      };
    },
    GenerateDataKey: (input, caller) => {
      const { key, plaintext, ciphertext } = dataKey(kms, { input, caller, action: 'kms:GenerateDataKey' });
      return { KeyId: key.arn, Plaintext: base64(plaintext), CiphertextBlob: base64(ciphertext) };
    },
    GenerateDataKeyWithoutPlaintext: (input, caller) => {
      const action = 'kms:GenerateDataKeyWithoutPlaintext';
      const { key, ciphertext } = dataKey(kms, { input, caller, action });
      return { KeyId: key.arn, CiphertextBlob: base64(ciphertext) };
    },
    GenerateMac: (input, caller) => {
      const { key, algorithm, mac } = messageMac(kms, { input, caller, action: 'kms:GenerateMac' });
      return { KeyId: key.arn, MacAlgorithm: algorithm, Mac: base64(mac) };
    },
    VerifyMac: (input, caller) => {
      const given = blob(input, 'Mac', ciphertextBytesMax);
      const { key, algorithm, mac } = messageMac(kms, { input, caller, action: 'kms:VerifyMac' });
      if (given.length !== mac.length || !timingSafeEqual(given, mac)) {
        throw new AwsError('KMSInvalidMacException', 'the MAC is not of this message, key and algorithm');
      }
      return { KeyId: key.arn, MacAlgorithm: algorithm, MacValid: true };
    },
    Sign: (input, caller) => {
      const { key, material, algorithm, message } = signer(kms, { input, caller, action: 'kms:Sign' });
      const signature = signMessage(algorithm, material.privateKey, message);
      return { KeyId: key.arn, SigningAlgorithm: algorithm, Signature: base64(signature) };
    },
    Verify: (input, caller) => {
      const signature = blob(input, 'Signature', ciphertextBytesMax);
      const { key, material, algorithm, message } = signer(kms, { input, caller, action: 'kms:Verify' });
      if (!isSignatureValid(algorithm, material.publicKey, { message, signature })) {
        throw new AwsError(
          'KMSInvalidSignatureException',
          'the signature is not of this message, key and algorithm',
        );
      }
      return { KeyId: key.arn, SigningAlgorithm: algorithm, SignatureValid: true };
    },
    GetPublicKey: (input, caller) => {
      const { key, call } = named(kms, { input, caller, action: 'kms:GetPublicKey' });
      kms.authorizeUse(key, call);
      if (key.material.kind !== 'signer') throw wrongUse(key, 'GetPublicKey');
      return {
        KeyId: key.arn,
        KeySpec: key.spec,
        KeyUsage: key.usage,
        PublicKey: base64(key.material.publicKey.export({ format: 'der', type: 'spki' })),
        SigningAlgorithms: signingAlgorithms(key.material.spec),
      };
    },
    ...keyManagementOperations(kms, clock),
  };
}

interface Request {
  readonly input: Input;
  readonly caller: Caller;
  readonly action: string;
}

function named(kms: Kms, { input, caller, action }: Request) {
  const id = requiredText(input, 'KeyId');
  return { key: kms.find(id), call: { caller, action, alias: aliasIn(id) } };
}

function encrypt(kms: Kms, { plaintext, ...request }: Request & { readonly plaintext: Buffer }) {
  const context = encryptionContext(request.input);
  requireSymmetricAlgorithm(request.input, 'EncryptionAlgorithm');
  const { key, call } = named(kms, request);
  kms.authorizeUse(key, { ...call, encryptionContext: context });
  return { key, ciphertext: seal(plaintext, { keyId: key.keyId, secret: secretOf(key), context }) };
}

/** The ciphertext names its key; a key that the caller names besides must be the same. */
function decrypt(
  kms: Kms,
  request: Request & { readonly context: EncryptionContext; readonly expected: string | undefined },
) {
  const { input, caller, action, context, expected } = request;
  requireSymmetricAlgorithm(input, 'EncryptionAlgorithm');
  const ciphertext = blob(input, 'CiphertextBlob', ciphertextBytesMax);
  const keyId = keyIdOf(ciphertext);
  if (keyId === undefined) throw invalidCiphertext();
  if (expected !== undefined && kms.find(expected).keyId !== keyId) {
    throw new AwsError(
      'IncorrectKeyException',
      'the ciphertext was made under another key than the one named',
    );
  }
  const key = keyOfCiphertext(kms, keyId);
  const alias = expected === undefined ? undefined : aliasIn(expected);
  kms.authorizeUse(key, { caller, action, encryptionContext: context, alias });
  const plaintext = open(ciphertext, { keyId, secret: secretOf(key), context });
  if (plaintext === undefined) throw invalidCiphertext();
  return { key, plaintext };
}

/** As KMS, which does not tell a stranger whether the key of a ciphertext exists. */
function keyOfCiphertext(kms: Kms, keyId: string): Key {
  try {
    return kms.find(keyId);
  } catch (cause) {
    if (!(cause instanceof AwsError) || cause.code !== 'NotFoundException') throw cause;
    throw new AwsError(
      'AccessDeniedException',
      'The ciphertext refers to a customer master key that does not exist, does not exist in this region, or you are not allowed to access.',
    );
  }
}

function dataKey(kms: Kms, request: Request) {
  const spec = optionalText(request.input, 'KeySpec');
  const bytes = optionalInteger(request.input, 'NumberOfBytes', { from: 1, to: dataKeyBytesMax });
  if ((spec === undefined) === (bytes === undefined)) throw invalid('name either KeySpec or NumberOfBytes');
  if (spec !== undefined && spec !== 'AES_256' && spec !== 'AES_128')
    throw invalid(`KeySpec ${spec} is unknown`);
  const plaintext = randomBytes(bytes ?? (spec === 'AES_128' ? 16 : 32));
  return { plaintext, ...encrypt(kms, { ...request, plaintext }) };
}

function messageMac(kms: Kms, request: Request) {
  const message = blob(request.input, 'Message', messageBytesMax);
  const algorithm = requiredText(request.input, 'MacAlgorithm');
  const { key, call } = named(kms, request);
  kms.authorizeUse(key, { ...call, context: { 'kms:MacAlgorithm': algorithm } });
  const { material } = key;
  if (material.kind !== 'mac' || macAlgorithm(material.spec) !== algorithm) throw wrongUse(key, algorithm);
  return { key, algorithm, mac: computeMac(material.spec, material.secret, message) };
}

function signer(kms: Kms, request: Request) {
  const message = blob(request.input, 'Message', messageBytesMax);
  const algorithm = requiredText(request.input, 'SigningAlgorithm');
  const messageType = optionalText(request.input, 'MessageType') ?? 'RAW';
  const { key, call } = named(kms, request);
  const context = { 'kms:SigningAlgorithm': algorithm, 'kms:MessageType': messageType };
  kms.authorizeUse(key, { ...call, context });
  const { material } = key;
  if (material.kind !== 'signer' || !signingAlgorithms(material.spec).includes(algorithm)) {
    throw wrongUse(key, algorithm);
  }
  if (messageType !== 'RAW') {
    throw new AwsError(
      'UnsupportedOperationException',
      `the local kms does not model MessageType ${messageType}`,
    );
  }
  return { key, material, algorithm, message };
}

function secretOf(key: Key): Buffer {
  if (key.material.kind !== 'symmetric') throw wrongUse(key, symmetric);
  return key.material.secret;
}

function requireSymmetricAlgorithm(input: Input, name: string): void {
  const algorithm = optionalText(input, name) ?? symmetric;
  if (algorithm !== symmetric)
    throw new AwsError('InvalidKeyUsageException', `no key here encrypts with ${algorithm}`);
}

const base64 = (bytes: Buffer) => bytes.toString('base64');
const invalidCiphertext = () =>
  new AwsError('InvalidCiphertextException', 'the ciphertext cannot be decrypted');
const wrongUse = (key: Key, what: string) =>
  new AwsError(
    'InvalidKeyUsageException',
    `${key.arn} key usage is ${key.usage}, which is not valid for ${what}.`,
  );
