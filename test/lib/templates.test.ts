import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { MockIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { operations } from '../../core/contract/operations';
import { addRequestModel } from '../../lib/constructs/request-model';
import { assembly, type Resources, resourcesOf, stacks } from '../support/assembly';

describe('the templates', () => {
  let byStack: Readonly<Record<(typeof stacks)[number], Resources>>;

  beforeAll(async () => {
    const folder = await assembly();
    byStack = Object.fromEntries(
      stacks.map((stack) => [stack, resourcesOf(folder, stack)]),
    ) as typeof byStack;
  }, 180_000);

  const all = () => Object.values(byStack).flatMap((resources) => Object.entries(resources));
  const ofType = (type: string) => all().filter(([, resource]) => resource.Type === type);

  it('keep no recoverable copy of day keys, reads, alerts or quarantine [Storage-A]', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable');
    for (const name of ['DayKeys', 'Reads', 'Alerts', 'Quarantine']) {
      const table = tables.find(([id]) => id.startsWith(`${name}Table`))?.[1];
      expect(table?.Properties).toMatchObject({
        Replicas: [{ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: false } }],
      });
      expect(table?.Properties).not.toHaveProperty('StreamSpecification');
    }
  });

  it('expire reads, alerts and quarantine by themselves, and never a day key [Storage-A]', () => {
    const tables = ofType('AWS::DynamoDB::GlobalTable');
    for (const name of ['Reads', 'Alerts', 'Quarantine'])
      expect(tables.find(([id]) => id.startsWith(`${name}Table`))?.[1].Properties).toMatchObject({
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    expect(tables.find(([id]) => id.startsWith('DayKeysTable'))?.[1].Properties).not.toHaveProperty(
      'TimeToLiveSpecification',
    );
  });

  it('encrypt every table, stream, queue and log group under a customer key [Storage-B]', () => {
    for (const [, table] of ofType('AWS::DynamoDB::GlobalTable'))
      expect(table.Properties).toMatchObject({ SSESpecification: { SSEEnabled: true, SSEType: 'KMS' } });
    for (const [, stream] of ofType('AWS::Kinesis::Stream'))
      expect(stream.Properties).toMatchObject({ StreamEncryption: { EncryptionType: 'KMS' } });
    for (const [, queue] of ofType('AWS::SQS::Queue'))
      expect(queue.Properties).toHaveProperty('KmsMasterKeyId');
    for (const [, group] of ofType('AWS::Logs::LogGroup'))
      expect(group.Properties).toHaveProperty('KmsKeyId');
    expect(ofType('AWS::Kinesis::Stream')).toHaveLength(3);
  });

  it('refuse the day wrapping key to every role outside the keyholder path [Storage-A]', () => {
    const key = ofType('AWS::KMS::Key').find(([id]) => id.startsWith('DayWrappingKey'))?.[1];
    expect(key?.Properties.KeyPolicy).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Deny',
          Principal: '*',
          Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:CreateGrant']),
          Condition: {
            ArnNotLike: { 'aws:PrincipalArn': expect.objectContaining({ 'Fn::Join': expect.anything() }) },
          },
        }),
      ]),
    });
    expect(JSON.stringify(key?.Properties.KeyPolicy)).toContain(':role/platekeeper/keyholder/*');
  });

  it('give the keyholder path to the functions that seal or open, and to no other role', () => {
    const keyholders = ofType('AWS::IAM::Role').filter(([, role]) => role.Properties.Path !== undefined);
    expect(keyholders.map(([id]) => id.replace(/Role[0-9A-F]{8}$/, '')).sort()).toEqual([
      'AlertWorkListAlerts',
      'AlertWorkVerifyAlert',
      'CompactionCompactPlateIndex',
      'EvidenceTakeEvidence',
      'IndexPlates',
      'LiveAlertsDeliverAlerts',
      'MatchReads',
      'RecordReads',
      'ReportingSumDay',
      'SearchingFetchImage',
      'SearchingSearchReads',
      'SharingManageExternalRequests',
    ]);
  });

  it('give detect-plates, which decodes hostile pictures, no way to a day key [Storage-A]', () => {
    const [[, policy] = []] = ofType('AWS::IAM::Policy').filter(([id]) => id.startsWith('DetectPlatesRole'));
    const [[, code] = []] = ofType('AWS::Lambda::Function').filter(([id]) => id.startsWith('DetectPlates'));
    expect(JSON.stringify(policy?.Properties)).toContain('QuarantineTable');
    for (const each of [policy, code])
      expect(JSON.stringify(each?.Properties)).not.toMatch(/DayKeys|DayWrapping/);
    expect(JSON.stringify(code?.Properties)).not.toContain('DAY_');
  });

  it('let detect-plates alone write to detected-reads [Policy-E]', () => {
    const writers = ofType('AWS::IAM::Policy').filter(([, policy]) =>
      statements(policy.Properties).some(
        ({ actions, resources }) =>
          actions.includes('kinesis:PutRecords') && resources.includes('DetectedReadsStream'),
      ),
    );
    expect(writers.map(([id]) => id.replace(/RoleDefaultPolicy[0-9A-F]{8}$/, ''))).toEqual(['DetectPlates']);
  });

  it('let feeds of partners put reads on their own stream alone, and no camera or function on that [Storage-C]', () => {
    const writes = ofType('AWS::IAM::Policy').flatMap(([id, policy]) =>
      statements(policy.Properties)
        .filter(({ actions }) => actions.includes('kinesis:PutRecords'))
        .map(({ resources }) => [
          id.replace(/(Role)?DefaultPolicy[0-9A-F]{8}$/, ''),
          /(CameraReads|DetectedReads|PartnersReads)Stream/.exec(resources)?.[1],
        ]),
    );
    expect(writes.sort()).toEqual([
      ['Camera', 'CameraReads'],
      ['DetectPlates', 'DetectedReads'],
      ['Partners', 'PartnersReads'],
    ]);
    const [[, partner] = []] = ofType('AWS::IAM::Policy').filter(([id]) => id.startsWith('PartnersRole'));
    expect(statements(partner?.Properties ?? {}).flatMap(({ actions }) => actions)).toEqual([
      'kinesis:PutRecords',
      'kms:Decrypt',
      'kms:GenerateDataKey',
    ]);
  });

  it('read the partners’ stream by mappings of its own, as many batches at once as it has shards, so that no partner holds up our reads', () => {
    const mappings = ofType('AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
      JSON.stringify(Properties.EventSourceArn).includes('PartnersReadsStream'),
    );
    expect(mappings.map(([, { Properties }]) => targetOf(Properties)).sort()).toEqual([
      'IndexPlates',
      'MatchReads',
      'RecordReads',
    ]);
    for (const [, mapping] of mappings) {
      expect(mapping.Properties).toMatchObject({
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 8,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      expect(mapping.Properties).not.toHaveProperty('ParallelizationFactor');
    }
    const [[, stream] = []] = ofType('AWS::Kinesis::Stream').filter(([id]) => id.startsWith('PartnersReads'));
    expect(stream?.Properties).toMatchObject({
      ShardCount: 2,
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
      RetentionPeriodHours: 24,
    });
  });

  it('ask an access token with the API scope for every method [Access-C]', () => {
    const methods = ofType('AWS::ApiGateway::Method');
    expect(methods).toHaveLength(Object.keys(operations).length);
    for (const [, method] of methods)
      expect(method.Properties).toMatchObject({
        AuthorizationType: 'COGNITO_USER_POOLS',
        AuthorizationScopes:
          method.Properties.OperationName === 'import-personnel'
            ? ['platekeeper/api', 'platekeeper/personnel']
            : ['platekeeper/api'],
      });
  });

  it('let API Gateway write access logs before any stage wants to', () => {
    const [account] = Object.values(byStack.PlatekeeperData).filter(
      ({ Type }) => Type === 'AWS::ApiGateway::Account',
    );
    expect(account?.Properties).toMatchObject({ CloudWatchRoleArn: { 'Fn::GetAtt': expect.anything() } });
    expect(ofType('AWS::ApiGateway::Stage')).toHaveLength(1);
  });

  it('deploy the API anew when a request model changes', () => {
    const before = deploymentOf({ maxItems: 50 });
    expect(deploymentOf({ maxItems: 50 })).toBe(before);
    expect(deploymentOf({ maxItems: 49 })).not.toBe(before);
  });

  it('let nobody sign up, and nobody in without a second factor [Access-C]', () => {
    const [pool] = ofType('AWS::Cognito::UserPool');
    expect(pool?.[1].Properties).toMatchObject({
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
    });
  });

  it('log no request, response or payload: no data trace, no execution log, no image token in the access log', () => {
    const [stage] = ofType('AWS::ApiGateway::Stage');
    expect(stage?.[1].Properties).toMatchObject({
      MethodSettings: [expect.objectContaining({ DataTraceEnabled: false, LoggingLevel: 'OFF' })],
    });
    const format = JSON.stringify(stage?.[1].Properties.AccessLogSetting);
    expect(format).toContain('$context.resourcePath');
    expect(format).not.toMatch(/\$context\.path|\$context\.identity\.user\b|requestOverride/);
  });

  it('keep every bucket private and TLS only', () => {
    const buckets = ofType('AWS::S3::Bucket');
    expect(buckets.length).toBeGreaterThanOrEqual(7);
    const policies = JSON.stringify(ofType('AWS::S3::BucketPolicy'));
    for (const [id, bucket] of buckets) {
      expect(bucket.Properties).toMatchObject({
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      });
      expect(policies).toContain(id);
    }
  });

  it('never rename what holds data', () => {
    const holders = all()
      .filter(([, { Type }]) =>
        ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool'].includes(Type),
      )
      .map(([id]) => id);
    expect(holders.sort()).toMatchInlineSnapshot(`
[
  "AccessAuditsTableC89D4AE4",
  "AccessDevicesTable9104777D",
  "AccessDutyTable3FD8A671",
  "AccessFindingsTableD9EC15DF",
  "AccessLogsBucketCD784A59",
  "AccessLogsBucketCD784A59",
  "AccessProofsTable893636CC",
  "AccessSessionsTable261D9580",
  "AlertsTable3C20DA98",
  "AuditEventsTableCF1D544C",
  "AuditsFilesAAD1199E",
  "CamerasTable122C9CFE",
  "DayKeysTable937F8AE9",
  "EvidenceArchive0FFCFABD",
  "EvidenceDropBucket702EAAB8",
  "EvidenceRecordsTableB4D4B48C",
  "FailuresStoreBucket3B91CE5E",
  "HotListTable4D7AD3D7",
  "HotListsBucket47BC2DCD",
  "ImageLinksTableAF924BF2",
  "ImagesBucket4B6DB8E1",
  "IntakeFramesBucket83C091CC",
  "LiveAlertsConnectionsTable8D92ED92",
  "LiveAlertsTicketsTableD76974D6",
  "OutsideListsUploadsBucket125292EA",
  "Pages127DFD1A",
  "PeopleTable42ECE6FB",
  "PlateIndexBucket16A0681C",
  "QuarantineTable4791B332",
  "ReadsTableA8D19ED3",
  "RedactionsTable50B59295",
  "ReportingReports9CCA42BB",
  "SealedLogCF76991E",
  "SealedLogHeadTable45CD9FC7",
  "SearchAnswersTable171430C8",
  "SearchesTable1ABD1E62",
  "SharingRegisterTable329E5942",
  "SharingRequestsTable8675B884",
  "SitesTableFD877E1C",
  "SuppressionsTableF0485256",
  "UsageTableADB4B05A",
  "Users0A0EEA89",
]
`);
  });
});

/** Logical id of the deployment of an API with one operation that takes this body. */
function deploymentOf(schema: object): string {
  const stack = new Stack(new App(), 'Stack');
  const api = new RestApi(stack, 'Api');
  const model = addRequestModel(api, 'search', schema);
  api.root.addMethod('POST', new MockIntegration(), { requestModels: { 'application/json': model } });
  const [id] = Object.keys(Template.fromStack(stack).findResources('AWS::ApiGateway::Deployment'));
  return id ?? '';
}

function targetOf({ FunctionName }: Readonly<Record<string, unknown>>): string | undefined {
  return /IndexPlates|MatchReads|RecordReads/.exec(JSON.stringify(FunctionName))?.[0];
}

function statements(properties: Readonly<Record<string, unknown>>) {
  const document = properties.PolicyDocument as {
    Statement: { Action: string | string[]; Resource: unknown }[];
  };
  return document.Statement.map(({ Action, Resource }) => ({
    actions: [Action].flat(),
    resources: JSON.stringify(Resource),
  }));
}
