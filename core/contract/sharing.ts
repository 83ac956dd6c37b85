import { z } from 'zod';
import { agency, agencyKinds, id } from './configuration-parts';
import { networkId, time } from './fields';

export const words = (least: number, most: number) =>
  z.string().trim().min(least, `must have ${least} characters or more`).max(most);
const day = z.iso.date('must be a date such as 2027-06-30');

/** What an agency signed: that nothing is used against lawful health care or for immigration status (Storage-E). */
export const declaration = z.strictObject({
  signedBy: words(3, 120),
  signedOn: day,
  /** Where the signed paper is filed. */
  reference: words(3, 200),
});

export const agencyPath = z.strictObject({ agencyId: id });
export const agreementPath = z.strictObject({ agreementId: z.uuid('must be an agreement id') });

/** Law-enforcement agencies only: no other kind can be written down (Storage-D). */
export const agencyProposal = agency.pick({ id: true, name: true, kind: true, state: true });

export const agreementProposal = z.strictObject({
  agencyId: id,
  /** Networks of the agency that the Department's officers may search. */
  opensToUs: z.array(networkId).max(50),
  /** Networks of the Department that the agency's officers may search. */
  searchesOurs: z.array(networkId).max(50),
  /** The reads of the agency's cameras are compared with the hot lists, too. */
  matchesHotLists: z.boolean(),
  /** The last day, inclusive, UTC. */
  until: day,
  /** Where the agreement itself is filed. */
  document: words(3, 200),
  declaration,
});

export const exigentGrantProposal = z.strictObject({
  agencyId: id,
  searchesOurs: z.array(networkId).min(1).max(50),
  hours: z.int().min(1).max(72),
  justification: words(20, 1000),
});

export const revocation = z.strictObject({ because: words(10, 500) });

const stepKinds = ['proposed', 'confirmed', 'approved', 'ended'] as const;
const step = z.strictObject({
  kind: z.enum(stepKinds),
  by: z.string(),
  at: time,
  words: z.string().optional(),
});

/** An agency as it stands on the register. */
export const registeredAgency = z.strictObject({
  agencyId: id,
  name: z.string(),
  kind: z.enum(agencyKinds),
  state: z.string(),
  stage: z.enum(['proposed', 'confirmed']),
  steps: z.array(step),
});

export const agreement = z.strictObject({
  agreementId: z.uuid(),
  agencyId: id,
  kind: z.enum(['standing', 'exigent']),
  opensToUs: z.array(networkId),
  searchesOurs: z.array(networkId),
  matchesHotLists: z.boolean(),
  stage: z.enum(['proposed', 'in-force', 'ended']),
  until: day.optional(),
  hours: z.int().optional(),
  document: z.string().optional(),
  declaration: declaration.optional(),
  justification: z.string().optional(),
  /** When it ends by itself; absent while it is proposed. */
  endsAt: time.optional(),
  steps: z.array(step),
});

/** What is shared with an agency at this moment. */
export const sharedWith = z.strictObject({
  agencyId: id,
  name: z.string(),
  kind: z.enum(agencyKinds),
  state: z.string(),
  agreement: z.enum(['standing', 'exigent', 'none']),
  opensToUs: z.array(networkId),
  searchesOurs: z.array(networkId),
  endsAt: time.optional(),
});

export const sharingAnswer = z.strictObject({
  /** Every agency that the system knows, as it stands now. */
  now: z.array(sharedWith),
  agencies: z.array(registeredAgency),
  agreements: z.array(agreement),
});

export type Declaration = z.output<typeof declaration>;
export type AgencyProposal = z.output<typeof agencyProposal>;
export type AgreementProposal = z.output<typeof agreementProposal>;
export type ExigentGrantProposal = z.output<typeof exigentGrantProposal>;
export type AgencyAnswer = z.output<typeof registeredAgency>;
export type AgreementAnswer = z.output<typeof agreement>;
export type SharedWith = z.output<typeof sharedWith>;
export type SharingAnswer = z.output<typeof sharingAnswer>;
