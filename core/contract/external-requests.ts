import { z } from 'zod';
import { permittedPurposes } from '../access/purpose';
import { agencyKinds, agency as configuredAgency } from './configuration-parts';
import { networkId, plateText, position, time } from './fields';
import { declaration, words } from './sharing';

/** A federal, state, county or municipal law-enforcement agency, wherever it is (Storage-C, Storage-D). */
const requester = configuredAgency.pick({ name: true, kind: true, state: true });

/** What another agency asks in an active criminal investigation of its own (Storage-C). */
export const externalRequestEntry = z.strictObject({
  agency: requester,
  officer: words(3, 120),
  /** The requester's own case. */
  caseNumber: words(1, 40),
  /** The law or order under which it investigates. */
  authority: words(5, 300),
  purpose: z.enum(permittedPurposes, `must be one of ${permittedPurposes.join(', ')}`),
  /** What is investigated. */
  details: words(10, 1000),
  declaration: declaration.optional(),
  /** Why it could not wait for CID command or CIAU; needed of everybody else (Storage-C.a). */
  exigency: words(20, 1000).optional(),
});

export const externalRequestPath = z.strictObject({ requestId: z.uuid('must be a request id') });

/** One complete plate: an individual query, never a pattern. */
export const externalAnswer = z
  .strictObject({
    plate: z
      .string()
      .trim()
      .regex(/^[A-Za-z0-9][A-Za-z0-9\-. ]{1,11}$/, 'must be a complete plate'),
    from: time,
    to: time,
    exigency: words(20, 1000).optional(),
  })
  .refine(({ from, to }) => Date.parse(from) <= Date.parse(to), {
    path: ['to'],
    message: 'must not be before from',
  });

export const externalDecline = z.strictObject({ because: words(10, 1000) });

export const externalRequest = z.strictObject({
  requestId: z.uuid(),
  ...externalRequestEntry.omit({ agency: true }).shape,
  agency: z.strictObject({ name: z.string(), kind: z.enum(agencyKinds), state: z.string() }),
  state: z.enum(['received', 'answered', 'declined']),
  steps: z.array(
    z.strictObject({
      kind: z.enum(['received', 'answered', 'declined']),
      by: z.string(),
      at: time,
      words: z.string().optional(),
    }),
  ),
  /** Of an answered one: how many reads it held, and to whom the requester was referred. */
  reads: z.int().nonnegative().optional(),
  referredTo: z.array(z.string()).optional(),
});

export const externalRequests = z.strictObject({
  requests: z.array(externalRequest),
  truncated: z.boolean(),
});

export const releasedRead = z.strictObject({
  readId: z.uuid(),
  plate: plateText,
  confidence: z.number().min(0).max(1),
  capturedAt: time,
  cameraId: z.string(),
  network: networkId,
  position,
});

/** The Department's own reads, and the agencies to ask for theirs: never their data (Storage-C). */
export const externalAnswerResponse = z.strictObject({
  request: externalRequest,
  results: z.array(releasedRead),
  truncated: z.boolean(),
  /** Agencies whose networks hold leads. */
  referTo: z.array(z.strictObject({ agencyId: z.string(), name: z.string() })),
});

export type ExternalRequestEntry = z.output<typeof externalRequestEntry>;
export type ExternalAnswer = z.output<typeof externalAnswer>;
export type ExternalRequestAnswer = z.output<typeof externalRequest>;
export type ReleasedRead = z.output<typeof releasedRead>;
