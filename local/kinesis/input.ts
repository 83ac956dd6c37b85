import { z } from 'zod';
import { AwsError } from '../aws/errors';

/** Throws `ValidationException` naming each member that is wrong. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(
    ({ path, message }) => `Value at '${path.join('.')}' failed to satisfy constraint: ${message}`,
  );
  throw new AwsError(
    'ValidationException',
    `${faults.length} validation error(s) detected: ${faults.join('; ')}`,
  );
}

const referenceInput = z.object({ StreamName: z.string().optional(), StreamARN: z.string().optional() });

/** The name of the stream that a request means: SDK clients send its name, its ARN, or both. */
export function streamReference(input: unknown): string {
  const { StreamName, StreamARN } = parseInput(referenceInput, input);
  const name = StreamARN === undefined ? StreamName : streamNameOfArn(StreamARN);
  if (name === undefined || (StreamName !== undefined && StreamName !== name)) {
    throw new AwsError('InvalidArgumentException', 'Either StreamName or StreamARN must name the stream.');
  }
  return name;
}

/** `undefined` for what is no stream's ARN. */
export function streamNameOfArn(arn: string): string | undefined {
  return /^arn:[\w-]+:kinesis:[^:]*:\d*:stream\/([^/]+)$/.exec(arn)?.[1];
}
