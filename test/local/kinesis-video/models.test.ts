import { kinesisVideoModels } from '../../../local/kinesis-video/models';
import { parseTemplate } from '../../../local/template/assembly';
import { deploy } from '../../../local/template/deployment';
import { accountId, region } from '../support';
import { startVideo } from './support';

const keyArn = 'arn:aws:kms:us-east-2:000000000000:key/0001';

async function deployed(Properties: object) {
  const { service, stop } = await startVideo();
  await stop();
  const template = parseTemplate(
    {
      Resources: { Street: { Type: 'AWS::KinesisVideo::Stream', Properties } },
      Outputs: { Name: { Value: { Ref: 'Street' } }, Arn: { Value: { 'Fn::GetAtt': ['Street', 'Arn'] } } },
    },
    'Video',
  );
  const assembly = {
    stacks: [{ name: 'Video', region, template }],
    assetPath: () => {
      throw new Error('there are no assets');
    },
  };
  const { outputs } = await deploy({ assembly, models: kinesisVideoModels(service), accountId });
  return { service, outputs };
}

describe('the template', () => {
  it('makes a video stream as it says, and can refer to it', async () => {
    const { service, outputs } = await deployed({
      DataRetentionInHours: 24,
      KmsKeyId: keyArn,
      MediaType: 'video/h264',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    expect(outputs).toMatchObject({
      Name: 'Video-Street',
      Arn: 'arn:aws:kinesisvideo:us-east-2:000000000000:stream/Video-Street/1',
    });
    expect(service.stream('Video-Street').settings).toEqual({
      name: 'Video-Street',
      retentionHours: 24,
      keyId: keyArn,
      mediaType: 'video/h264',
    });
  });

  it('keeps nothing unless the template says how long', async () => {
    const { service } = await deployed({ Name: 'street' });
    expect(service.stream('street').isPersistent).toBe(false);
  });

  it('with a property that nobody thought about stops, naming it', async () => {
    await expect(deployed({ StreamStorageConfiguration: { DefaultStorageTier: 'WARM' } })).rejects.toThrow(
      /Street \(AWS::KinesisVideo::Stream\)[\s\S]*StreamStorageConfiguration/,
    );
  });
});
