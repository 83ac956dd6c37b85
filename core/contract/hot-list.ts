import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { plateText, time } from './fields';

export const hotListEntryRequest = z.strictObject({
  /** Complete: no `?` and no `*` (Policy-H.e). */
  plate: z
    .string()
    .trim()
    .max(20)
    .regex(/^[A-Za-z0-9][A-Za-z0-9\-. ]{1,19}$/, 'must be a complete plate, without ? or *'),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter state code such as IL')
    .optional(),
  purpose: purposeSchema,
  reason: reasonSchema,
  /** The written statement of reasonable suspicion (Policy-H.c). */
  suspicion: z
    .string()
    .trim()
    .min(20, 'must say in 20 characters or more what the suspicion rests on')
    .max(2000),
  /** At most 30 days ahead (Policy-H.f). */
  expiresAt: time,
  /** Whose crime it is, an agency id; another agency's needs `jointCase` (Policy-H.h). */
  jurisdiction: z.string().min(1).max(40),
  jointCase: z.string().trim().min(1).max(200).optional(),
});

export const hotListEntry = z.strictObject({
  entryId: z.uuid(),
  plate: plateText,
  state: z.string().optional(),
  status: z.enum(['requested', 'approved', 'removed', 'expired']),
  purpose: purposeSchema,
  reason: reasonSchema,
  suspicion: z.string(),
  jurisdiction: z.string(),
  jointCase: z.string().optional(),
  requestedBy: z.string(),
  requestedAt: time,
  approvedBy: z.string().optional(),
  approvedAt: time.optional(),
  removedBy: z.string().optional(),
  removedAt: time.optional(),
  expiresAt: time,
});

export const hotListEntries = z.strictObject({ entries: z.array(hotListEntry) });

export const entryPath = z.strictObject({ entryId: z.uuid('must be an entry id') });

export type HotListEntryRequest = z.output<typeof hotListEntryRequest>;
export type HotListEntry = z.output<typeof hotListEntry>;
