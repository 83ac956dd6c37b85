import { createPublicKey, verify } from 'node:crypto';
import {
  CancelKeyDeletionCommand,
  DecryptCommand,
  DescribeKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  EncryptCommand,
  GenerateDataKeyCommand,
  GenerateDataKeyWithoutPlaintextCommand,
  GenerateMacCommand,
  GenerateRandomCommand,
  GetKeyRotationStatusCommand,
  GetPublicKeyCommand,
  ReEncryptCommand,
  ScheduleKeyDeletionCommand,
  SignCommand,
  type SigningAlgorithmSpec,
  VerifyCommand,
  VerifyMacCommand,
} from '@aws-sdk/client-kms';
import { startKms } from './support';

const dayMs = 86_400_000;
const keyArn = /^arn:aws:kms:us-east-2:000000000000:key\/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const day = { day: '2026-03-01' };
const plaintext = Buffer.from('thirty-two bytes of key material');

let stack: Awaited<ReturnType<typeof startKms>>;
let key: string;
beforeEach(async () => {
  stack = await startKms();
  key = (await stack.make('DayKey', 'AWS::KMS::Key', { EnableKeyRotation: true })).ref;
});
afterEach(() => stack.stop());

describe('a symmetric key', () => {
  it('gives a data key that decrypts to the same 32 bytes under the same context', async () => {
    const made = await stack.client.send(
      new GenerateDataKeyCommand({ KeyId: key, KeySpec: 'AES_256', EncryptionContext: day }),
    );
    expect(made.KeyId).toMatch(keyArn);
    expect(made.Plaintext).toHaveLength(32);
    const opened = await stack.client.send(
      new DecryptCommand({ CiphertextBlob: made.CiphertextBlob, EncryptionContext: day }),
    );
    expect(opened.Plaintext).toEqual(made.Plaintext);
    expect(opened.KeyId).toBe(made.KeyId);
  });

  it('gives no plaintext where none is asked for, and as many bytes as asked', async () => {
    const made = await stack.client.send(
      new GenerateDataKeyWithoutPlaintextCommand({ KeyId: key, NumberOfBytes: 64 }),
    );
    expect(made).not.toHaveProperty('Plaintext');
    const opened = await stack.client.send(new DecryptCommand({ CiphertextBlob: made.CiphertextBlob }));
    expect(opened.Plaintext).toHaveLength(64);
  });

  it.each([
    ['another value', { day: '2026-03-02' }],
    ['no context', {}],
    ['one pair more', { ...day, network: 'local' }],
  ])('refuses to decrypt under %s', async (_, context) => {
    const { CiphertextBlob } = await stack.client.send(
      new EncryptCommand({ KeyId: key, Plaintext: plaintext, EncryptionContext: day }),
    );
    await expect(
      stack.client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: context })),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
  });

  it('refuses bytes it never wrote, and a key named that is not the one of the ciphertext', async () => {
    const other = (await stack.make('OtherKey', 'AWS::KMS::Key')).ref;
    const { CiphertextBlob } = await stack.client.send(
      new EncryptCommand({ KeyId: key, Plaintext: plaintext }),
    );
    await expect(
      stack.client.send(new DecryptCommand({ CiphertextBlob: Buffer.alloc(100) })),
    ).rejects.toMatchObject({ name: 'InvalidCiphertextException' });
    await expect(
      stack.client.send(new DecryptCommand({ CiphertextBlob, KeyId: other })),
    ).rejects.toMatchObject({ name: 'IncorrectKeyException' });
  });

  it('moves a ciphertext to another key and context without showing the plaintext', async () => {
    const other = (await stack.make('OtherKey', 'AWS::KMS::Key')).ref;
    const { CiphertextBlob } = await stack.client.send(
      new EncryptCommand({ KeyId: key, Plaintext: plaintext, EncryptionContext: day }),
    );
    const moved = await stack.client.send(
      new ReEncryptCommand({
        CiphertextBlob,
        SourceEncryptionContext: day,
        DestinationKeyId: other,
        DestinationEncryptionContext: { store: 'evidence' },
      }),
    );
    const opened = await stack.client.send(
      new DecryptCommand({ CiphertextBlob: moved.CiphertextBlob, EncryptionContext: { store: 'evidence' } }),
    );
    expect(Buffer.from(opened.Plaintext ?? [])).toEqual(plaintext);
    expect(opened.KeyId).toMatch(new RegExp(`${other}$`));
    expect(stack.iam.calls.map(({ action }) => action)).toEqual([
      'kms:Encrypt',
      'kms:ReEncryptFrom',
      'kms:ReEncryptTo',
      'kms:Decrypt',
    ]);
  });

  it('is found by alias, and says so to the policies', async () => {
    await stack.make('Alias', 'AWS::KMS::Alias', { AliasName: 'alias/days', TargetKeyId: key });
    await stack.client.send(
      new GenerateDataKeyCommand({ KeyId: 'alias/days', KeySpec: 'AES_256', EncryptionContext: day }),
    );
    const arn = 'arn:aws:kms:us-east-2:000000000000:alias/days';
    await stack.client.send(new EncryptCommand({ KeyId: arn, Plaintext: plaintext }));
    expect(stack.iam.calls[0]).toEqual({
      caller: { accessKeyId: 'AKIDTESTTESTTESTTEST', roleArn: 'arn:aws:iam::000000000000:role/test-role' },
      action: 'kms:GenerateDataKey',
      resource: `arn:aws:kms:us-east-2:000000000000:key/${key}`,
      context: {
        'kms:CallerAccount': '000000000000',
        'kms:KeySpec': 'SYMMETRIC_DEFAULT',
        'kms:KeyUsage': 'ENCRYPT_DECRYPT',
        'kms:ResourceAliases': ['alias/days'],
        'kms:RequestAlias': 'alias/days',
        'kms:EncryptionContextKeys': ['day'],
        'kms:EncryptionContext:day': '2026-03-01',
      },
    });
  });

  it.each([
    'alias/none',
    '00000000-0000-0000-0000-000000000000',
    'arn:aws:kms:eu-west-1:000000000000:alias/days',
  ])('is not found as %s', async (id) => {
    await stack.make('Alias', 'AWS::KMS::Alias', { AliasName: 'alias/days', TargetKeyId: key });
    await expect(
      stack.client.send(new EncryptCommand({ KeyId: id, Plaintext: plaintext })),
    ).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

describe('a use that policies refuse', () => {
  it('reaches the client as AccessDeniedException and stands in the record of uses', async () => {
    stack.iam.refuse('kms:Decrypt');
    const { CiphertextBlob } = await stack.client.send(
      new EncryptCommand({ KeyId: key, Plaintext: plaintext, EncryptionContext: day }),
    );
    await expect(
      stack.client.send(new DecryptCommand({ CiphertextBlob, EncryptionContext: day })),
    ).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const common = {
      atMs: stack.clock.now(),
      keyId: key,
      roleArn: 'arn:aws:iam::000000000000:role/test-role',
      contextKeys: ['day'],
      viaService: undefined,
    };
    expect(stack.kms.uses).toEqual([
      { ...common, action: 'kms:Encrypt', refusedWith: undefined },
      { ...common, action: 'kms:Decrypt', refusedWith: 'AccessDeniedException' },
    ]);
  });

  it('is checked for services that encrypt at rest too', () => {
    const caller = { accessKeyId: 'AKIDTEST', roleArn: 'arn:aws:iam::000000000000:role/store' };
    const use = {
      caller,
      keyId: key,
      encryptionContext: { 'aws:s3:arn': 'arn:aws:s3:::store' },
      viaService: 's3.us-east-2.amazonaws.com',
    };
    stack.iam.refuse('kms:Decrypt');
    expect(stack.kms.use({ ...use, action: 'kms:GenerateDataKey' })).toMatch(keyArn);
    expect(() => stack.kms.use({ ...use, action: 'kms:Decrypt' })).toThrow(
      'not authorized to perform: kms:Decrypt',
    );
    expect(stack.iam.calls[0]?.context).toMatchObject({
      'kms:ViaService': 's3.us-east-2.amazonaws.com',
      'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::store',
    });
  });
});

describe('the life of a key', () => {
  it('refuses use while disabled and serves again when enabled', async () => {
    const encrypt = () => stack.client.send(new EncryptCommand({ KeyId: key, Plaintext: plaintext }));
    await stack.client.send(new DisableKeyCommand({ KeyId: key }));
    await expect(encrypt()).rejects.toMatchObject({ name: 'DisabledException' });
    await stack.client.send(new EnableKeyCommand({ KeyId: key }));
    expect((await encrypt()).CiphertextBlob).toBeDefined();
  });

  it('makes every ciphertext unreadable for ever once its deletion date has come', async () => {
    const { CiphertextBlob } = await stack.client.send(
      new EncryptCommand({ KeyId: key, Plaintext: plaintext }),
    );
    const decrypt = () => stack.client.send(new DecryptCommand({ CiphertextBlob }));
    await stack.client.send(new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 7 }));
    await expect(decrypt()).rejects.toMatchObject({ name: 'KMSInvalidStateException' });
    stack.clock.advance(7 * dayMs);
    await expect(decrypt()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    await expect(stack.client.send(new CancelKeyDeletionCommand({ KeyId: key }))).rejects.toMatchObject({
      name: 'NotFoundException',
    });
  });

  it('comes back disabled when its deletion is cancelled in time', async () => {
    await stack.client.send(new ScheduleKeyDeletionCommand({ KeyId: key, PendingWindowInDays: 7 }));
    stack.clock.advance(6 * dayMs);
    await stack.client.send(new CancelKeyDeletionCommand({ KeyId: key }));
    const { KeyMetadata } = await stack.client.send(new DescribeKeyCommand({ KeyId: key }));
    expect(KeyMetadata?.KeyState).toBe('Disabled');
  });

  it('says whether and how often it rotates', async () => {
    const status = await stack.client.send(new GetKeyRotationStatusCommand({ KeyId: key }));
    expect(status).toMatchObject({ KeyRotationEnabled: true, RotationPeriodInDays: 365 });
  });
});

describe('a signing key', () => {
  it.each<[string, SigningAlgorithmSpec]>([
    ['ECC_NIST_EDWARDS25519', 'ED25519_SHA_512'],
    ['ECC_NIST_P256', 'ECDSA_SHA_256'],
    ['RSA_2048', 'RSASSA_PSS_SHA_256'],
    ['RSA_2048', 'RSASSA_PKCS1_V1_5_SHA_512'],
  ])('%s signs with %s and refuses another message', async (spec, algorithm) => {
    const { ref } = await stack.make('Signer', 'AWS::KMS::Key', { KeySpec: spec, KeyUsage: 'SIGN_VERIFY' });
    const of = { KeyId: ref, SigningAlgorithm: algorithm };
    const { Signature } = await stack.client.send(
      new SignCommand({ ...of, Message: Buffer.from('tree head') }),
    );
    const valid = await stack.client.send(
      new VerifyCommand({ ...of, Message: Buffer.from('tree head'), Signature }),
    );
    expect(valid.SignatureValid).toBe(true);
    await expect(
      stack.client.send(new VerifyCommand({ ...of, Message: Buffer.from('other head'), Signature })),
    ).rejects.toMatchObject({ name: 'KMSInvalidSignatureException' });
  });

  it('publishes an Ed25519 key with which anybody verifies without KMS', async () => {
    const properties = { KeySpec: 'ECC_NIST_EDWARDS25519', KeyUsage: 'SIGN_VERIFY' };
    const { ref } = await stack.make('Signer', 'AWS::KMS::Key', properties);
    const message = Buffer.from('tree head');
    const { Signature } = await stack.client.send(
      new SignCommand({ KeyId: ref, Message: message, SigningAlgorithm: 'ED25519_SHA_512' }),
    );
    const { PublicKey } = await stack.client.send(new GetPublicKeyCommand({ KeyId: ref }));
    const publicKey = createPublicKey({ key: Buffer.from(PublicKey ?? []), format: 'der', type: 'spki' });
    expect(verify(null, message, publicKey, Signature ?? new Uint8Array())).toBe(true);
  });

  it('refuses to encrypt, and an algorithm of another key type', async () => {
    const properties = { KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' };
    const { ref } = await stack.make('Signer', 'AWS::KMS::Key', properties);
    await expect(
      stack.client.send(new EncryptCommand({ KeyId: ref, Plaintext: plaintext })),
    ).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
    await expect(
      stack.client.send(
        new SignCommand({ KeyId: ref, Message: plaintext, SigningAlgorithm: 'ED25519_SHA_512' }),
      ),
    ).rejects.toMatchObject({ name: 'InvalidKeyUsageException' });
  });
});

describe('a MAC key', () => {
  it('makes a MAC that verifies for its own message only', async () => {
    const properties = { KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' };
    const { ref } = await stack.make('Mac', 'AWS::KMS::Key', properties);
    const of = { KeyId: ref, MacAlgorithm: 'HMAC_SHA_256' } as const;
    const { Mac } = await stack.client.send(new GenerateMacCommand({ ...of, Message: Buffer.from('one') }));
    expect(Mac).toHaveLength(32);
    const verified = await stack.client.send(
      new VerifyMacCommand({ ...of, Message: Buffer.from('one'), Mac }),
    );
    expect(verified.MacValid).toBe(true);
    await expect(
      stack.client.send(new VerifyMacCommand({ ...of, Message: Buffer.from('two'), Mac })),
    ).rejects.toMatchObject({ name: 'KMSInvalidMacException' });
  });
});

describe('the template', () => {
  it('registers the key policy, or one that leaves the decision to the account', async () => {
    const policy = { Version: '2012-10-17', Statement: [] };
    const { attribute } = await stack.make('Strict', 'AWS::KMS::Key', { KeyPolicy: policy });
    expect(stack.policies.get(attribute('Arn'))).toBe(policy);
    expect(stack.policies.get(`arn:aws:kms:us-east-2:000000000000:key/${key}`)).toEqual({
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::000000000000:root' },
          Action: 'kms:*',
          Resource: '*',
        },
      ],
    });
  });

  it('refuses a property it does not know, naming resource and property', async () => {
    await expect(stack.make('Replica', 'AWS::KMS::Key', { MultiRegion: true })).rejects.toThrow(
      'AWS::KMS::Key TestStack/Replica: MultiRegion: the local kms does not model this property',
    );
  });

  it('refuses a usage that does not fit the key', async () => {
    await expect(stack.make('Odd', 'AWS::KMS::Key', { KeySpec: 'HMAC_256' })).rejects.toThrow(
      'ENCRYPT_DECRYPT does not fit HMAC_256',
    );
  });
});

it('says which operation it does not model', async () => {
  await expect(stack.client.send(new GenerateRandomCommand({ NumberOfBytes: 8 }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: 'the local kms does not model GenerateRandom',
  });
});
