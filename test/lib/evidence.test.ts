import { assembly, resourcesOf } from '../support/assembly';

describe('the evidence archive', () => {
  let resources: ReturnType<typeof resourcesOf>;
  beforeAll(async () => {
    resources = resourcesOf(await assembly(), 'PlatekeeperApi');
  }, 180_000);

  const named = (type: string, name: string) => {
    const found = Object.entries(resources).filter(([id, { Type }]) => Type === type && id.startsWith(name));
    const [only] = found;
    if (only === undefined || found.length > 1) throw new Error(`${found.length} of ${name}`);
    return { id: only[0], properties: only[1].Properties };
  };
  const statements = () => {
    const { id } = named('AWS::S3::Bucket', 'EvidenceArchive');
    const policy = Object.values(resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::S3::BucketPolicy' && JSON.stringify(Properties.Bucket) === JSON.stringify({ Ref: id }),
    );
    const document = policy?.Properties.PolicyDocument as { Statement: Record<string, unknown>[] };
    return document.Statement;
  };

  it('lets one function write, once each and under lock, and nobody delete, whatever else is granted [Storage-B]', () => {
    const denied = (sid: string) => statements().find((each) => each.Sid === sid);
    const { id: role } = named('AWS::IAM::Role', 'EvidenceTakeEvidenceRole');
    expect(denied('WrittenByOneFunction')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:PutObject',
      Condition: { ArnNotEquals: { 'aws:PrincipalArn': { 'Fn::GetAtt': [role, 'Arn'] } } },
    });
    expect(denied('WrittenOnce')).toMatchObject({
      Effect: 'Deny',
      Condition: { Null: { 's3:if-none-match': 'true' } },
    });
    expect(denied('Locked')).toMatchObject({
      Effect: 'Deny',
      Condition: { Null: { 's3:object-lock-mode': 'true' } },
    });
    expect(denied('NeverDeleted')).toMatchObject({
      Effect: 'Deny',
      Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
    });
  });

  it('is versioned, locked, under a key of its own, and ends by the retention schedule [Storage-B]', () => {
    const { properties } = named('AWS::S3::Bucket', 'EvidenceArchive');
    const { id: key } = named('AWS::KMS::Key', 'EvidenceStoreKey');
    expect(properties).toMatchObject({
      ObjectLockEnabled: true,
      VersioningConfiguration: { Status: 'Enabled' },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          { ServerSideEncryptionByDefault: { KMSMasterKeyID: { 'Fn::GetAtt': [key, 'Arn'] } } },
        ],
      },
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([expect.objectContaining({ ExpirationInDays: 2556 })]),
      },
    });
  });

  it('is signed by a key that one function may use [Storage-B]', () => {
    const { id: key } = named('AWS::KMS::Key', 'EvidenceSigningKey');
    const signers = Object.entries(resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::IAM::Policy' &&
        JSON.stringify(Properties).includes('kms:Sign') &&
        JSON.stringify(Properties).includes(key),
    );
    expect(signers.map(([id]) => id.replace(/[0-9A-F]{8}$/, ''))).toEqual([
      'EvidenceTakeEvidenceRoleDefaultPolicy',
    ]);
  });
});
