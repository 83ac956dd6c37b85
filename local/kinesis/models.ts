import { z } from 'zod';
import type { Resource, ResourceIdentity, ResourceModel } from '../template/resource-model';
import { understand } from '../template/understood';
import { streamNameOfArn } from './input';
import type { Kinesis } from './kinesis';
import { onDemandShardCount } from './operations';

/** Nothing here selects by tag, and the service keeps no metrics of its own. */
const streamIgnored = ['Tags', 'DesiredShardLevelMetrics'];

const streamSchema = z.strictObject({
  Name: z.string().optional(),
  ShardCount: z.coerce.number().int().min(1).optional(),
  StreamModeDetails: z.object({ StreamMode: z.enum(['PROVISIONED', 'ON_DEMAND']) }).optional(),
  RetentionPeriodHours: z.coerce.number().int().min(24).max(8760).default(24),
  StreamEncryption: z.object({ EncryptionType: z.literal('KMS'), KeyId: z.string() }).optional(),
});

const consumerSchema = z.strictObject({ StreamARN: z.string(), ConsumerName: z.string() });

export function kinesisModels(kinesis: Kinesis): ResourceModel[] {
  const arnOf = (identity: ResourceIdentity) => kinesis.streamArn(streamName(identity));
  const consumerArn = (identity: ResourceIdentity) => {
    const { StreamARN, ConsumerName } = consumerSchema.parse({
      StreamARN: identity.property('StreamARN'),
      ConsumerName: identity.property('ConsumerName'),
    });
    return kinesis.consumerArn(requiredStreamName(StreamARN), ConsumerName);
  };
  return [
    {
      type: 'AWS::Kinesis::Stream',
      ref: streamName,
      attributes: { Arn: arnOf, StreamId: streamName },
      provision: (resource) => provisionStream(kinesis, resource),
    },
    {
      type: 'AWS::Kinesis::StreamConsumer',
      ref: consumerArn,
      attributes: {
        ConsumerARN: consumerArn,
        ConsumerName: (identity) => z.string().parse(identity.property('ConsumerName')),
        ConsumerStatus: () => 'ACTIVE',
        StreamARN: (identity) => z.string().parse(identity.property('StreamARN')),
      },
      provision: (resource) => {
        const { StreamARN, ConsumerName } = understand(resource, consumerSchema, ['Tags']);
        kinesis.registerConsumer(requiredStreamName(StreamARN), ConsumerName);
      },
    },
  ];
}

function provisionStream(kinesis: Kinesis, resource: Resource): void {
  const given = understand(resource, streamSchema, streamIgnored);
  const mode = given.StreamModeDetails?.StreamMode ?? 'PROVISIONED';
  kinesis.createStream({
    name: resource.physicalId,
    mode,
    shardCount: mode === 'ON_DEMAND' ? onDemandShardCount : (given.ShardCount ?? 1),
    retentionHours: given.RetentionPeriodHours,
    ...(given.StreamEncryption === undefined ? {} : { keyId: given.StreamEncryption.KeyId }),
  });
}

function streamName(identity: ResourceIdentity): string {
  return z.string().default(identity.defaultName).parse(identity.property('Name'));
}

function requiredStreamName(arn: string): string {
  const name = streamNameOfArn(arn);
  if (name === undefined) throw new Error(`${arn} is no stream's ARN`);
  return name;
}
