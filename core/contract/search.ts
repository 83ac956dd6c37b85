import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { networkId, plateText, position, time } from './fields';
import { searchPlace } from './search-place';

/** How far apart `from` and `to` may be; no read lives longer. */
const searchRangeDaysMax = 31;

/**
 * What is searched for: a plate, in full or in part, or a place; exactly one of them. There is no filter by make, model
 * or colour, because reads carry none.
 */
export const searchRequest = z
  .strictObject({
    /** A plate, or a pattern: `?` stands for one character, `*` for any run of them. */
    plate: z
      .string()
      .trim()
      .max(20)
      .regex(/^[A-Za-z0-9?*][A-Za-z0-9?*\-. ]{1,19}$/, 'must be 2 to 20 letters, digits, ? or *')
      .optional(),
    /**
     * Of a whole plate: answers too what differs only where readers confuse characters (0 O Q D, 1 I L, 2 Z, 5 S, 6 G,
     * 8 B), marked `look-alike`. Absent: only what was read exactly so.
     */
    lookAlikes: z.boolean().optional(),
    place: searchPlace.optional(),
    from: time,
    to: time,
    /** Absent: every network that the caller may search. */
    networks: z.array(networkId).min(1).max(50).optional(),
    /** Two letters. Leaves out reads of other states, and those of which the state could not be told. */
    state: z
      .string()
      .regex(/^[A-Z]{2}$/, 'must be a two-letter state code such as IL')
      .optional(),
    purpose: purposeSchema,
    reason: reasonSchema,
    /** Reads on a page; the deployment's cap when absent or above it. */
    limit: z.int().min(1).max(500).optional(),
  })
  .superRefine((search, context) => {
    const fault = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const rangeMs = Date.parse(search.to) - Date.parse(search.from);
    if (rangeMs < 0) fault('to', 'must not be before from');
    if (rangeMs > searchRangeDaysMax * 86_400_000)
      fault('from', `must be at most ${searchRangeDaysMax} days before to`);
    if ((search.plate === undefined) === (search.place === undefined))
      fault('plate', 'name either a plate or a place, not both');
    if (search.lookAlikes && !/^[^?*]+$/.test(search.plate ?? ''))
      fault('lookAlikes', 'goes with a whole plate; a pattern says itself what may differ');
  });

export const foundRead = z.strictObject({
  readId: z.uuid(),
  plate: plateText,
  /** `look-alike`: the characters differ where the reader is known to confuse them, such as O and 0. */
  match: z.enum(['exact', 'look-alike']),
  candidates: z.array(z.strictObject({ plate: plateText, probability: z.number() })),
  confidence: z.number().min(0).max(1),
  state: z.string().optional(),
  capturedAt: time,
  cameraId: z.string(),
  network: networkId,
  position,
  /** One-time paths, good for 15 minutes, for the user who searched. */
  images: z.strictObject({ plate: z.string(), vehicle: z.string() }),
});

/** One page: the first answers the search itself, the others the tokens. */
export const searchResponse = z.strictObject({
  searchId: z.uuid(),
  /** 1: the first. */
  page: z.int().min(1),
  networks: z.array(networkId),
  /** Newest first, over all pages. */
  results: z.array(foundRead),
  /** There is more than one search may answer; narrow it. Said on the last page. */
  truncated: z.boolean(),
  /** Token of the next page, good for 15 minutes, for the user who searched. Absent: this is the last. */
  nextPage: z.string().optional(),
});

export const searchPath = z.strictObject({ searchId: z.uuid('must be a search id') });
export const pageRequest = z.strictObject({
  page: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be the token of a page'),
});

/** Who asked what, when and why, and how much was answered; never a read. */
export const searchRecord = z.strictObject({
  searchId: z.uuid(),
  username: z.string(),
  agency: z.string(),
  askedAt: time,
  plate: z.string().optional(),
  lookAlikes: z.boolean().optional(),
  place: searchPlace.optional(),
  from: time,
  to: time,
  state: z.string().optional(),
  /** Those that the search named, or that were open to the user when it was made. */
  networks: z.array(networkId),
  purpose: purposeSchema,
  reason: reasonSchema,
  pages: z.int(),
  reads: z.int(),
  /** For whoever made the search alone: the ids of the reads that it answered and that are not forgotten. */
  readIds: z.array(z.uuid()).optional(),
});

export type SearchRequest = z.output<typeof searchRequest>;
export type SearchResponse = z.output<typeof searchResponse>;
export type SearchRecordAnswer = z.output<typeof searchRecord>;
export type FoundRead = z.output<typeof foundRead>;

export const imagePath = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be an image link'),
});
