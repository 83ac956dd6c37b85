import { z } from 'zod';
import { AwsError } from '../aws/errors';
import type { JsonOperation } from '../aws/json-protocol';
import { parseInput, streamNameOfArn } from './input';
import type { Kinesis, StreamConsumer } from './kinesis';

const streamInput = z.object({ StreamARN: z.string() });
const namedInput = z.object({
  StreamARN: z.string(),
  ConsumerName: z.string().regex(/^[a-zA-Z0-9_.-]{1,128}$/),
});
const byArnInput = z.object({ ConsumerARN: z.string() });

/** Enhanced fan-out consumers as facts: who is registered decides how event sources read, nothing is pushed over HTTP. */
export function consumerOperations(kinesis: Kinesis): Readonly<Record<string, JsonOperation>> {
  return {
    RegisterStreamConsumer: (input, caller) => {
      const { StreamARN, ConsumerName } = parseInput(namedInput, input);
      kinesis.authorize(caller, 'kinesis:RegisterStreamConsumer', StreamARN);
      return { Consumer: describe(kinesis.registerConsumer(streamName(StreamARN), ConsumerName)) };
    },
    DescribeStreamConsumer: (input, caller) => {
      const arn = consumerArn(kinesis, input);
      kinesis.authorize(caller, 'kinesis:DescribeStreamConsumer', arn);
      const consumer = existing(kinesis, arn);
      return {
        ConsumerDescription: { ...describe(consumer), StreamARN: kinesis.streamArn(consumer.streamName) },
      };
    },
    DeregisterStreamConsumer: (input, caller) => {
      const arn = consumerArn(kinesis, input);
      kinesis.authorize(caller, 'kinesis:DeregisterStreamConsumer', arn);
      kinesis.deregisterConsumer(existing(kinesis, arn).arn);
    },
    ListStreamConsumers: (input, caller) => {
      const { StreamARN } = parseInput(streamInput, input);
      kinesis.authorize(caller, 'kinesis:ListStreamConsumers', StreamARN);
      const name = kinesis.stream(streamName(StreamARN)).settings.name;
      return { Consumers: kinesis.consumers(name).map(describe) };
    },
  };
}

/** A request names a consumer by its ARN, or by its stream and its name. */
function consumerArn(kinesis: Kinesis, input: unknown): string {
  const byArn = byArnInput.safeParse(input);
  if (byArn.success) return byArn.data.ConsumerARN;
  const { StreamARN, ConsumerName } = parseInput(namedInput, input);
  return kinesis.consumerArn(streamName(StreamARN), ConsumerName);
}

function existing(kinesis: Kinesis, arn: string): StreamConsumer {
  const consumer = kinesis.consumer(arn);
  if (consumer === undefined) throw new AwsError('ResourceNotFoundException', `Consumer ${arn} not found.`);
  return consumer;
}

function streamName(arn: string): string {
  const name = streamNameOfArn(arn);
  if (name === undefined) throw new AwsError('InvalidArgumentException', `${arn} is no stream's ARN.`);
  return name;
}

const describe = ({ name, arn, createdAtMs }: StreamConsumer) => ({
  ConsumerName: name,
  ConsumerARN: arn,
  ConsumerStatus: 'ACTIVE',
  ConsumerCreationTimestamp: createdAtMs / 1000,
});
