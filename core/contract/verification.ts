import { z } from 'zod';
import { rejectionReasons } from './alerts';
import { plateText, position, time } from './fields';

/** What Policy-G has an officer look at before any enforcement action. */
export const checks = [
  'plateImage',
  'characters',
  'issuingState',
  'vehicleImage',
  'vehicleDescription',
] as const;
export const findings = ['confirmed', 'contradicted', 'not-visible'] as const;
const finding = z.enum(findings);

export const alertPath = z.strictObject({ alertId: z.uuid('must be an alert id') });

export const verificationRequest = z.strictObject({
  outcome: z.enum(['verified', 'rejected']),
  checklist: z.strictObject({
    plateImage: finding,
    characters: finding,
    issuingState: finding,
    vehicleImage: finding,
    vehicleDescription: finding,
  }),
  /** Make, model and other descriptors, as the user sees them. */
  vehicle: z.string().trim().min(3, 'must say which make, model or other descriptors are seen').max(200),
  /** A query on the registration (LEADS, NCIC); a hit of an outside list cannot be verified without one. */
  registrationQuery: z
    .strictObject({ reference: z.string().trim().min(1).max(60), finding, at: time })
    .optional(),
  /** Of a rejection: why. It flows back to whoever keeps the list. */
  rejection: z.enum(rejectionReasons).optional(),
  /** Of a misread: the characters that the plate image shows, where they can be told. */
  actualPlate: plateText.optional(),
});

export const verificationResponse = z.strictObject({
  alertId: z.uuid(),
  state: z.enum(['verified', 'rejected']),
  verifiedBy: z.string(),
  verifiedAt: time,
});

/** What came of it on the street; the first four are enforcement. */
export const dispositions = [
  'stopped',
  'cited',
  'arrested',
  'vehicle-recovered',
  'not-located',
  'no-action',
] as const;

export const dispositionRequest = z.strictObject({
  kind: z.enum(dispositions),
  at: time,
  /** The reasonable suspicion beyond the alert; an enforcement disposition needs it (Policy-F). */
  suspicion: z
    .string()
    .trim()
    .min(20, 'must say in 20 characters or more what the suspicion rests on beyond the alert')
    .max(2000)
    .optional(),
  /** What was done, in words. */
  action: z.string().trim().min(3).max(500).optional(),
  /** Where the enforcement was; a stolen vehicle's needs it, because of the neighbours' borders (Policy-I). */
  place: position.optional(),
});

export const dispositionResponse = z.strictObject({
  alertId: z.uuid(),
  state: z.enum(['verified', 'rejected']),
  kind: z.enum(dispositions),
  at: time,
  recordedBy: z.string(),
  recordedAt: time,
});

export type VerificationRequest = z.output<typeof verificationRequest>;
export type VerificationResponse = z.output<typeof verificationResponse>;
export type DispositionRequest = z.output<typeof dispositionRequest>;
export type DispositionResponse = z.output<typeof dispositionResponse>;
