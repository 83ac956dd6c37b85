import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import type { KinesisVideo } from './kinesis-video';
import { retentionHours } from './stream-operations';

/** Nothing here selects by tag. */
const ignored = ['Tags'];

const streamSchema = z.strictObject({
  Name: z.string().optional(),
  DataRetentionInHours: z.coerce.number().pipe(retentionHours).default(0),
  KmsKeyId: z.string().optional(),
  MediaType: z.string().optional(),
  DeviceName: z.string().optional(),
});

export function kinesisVideoModels(service: KinesisVideo): ResourceModel[] {
  return [
    {
      type: 'AWS::KinesisVideo::Stream',
      ref: streamName,
      attributes: { Arn: (identity) => service.streamArn(streamName(identity)) },
      provision: (resource) => provisionStream(service, resource),
    },
  ];
}

function provisionStream(service: KinesisVideo, resource: Resource): void {
  const given = understand(resource, streamSchema, ignored);
  service.createStream({
    name: resource.physicalId,
    retentionHours: given.DataRetentionInHours,
    ...(given.KmsKeyId === undefined ? {} : { keyId: given.KmsKeyId }),
    ...(given.MediaType === undefined ? {} : { mediaType: given.MediaType }),
    ...(given.DeviceName === undefined ? {} : { deviceName: given.DeviceName }),
  });
}

function streamName(identity: ResourceIdentity): string {
  return z.string().default(identity.defaultName).parse(identity.property('Name'));
}
