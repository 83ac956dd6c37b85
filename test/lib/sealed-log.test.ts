import { assembly, resourcesOf } from '../support/assembly';

describe('the bucket of the sealed log', () => {
  let resources: ReturnType<typeof resourcesOf>;
  beforeAll(async () => {
    resources = resourcesOf(await assembly(), 'PlatekeeperOversight');
  }, 180_000);

  const bucket = () =>
    Object.entries(resources).find(
      ([id, { Type }]) => Type === 'AWS::S3::Bucket' && id.startsWith('SealedLog'),
    );

  it('lets nobody delete anything, the pointer included [Acct-A]', () => {
    const id = bucket()?.[0];
    const policy = Object.values(resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::S3::BucketPolicy' && JSON.stringify(Properties.Bucket) === JSON.stringify({ Ref: id }),
    );
    expect(policy?.Properties).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          {
            Sid: 'NeverDeleted',
            Effect: 'Deny',
            Principal: { AWS: '*' },
            Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
            Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] },
          },
        ]),
      },
    });
  });

  it('removes by lifecycle what its partial tiles leave behind', () => {
    expect(bucket()?.[1].Properties).toMatchObject({
      LifecycleConfiguration: {
        Rules: expect.arrayContaining([
          { Id: 'delete-markers', ExpiredObjectDeleteMarker: true, Status: 'Enabled' },
        ]),
      },
    });
  });
});
