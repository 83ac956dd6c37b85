import { z } from 'zod';
import { time } from './fields';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'must be a month such as 2026-11');

export const reportPath = z.strictObject({ month });
export const correctionPath = z.strictObject({ month, proposalId: z.uuid('must be the id of a proposal') });

export const correctionProposal = z.strictObject({
  /** Published with the new version, so it names nobody. */
  reason: z.string().trim().min(20, 'must say why in 20 characters or more').max(500),
});

export const reportCorrection = z.strictObject({
  month,
  /** What the report will be. */
  version: z.int(),
  proposalId: z.uuid(),
  state: z.enum(['proposed', 'approved']),
  reason: z.string(),
  by: z.string(),
  at: time,
});
