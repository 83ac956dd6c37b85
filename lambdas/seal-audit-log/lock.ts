import { z } from 'zod';

const lockSchema = z.object({
  mode: z.enum(['COMPLIANCE', 'GOVERNANCE']),
  days: z.coerce.number().int().positive(),
});

export type Lock = z.output<typeof lockSchema>;

/** The object lock as the function's environment says it. Throws for anything that would lock less or nothing. */
export function parseLock(mode: string, days: string): Lock {
  return lockSchema.parse({ mode, days });
}
