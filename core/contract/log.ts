import { z } from 'zod';
import { time } from './fields';

const day = z.iso.date({ error: 'must be a day such as 2026-11-24' });
const words = z.string().trim().min(10, 'must say why in 10 characters or more').max(2000);

export const redactionOrder = z.strictObject({
  /** The place of the event in the audit log. */
  logIndex: z.int().nonnegative(),
  because: words,
  /** The law or the court that demands it. */
  authority: z.string().trim().min(4, 'must name the law or the court order').max(500),
});

export const redactionPath = z.strictObject({
  logIndex: z.string().regex(/^(0|[1-9]\d{0,14})$/, 'must be the place of an event in the log'),
});

export const redactionDecision = z.strictObject({
  /** `confirmed` destroys the event's content at once; nothing brings it back. */
  outcome: z.enum(['confirmed', 'declined']),
  words,
});

export const redactionStates = ['ordered', 'declined', 'confirmed', 'done'] as const;

export const redaction = z.strictObject({
  logIndex: z.int().nonnegative(),
  /** `confirmed`: decided and cut off before it was done; the same decision again completes it. */
  state: z.enum(redactionStates),
  because: z.string(),
  authority: z.string(),
  orderedBy: z.string(),
  orderedAt: time,
  decidedBy: z.string().optional(),
  decidedAt: time.optional(),
  words: z.string().optional(),
});

export const redactions = z.strictObject({ redactions: z.array(redaction) });

/** How many leaves one draw may open. */
export const drawnMax = 50;

export const drawRequest = z.strictObject({
  /** Whose published checkpoint the draw follows from. */
  day,
  count: z.int().min(1).max(drawnMax),
});

/** The public record of a draw; anybody can work out its places anew (docs/formats/audit-log.md). */
export const drawRecord = z.strictObject({
  version: z.literal(1),
  day,
  size: z.int().positive(),
  /** Base64. */
  rootHash: z.string(),
  /** Hex; made of the checkpoint. */
  seed: z.string(),
  leaves: z
    .array(
      z.strictObject({
        index: z.int().nonnegative(),
        state: z.enum(['opened', 'redacted', 'failed']),
        /** Base64 of the hash that stands in the log; absent where it failed. */
        leaf: z.string().optional(),
      }),
    )
    .max(drawnMax),
});

export const draw = z.strictObject({
  record: drawRecord,
  /** What opens the leaves that could be opened; for the auditor alone. */
  openings: z.array(
    z.strictObject({ logIndex: z.int().nonnegative(), event: z.string(), commitmentKey: z.string() }),
  ),
});

export type RedactionOrder = z.output<typeof redactionOrder>;
export type RedactionDecision = z.output<typeof redactionDecision>;
export type RedactionAnswer = z.output<typeof redaction>;
export type DrawRequest = z.output<typeof drawRequest>;
export type DrawRecord = z.output<typeof drawRecord>;
export type DrawAnswer = z.output<typeof draw>;
