import {
  CreateStreamCommand,
  DescribeStreamCommand,
  UpdateImageGenerationConfigurationCommand,
} from '@aws-sdk/client-kinesis-video';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredVideoIntake, type VideoStreamsOptions } from '../../../adapters/enrolment/video-intake';
import { startVideo, type VideoStack } from '../../local/kinesis-video/support';

let stack: VideoStack;
afterEach(() => stack.stop());

function intake(more: Partial<VideoStreamsOptions> = {}) {
  return new StoredVideoIntake({
    video: stack.control,
    videoKey: 'arn:aws:kms:us-east-2:000000000000:key/0001',
    framesBucket: 'frames',
    region: 'us-east-2',
    everyMs: 500,
    wait: { everyMs: 5, msMax: 2000 },
    ...more,
  });
}
const sampled = () => stack.service.stream('fixed-1').imageGeneration;

it('has frames sampled from a stream as soon as the stream is made', async () => {
  stack = await startVideo({ creatingMs: 60 });
  expect(await intake().prepare('fixed-1')).toBe('ready');
  expect(stack.service.stream('fixed-1').settings.retentionHours).toBe(24);
  expect(sampled()).toMatchObject({
    Status: 'ENABLED',
    DestinationConfig: { Uri: 's3://frames/fixed-1' },
    SamplingInterval: 500,
  });
  const described = stack.iam.calls.filter(({ action }) => action === 'kinesisvideo:DescribeStream');
  expect(described.length).toBeGreaterThan(1);
});

it('says that the stream is busy when it is not made in time, and finishes when asked again', async () => {
  stack = await startVideo({ creatingMs: 300 });
  expect(await intake({ wait: { everyMs: 5, msMax: 20 } }).prepare('fixed-1')).toBe('busy');
  expect(sampled()).toBeUndefined();
  expect(await intake().prepare('fixed-1')).toBe('ready');
  expect(sampled()).toMatchObject({ Status: 'ENABLED' });
});

it('tries again when a stream that was active is in use by another change', async () => {
  stack = await startVideo();
  const inUse = Object.assign(new Error('made up'), { name: 'ResourceInUseException' });
  const calls = mockClient(stack.control);
  calls
    .on(CreateStreamCommand)
    .resolves({})
    .on(DescribeStreamCommand)
    .resolves({ StreamInfo: { Status: 'ACTIVE' } })
    .on(UpdateImageGenerationConfigurationCommand)
    .rejectsOnce(inUse)
    .resolves({});
  expect(await intake().prepare('fixed-1')).toBe('ready');
  expect(calls.commandCalls(UpdateImageGenerationConfigurationCommand)).toHaveLength(2);
  calls.on(UpdateImageGenerationConfigurationCommand).rejects(inUse);
  expect(await intake({ wait: { everyMs: 5, msMax: 20 } }).prepare('fixed-1')).toBe('busy');
  calls.restore();
});

it('fails at once when it is not let in', async () => {
  stack = await startVideo();
  stack.iam.refuse('kinesisvideo:UpdateImageGenerationConfiguration');
  await expect(intake().prepare('fixed-1')).rejects.toMatchObject({ code: 'unavailable' });
  expect(stack.iam.calls.filter(({ action }) => action.startsWith('kinesisvideo:'))).toHaveLength(3);
});
