import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { VideoStreams } from '../../lib/constructs/video-streams';

describe('video streams', () => {
  const stack = new Stack(new App(), 'Video');
  const streams = new VideoStreams(stack, 'VideoStreams');
  const camera = new Role(stack, 'Camera', {
    assumedBy: new ServicePrincipal('credentials.iot.amazonaws.com'),
  });
  streams.grantStream(camera);
  const template = Template.fromStack(stack);
  const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
    ({ Properties }) => Properties.PolicyDocument.Statement,
  );

  it('are open to a camera for putting video on its own stream and for nothing else', () => {
    expect(statements.map(({ Action }) => Action)).toEqual([
      ['kinesisvideo:GetDataEndpoint', 'kinesisvideo:PutMedia'],
      ['kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
    expect(JSON.stringify(statements[0].Resource)).toContain(':stream/$' + '{credentials-iot:ThingName}/*');
  });

  it('have a key of their own, good only through Kinesis Video', () => {
    template.resourceCountIs('AWS::KMS::Key', 1);
    expect(JSON.stringify(statements[1].Condition)).toContain('"kms:ViaService"');
    expect(JSON.stringify(statements[1].Condition)).toContain('kinesisvideo.');
  });
});
