import { z } from 'zod';
import { AwsError } from '../aws/errors';

/** Throws `InvalidArgumentException` naming each member that is wrong. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new AwsError('InvalidArgumentException', faults.join('; '));
}

export const streamName = z.string().regex(/^[a-zA-Z0-9_.-]{1,256}$/);

const reference = z.object({ StreamName: z.string().optional(), StreamARN: z.string().optional() });

/** The name of the stream that a request means: by name or by ARN. */
export function streamReference(input: unknown): string {
  const { StreamName, StreamARN } = parseInput(reference, input);
  const name = StreamARN === undefined ? StreamName : streamNameOfArn(StreamARN);
  if (name === undefined || (StreamName !== undefined && StreamName !== name))
    throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must name the stream.');
  return name;
}

/** `undefined` for what is no stream's ARN. */
export function streamNameOfArn(arn: string): string | undefined {
  return /^arn:[\w-]+:kinesisvideo:[^:]*:\d*:stream\/([^/]+)\/\d+$/.exec(arn)?.[1];
}
