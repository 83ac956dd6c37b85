import { z } from 'zod';
import { time } from './fields';

/** What the monthly audit finds, each a rule of its own (`core/month-audit/rules`). */
export const monthFindingKinds = [
  'repeated-plate',
  'repeated-place',
  'plate-over-weeks',
  'off-duty-use',
  'isolated-session',
  'bulk-use',
  'vague-reasons',
  'copied-reasons',
  'prohibited-attempts',
  'shared-account-signs',
  'unclosed',
  'unknown-number',
  'sharing-change',
  'exigent-use',
  'entry-not-handed-over',
  'training-lapsed',
  'silent-camera',
  'clock-drift',
  'stranger',
  'unreadable-event',
] as const;

/** What a finding may be about, each a rule of its own. */
export const findingKinds = [
  'prohibited-purpose',
  'shared-account',
  'impossible-travel',
  'policy-undecidable',
  'exigent-grant',
  'enumeration',
  ...monthFindingKinds,
] as const;

export const findingOutcomes = ['explained', 'upheld', 'referred'] as const;

export const finding = z.strictObject({
  findingId: z.uuid(),
  kind: z.enum(findingKinds),
  severity: z.enum(['low', 'medium', 'high']),
  /** Whom it is about; absent where it is about a camera or the log. */
  username: z.string().optional(),
  /** The month whose audit found it. */
  month: z.string().optional(),
  raisedAt: time,
  clause: z.string(),
  /** In plain words; no plate and no place. */
  summary: z.string(),
  /** Ids of the audit events it rests on. */
  eventIds: z.array(z.string()),
  state: z.enum(['open', ...findingOutcomes]),
  decidedBy: z.string().optional(),
  decidedAt: time.optional(),
  words: z.string().optional(),
});

export const findingsQuery = z.strictObject({
  /** Absent: open ones only. */
  state: z.enum(['open', 'decided']).optional(),
  /** Those of one month's audit only, `YYYY-MM`. */
  month: z
    .string()
    .regex(/^\d{4}-\d{2}$/, 'must be a month such as 2026-11')
    .optional(),
});
export const findings = z.strictObject({ findings: z.array(finding), truncated: z.boolean() });
export const findingPath = z.strictObject({ findingId: z.uuid('must be a finding id') });

export const findingDecision = z.strictObject({
  /** `upheld` suspends the user in the same step (Acct-C); `referred` does too, and is handed on (Acct-D). */
  outcome: z.enum(findingOutcomes),
  words: z.string().trim().min(10, 'must say why in 10 characters or more').max(2000),
});

export type FindingKind = (typeof findingKinds)[number];
export type FindingAnswer = z.output<typeof finding>;
export type FindingDecision = z.output<typeof findingDecision>;
