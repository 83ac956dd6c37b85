import { z } from 'zod';
import { siteStates, siteStepKinds } from '../cameras/site';
import { networkId, time } from './fields';

const words = (least: number, most: number) => z.string().trim().min(least).max(most);
const day = z.iso.date('must be a date such as 2026-11-24');

/** The multi-point analysis that Policy-E asks for; every figure names its period and source. */
export const siteAnalysis = z.strictObject({
  period: z.strictObject({ from: day, to: day }).refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'must not be before `from`',
  }),
  source: words(3, 500),
  incidents: z.int().nonnegative().max(1_000_000),
  history: words(20, 4000),
  violentCrimesPerSquareMile: z.number().nonnegative().max(1_000_000),
  crashes: z.int().nonnegative().max(1_000_000),
});

export const siteProposal = z.strictObject({
  name: words(3, 120),
  network: networkId,
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  analysis: siteAnalysis,
  /** The installed site whose camera is to move here: a relocation is a new proposal. */
  relocates: z.uuid('must be a site id').optional(),
});

export const siteDecision = z.discriminatedUnion(
  'decision',
  [
    z.strictObject({ decision: z.literal('approve'), words: words(1, 1000).optional() }),
    z.strictObject({ decision: z.literal('return'), words: words(10, 1000) }),
  ],
  { error: (issue) => (issue.code === 'invalid_union' ? 'must be one of approve, return' : undefined) },
);

export const cameraIdText = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be lower-case letters, digits and hyphens, at most 40');

export const installation = z.strictObject({ cameraId: cameraIdText });
export const sitePath = z.strictObject({ siteId: z.uuid('must be a site id') });

export const site = z.strictObject({
  siteId: z.uuid(),
  name: z.string(),
  network: networkId,
  latitude: z.number(),
  longitude: z.number(),
  analysis: siteAnalysis,
  state: z.enum(siteStates),
  steps: z.array(
    z.strictObject({
      kind: z.enum(siteStepKinds),
      by: z.string(),
      at: time,
      words: z.string().optional(),
      cameraId: z.string().optional(),
    }),
  ),
  relocates: z.uuid().optional(),
  cameraId: z.string().optional(),
});

export const sites = z.strictObject({ sites: z.array(site) });

export type SiteProposalRequest = z.output<typeof siteProposal>;
export type SiteDecisionRequest = z.output<typeof siteDecision>;
export type SiteAnswer = z.output<typeof site>;
