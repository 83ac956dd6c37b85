import { z } from 'zod';
import { purposeSchema } from '../../core/access/purpose';
import { reasonSchema } from '../../core/access/reason';
import { type Entry, entryStatuses } from '../../core/hot-list/entry';
import { cautions, concerns } from '../../core/hot-list/listed-vehicle';
import { isComplete, parsePlate } from '../../core/plate/plate';

const extension = z.strictObject({
  untilMs: z.number(),
  suspicion: z.string(),
  approvedBy: z.string(),
  approvedAtMs: z.number(),
});

const handover = z.strictObject({ from: z.string(), to: z.string(), atMs: z.number() });

const content = z.strictObject({
  entryId: z.uuid(),
  plate: z.string().transform((text, context) => {
    const plate = parsePlate(text);
    if (plate !== undefined && isComplete(plate)) return plate;
    context.addIssue({ code: 'custom', message: 'is not a complete plate' });
    return z.NEVER;
  }),
  state: z.string().optional(),
  status: z.enum(entryStatuses),
  purpose: purposeSchema,
  reason: reasonSchema,
  suspicion: z.string(),
  concern: z.enum(concerns),
  description: z.string().optional(),
  instructions: z.string().optional(),
  cautions: z.array(z.enum(cautions)),
  notify: z.array(z.string()),
  jurisdiction: z.string(),
  jointCase: z.string().optional(),
  requestedBy: z.string(),
  requestedAtMs: z.number(),
  responsible: z.string(),
  isShiftBound: z.boolean(),
  approvedBy: z.string().optional(),
  approvedAtMs: z.number().optional(),
  extensions: z.array(extension),
  handovers: z.array(handover),
  removedBy: z.string().optional(),
  removedAtMs: z.number().optional(),
  expiresAtMs: z.number(),
  revision: z.int().positive(),
});

/** An entry as the table keeps it, JSON. Throws on anything else: what is not understood alerts nobody. */
export function parseEntry(json: string): Entry {
  return content.parse(JSON.parse(json)) as Entry;
}
