import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Resource, ResourceIdentity } from '../template/resource-model';

/** CloudFormation takes numbers and booleans as text too. */
export const cfnNumber = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d+(\.\d+)?$/)
    .transform(Number),
]);
export const cfnBoolean = z.union([
  z.boolean(),
  z.enum(['true', 'false']).transform((text) => text === 'true'),
]);

/** A property that is known, with the reason why leaving it out changes nothing that a local run shows. */
export const ignored = (why: string) => z.unknown().optional().describe(why);

/**
 * Reads a resource's properties by a strict schema: what the schema names is understood, what it marks `ignored` is
 * knowingly left out, and anything else throws with type, logical id and property.
 */
export function parseProperties<T extends z.ZodType>(
  resource: Pick<Resource, 'type' | 'logicalId' | 'properties'>,
  schema: T,
): z.output<T> {
  const parsed = schema.safeParse(resource.properties);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => {
    const path = issue.path.join('.');
    if (issue.code !== 'unrecognized_keys') return `${path}: ${issue.message}`;
    return `property ${[path, issue.keys.join(', ')].filter((part) => part !== '').join('.')}`;
  });
  throw new Error(
    `${resource.type} ${resource.logicalId}: the local system does not model ${faults.join('; ')}`,
  );
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyz';

/** A service-made id (lower case letters and digits) that is the same on each run of the same template. */
export function stableId(identity: ResourceIdentity, length: number): string {
  const hash = createHash('sha512').update(`${identity.stackName}/${identity.logicalId}`).digest();
  return Array.from(hash.subarray(0, length), (byte) => digits[byte % digits.length]).join('');
}
