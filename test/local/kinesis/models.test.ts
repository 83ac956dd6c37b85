import { Kinesis } from '../../../local/kinesis/kinesis';
import { kinesisModels } from '../../../local/kinesis/models';
import { parseTemplate } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import { accountId, fixedClock, recordingAuthorizer, region, testCredentials } from '../support';

const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';
const streamArn = 'arn:aws:kinesis:us-east-2:000000000000:stream/Ingest-CameraReads';

async function deployed(Resources: object, Outputs: object = {}) {
  const kinesis = new Kinesis({
    clock: fixedClock(),
    authorize: recordingAuthorizer().authorize,
    credentials: testCredentials.source,
    region,
    accountId,
  });
  const template = parseTemplate({ Resources, Outputs }, 'Ingest');
  const assembly = {
    stacks: [{ name: 'Ingest', region, template }],
    assetPath: () => {
      throw new Error('there are no assets');
    },
  };
  const { outputs } = await deploy({ assembly, models: kinesisModels(kinesis), accountId });
  return { kinesis, outputs };
}

const stream = (Properties: object) => ({ CameraReads: { Type: 'AWS::Kinesis::Stream', Properties } });

describe('the template', () => {
  it('makes streams and consumers as it says, and can refer to them', async () => {
    const { kinesis, outputs } = await deployed(
      {
        ...stream({
          ShardCount: 2,
          RetentionPeriodHours: 24,
          StreamModeDetails: { StreamMode: 'PROVISIONED' },
          StreamEncryption: { EncryptionType: 'KMS', KeyId: keyArn },
          Tags: [{ Key: 'a', Value: 'b' }],
        }),
        Match: {
          Type: 'AWS::Kinesis::StreamConsumer',
          Properties: { ConsumerName: 'match', StreamARN: { 'Fn::GetAtt': ['CameraReads', 'Arn'] } },
        },
      },
      {
        Name: { Value: { Ref: 'CameraReads' } },
        Arn: { Value: { 'Fn::GetAtt': ['CameraReads', 'Arn'] } },
        Consumer: { Value: { Ref: 'Match' } },
      },
    );

    expect(outputs).toMatchObject({
      Name: 'Ingest-CameraReads',
      Arn: streamArn,
      Consumer: `${streamArn}/consumer/match:1`,
    });
    expect(kinesis.shards('Ingest-CameraReads')).toHaveLength(2);
    expect(kinesis.keyArn('Ingest-CameraReads')).toBe(keyArn);
    expect(kinesis.consumer(`${streamArn}/consumer/match:1`)?.streamName).toBe('Ingest-CameraReads');
  });

  it('gives an on-demand stream four shards and a day', async () => {
    const { kinesis } = await deployed(
      stream({ Name: 'reads', StreamModeDetails: { StreamMode: 'ON_DEMAND' } }),
    );

    expect(kinesis.shards('reads')).toHaveLength(4);
    expect(kinesis.stream('reads').settings.retentionHours).toBe(24);
    expect(kinesis.keyArn('reads')).toBeUndefined();
  });

  it('with a property that nobody thought about stops, naming it', async () => {
    await expect(deployed(stream({ ShardCount: 1, MaxRecordSizeInKiB: 4096 }))).rejects.toThrow(
      /CameraReads \(AWS::Kinesis::Stream\)[\s\S]*MaxRecordSizeInKiB/,
    );
  });
});
