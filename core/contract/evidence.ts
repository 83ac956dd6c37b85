import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { custodyActs } from '../evidence/custody';
import { cameraId } from '../reads/captured-read-wire';
import { networkId, time } from './fields';

/** One read, as the search or the alert that showed it named it. */
const shownRead = z.strictObject({
  readId: z.uuid('must be the id of a read'),
  network: networkId,
  cameraId,
  capturedAt: time,
});

export const evidenceRequest = z.strictObject({
  read: shownRead,
  caseNumber: z.string().trim().min(1).max(40),
  purpose: purposeSchema,
});

/** A Department record, as lists show it: nothing that a camera saw. */
export const evidenceSummary = z.strictObject({
  evidenceId: z.uuid(),
  caseNumber: z.string(),
  network: networkId,
  takenBy: z.string(),
  takenAt: time,
  /** SHA-256 of the package, hex. */
  packageSha256: z.string(),
});

export const evidenceQuery = z.strictObject({
  /** `next` of the page before. */
  after: z
    .string()
    .regex(/^\d{13}#[0-9a-f-]{36}$/, 'must be `next` of another page')
    .optional(),
});

export const evidenceList = z.strictObject({
  /** Newest first. */
  evidence: z.array(evidenceSummary),
  next: z.string().optional(),
});

export const evidencePath = z.strictObject({ evidenceId: z.uuid('must be an evidence id') });

export const custodyEntry = z.strictObject({
  number: z.int().positive(),
  at: time,
  by: z.string(),
  act: z.enum(custodyActs),
  requestId: z.string(),
  /** Hash of the entry before, hex; zeros for the first. */
  before: z.string(),
});

/** The whole record: each file as it was signed, and everybody who had it in hand. */
export const evidenceAnswer = evidenceSummary.extend({
  files: z.array(z.strictObject({ name: z.string(), base64: z.base64() })),
  custody: z.array(custodyEntry),
});

export type EvidenceRequest = z.output<typeof evidenceRequest>;
export type EvidenceSummary = z.output<typeof evidenceSummary>;
