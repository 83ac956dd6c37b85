import { z } from 'zod';
import { authorityKinds, recipientKinds } from '../evidence/releases/recipient';
import { releaseStates } from '../evidence/releases/release';
import { time } from './fields';

const words = (least: number, most: number) => z.string().trim().min(least).max(most);

/** Outside law enforcement, and only whom a law lets have it: no commercial or private recipient can be named. */
const recipient = z.strictObject({
  kind: z.enum(
    recipientKinds,
    `must be one of ${recipientKinds.join(', ')}: nothing goes to commercial, contracted or private entities`,
  ),
  name: words(3, 120),
});

/** The law or clause that requires the release, and where that stands. */
const authority = z.strictObject({ kind: z.enum(authorityKinds), citation: words(5, 200) });

export const releaseRequest = z.strictObject({
  evidenceId: z.uuid('must be an evidence id'),
  recipient,
  authority,
});

export const releasePath = z.strictObject({ releaseId: z.uuid('must be a release id') });

export const releaseDecision = z.strictObject({
  decision: z.enum(['approve', 'decline']),
  words: words(1, 1000).optional(),
});

export const release = z.strictObject({
  releaseId: z.uuid(),
  evidenceId: z.uuid(),
  recipient,
  authority,
  state: z.enum(releaseStates),
  requestedBy: z.string(),
  requestedAt: time,
  decidedBy: z.string().optional(),
  decidedAt: time.optional(),
  words: z.string().optional(),
});

export const releasesQuery = z.strictObject({
  after: z
    .string()
    .regex(/^\d{13}#[0-9a-f-]{36}$/, 'must be `next` of another page')
    .optional(),
});

export const releases = z.strictObject({ releases: z.array(release), next: z.string().optional() });

export type ReleaseRequest = z.output<typeof releaseRequest>;
export type ReleaseDecision = z.output<typeof releaseDecision>;
export type ReleaseAnswer = z.output<typeof release>;
