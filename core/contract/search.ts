import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { networkId, plateText, position, time } from './fields';

/** How far apart `from` and `to` may be; no read lives longer. */
const searchRangeDaysMax = 31;

export const searchRequest = z
  .strictObject({
    /** A plate, or a pattern: `?` stands for one character, `*` for any run of them. */
    plate: z
      .string()
      .trim()
      .max(20)
      .regex(/^[A-Za-z0-9?*][A-Za-z0-9?*\-. ]{1,19}$/, 'must be 2 to 20 letters, digits, ? or *'),
    from: time,
    to: time,
    /** Absent: every network that the caller may search. */
    networks: z.array(networkId).min(1).max(50).optional(),
    purpose: purposeSchema,
    reason: reasonSchema,
    limit: z.int().min(1).max(500).optional(),
  })
  .superRefine((search, context) => {
    const rangeMs = Date.parse(search.to) - Date.parse(search.from);
    if (rangeMs < 0) context.addIssue({ code: 'custom', path: ['to'], message: 'must not be before from' });
    if (rangeMs > searchRangeDaysMax * 86_400_000)
      context.addIssue({
        code: 'custom',
        path: ['from'],
        message: `must be at most ${searchRangeDaysMax} days before to`,
      });
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

export const searchResponse = z.strictObject({
  searchId: z.uuid(),
  networks: z.array(networkId),
  /** Newest first. */
  results: z.array(foundRead),
  /** There is more than was answered; narrow the search. */
  truncated: z.boolean(),
});

export type SearchRequest = z.output<typeof searchRequest>;
export type SearchResponse = z.output<typeof searchResponse>;
export type FoundRead = z.output<typeof foundRead>;

export const imagePath = z.strictObject({
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be an image link'),
});
