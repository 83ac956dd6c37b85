import { z } from 'zod';
import type { Caller } from '../aws/caller';
import { imageGenerationInput } from './image-settings';
import { parseInput, streamName, streamReference } from './input';
import type { KinesisVideo } from './kinesis-video';
import type { VideoStream } from './stream';

export type Reply = Buffer | Readonly<Record<string, unknown>>;

/** Given the body, who signed it, and the URL that was called. */
export type Operation = (
  input: Readonly<Record<string, unknown>>,
  caller: Caller,
  endpoint: string,
) => Reply | Promise<Reply>;

export const retentionHours = z.number().int().min(0).max(87_600);

const createInput = z.strictObject({
  StreamName: streamName,
  DataRetentionInHours: retentionHours.default(0),
  KmsKeyId: z.string().optional(),
  MediaType: z.string().max(128).optional(),
  DeviceName: z.string().max(128).optional(),
  /** Nothing here selects by tag. */
  Tags: z.record(z.string(), z.string()).optional(),
});

const endpointInput = z.object({
  APIName: z.enum(['PUT_MEDIA', 'GET_MEDIA', 'LIST_FRAGMENTS', 'GET_MEDIA_FOR_FRAGMENT_LIST', 'GET_IMAGES'], {
    error: 'the local kinesis-video does not model this API',
  }),
});

const imagesInput = z.object({ ImageGenerationConfiguration: imageGenerationInput.nullish() });

/** What concerns a stream as a whole, by path. */
export function streamOperations(service: KinesisVideo): Readonly<Record<string, Operation>> {
  const permitted = (input: unknown, caller: Caller, action: string): VideoStream => {
    const name = streamReference(input);
    service.authorize(caller, `kinesisvideo:${action}`, service.streamArn(name));
    return service.stream(name);
  };
  return {
    '/createStream': (input, caller) => {
      const given = parseInput(createInput, input);
      service.authorize(caller, 'kinesisvideo:CreateStream', service.streamArn(given.StreamName));
      const stream = service.beginStream({
        name: given.StreamName,
        retentionHours: given.DataRetentionInHours,
        ...(given.KmsKeyId === undefined ? {} : { keyId: given.KmsKeyId }),
        ...(given.MediaType === undefined ? {} : { mediaType: given.MediaType }),
        ...(given.DeviceName === undefined ? {} : { deviceName: given.DeviceName }),
      });
      return { StreamARN: stream.arn };
    },
    '/describeStream': (input, caller) => ({
      StreamInfo: describe(service, permitted(input, caller, 'DescribeStream')),
    }),
    '/listStreams': (_input, caller) => {
      service.authorize(caller, 'kinesisvideo:ListStreams', '*');
      return { StreamInfoList: service.streamNames().map((name) => describe(service, service.stream(name))) };
    },
    '/deleteStream': (input, caller) => {
      service.deleteStream(permitted(input, caller, 'DeleteStream').settings.name);
      return {};
    },
    '/getDataEndpoint': (input, caller, endpoint) => {
      permitted(input, caller, 'GetDataEndpoint');
      parseInput(endpointInput, input);
      return { DataEndpoint: endpoint };
    },
    '/updateImageGenerationConfiguration': (input, caller) => {
      const stream = permitted(input, caller, 'UpdateImageGenerationConfiguration');
      service.requireActive(stream);
      stream.imageGeneration = parseInput(imagesInput, input).ImageGenerationConfiguration ?? undefined;
      return {};
    },
    '/describeImageGenerationConfiguration': (input, caller) => {
      const stream = permitted(input, caller, 'DescribeImageGenerationConfiguration');
      return stream.imageGeneration === undefined
        ? {}
        : { ImageGenerationConfiguration: stream.imageGeneration };
    },
  };
}

function describe(service: KinesisVideo, { arn, settings, createdAtMs, isActive }: VideoStream) {
  const managed = `alias/aws/kinesisvideo`;
  return {
    StreamName: settings.name,
    StreamARN: arn,
    Status: isActive ? 'ACTIVE' : 'CREATING',
    Version: '1',
    CreationTime: createdAtMs / 1000,
    DataRetentionInHours: settings.retentionHours,
    KmsKeyId: service.key.arn(settings.keyId) ?? settings.keyId ?? managed,
    ...(settings.mediaType === undefined ? {} : { MediaType: settings.mediaType }),
    ...(settings.deviceName === undefined ? {} : { DeviceName: settings.deviceName }),
  };
}
