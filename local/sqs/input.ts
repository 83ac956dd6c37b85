import { z } from 'zod';
import { AwsError } from '../aws/errors';

/** Throws `InvalidParameterValue` naming each member that is wrong. */
export function parseInput<Output>(schema: z.ZodType<Output>, input: unknown): Output {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const faults = result.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new AwsError('InvalidParameterValue', faults.join('; '));
}

export const seconds = (max: number) => z.number().int().min(0).max(max);
