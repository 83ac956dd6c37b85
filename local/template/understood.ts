import { z } from 'zod';
import type { Resource } from './resource-model';
import { TemplateError } from './template-error';

/**
 * A resource's properties as its model understands them: `schema` (strict) for those that act here, `ignored` for
 * those known to change nothing on this machine. Any other property stops the start, with type, logical id and
 * property named.
 */
export function understand<T>(resource: Resource, schema: z.ZodType<T>, ignored: readonly string[]): T {
  const acting = Object.entries(resource.properties).filter(([name]) => !ignored.includes(name));
  const parsed = schema.safeParse(Object.fromEntries(acting));
  if (parsed.success) return parsed.data;
  throw new TemplateError(
    'unknown-property',
    `${resource.stackName}/${resource.logicalId} (${resource.type}) cannot be made locally:\n${z.prettifyError(parsed.error)}`,
    { cause: parsed.error },
  );
}
