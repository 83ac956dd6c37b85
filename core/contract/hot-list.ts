import { z } from 'zod';
import { purposeSchema } from '../access/purpose';
import { reasonSchema } from '../access/reason';
import { cautions, concerns } from '../hot-list/listed-vehicle';
import { plateText, time } from './fields';

/** Complete: no `?` and no `*` (Policy-H.e). */
const completePlate = z
  .string()
  .trim()
  .max(20)
  .regex(/^[A-Za-z0-9][A-Za-z0-9\-. ]{1,19}$/, 'must be a complete plate, without ? or *');

const state = z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter state code such as IL');

export const hotListEntryRequest = z.strictObject({
  plate: completePlate,
  state: state.optional(),
  purpose: purposeSchema,
  reason: reasonSchema,
  /** The written statement of reasonable suspicion (Policy-H.c). */
  suspicion: z
    .string()
    .trim()
    .min(20, 'must say in 20 characters or more what the suspicion rests on')
    .max(2000),
  /** What the vehicle is listed for; an officer sees it on the alert. */
  concern: z.enum(concerns),
  /** Make, model, colour and other descriptors, as the vehicle image is checked against them (Policy-G). */
  description: z.string().trim().min(3).max(200).optional(),
  /** What an officer should do on an alert. */
  instructions: z.string().trim().min(3).max(500).optional(),
  cautions: z.array(z.enum(cautions)).max(cautions.length).optional(),
  /** Usernames told of each alert beside the officers on duty, while they are on duty themselves. */
  notify: z.array(z.string().trim().min(1).max(128)).max(10).optional(),
  /** At most 30 days ahead (Policy-H.f). */
  expiresAt: time,
  /** Whose crime it is, an agency id; another agency's needs `jointCase` (Policy-H.h). */
  jurisdiction: z.string().min(1).max(40),
  jointCase: z.string().trim().min(1).max(200).optional(),
});

/** One more stretch of an entry, approved by a lieutenant (Policy-H.f). */
const extension = z.strictObject({
  until: time,
  suspicion: z.string(),
  approvedBy: z.string(),
  approvedAt: time,
});

/** A commander's entry that the oncoming shift's commander took over and answers for since (Policy-H.f). */
const handover = z.strictObject({ from: z.string(), to: z.string(), at: time });

export const hotListEntry = z.strictObject({
  entryId: z.uuid(),
  plate: plateText,
  state: z.string().optional(),
  status: z.enum(['requested', 'approved', 'removed', 'expired']),
  purpose: purposeSchema,
  reason: reasonSchema,
  suspicion: z.string(),
  concern: z.enum(concerns),
  description: z.string().optional(),
  instructions: z.string().optional(),
  cautions: z.array(z.enum(cautions)),
  notify: z.array(z.string()),
  jurisdiction: z.string(),
  jointCase: z.string().optional(),
  requestedBy: z.string(),
  requestedAt: time,
  /** Who answers for it: its author, or the commander who took it over last. */
  responsible: z.string(),
  /** A commander's: active without an approval, ends with the shift, and is handed over instead of extended. */
  isShiftBound: z.boolean(),
  approvedBy: z.string().optional(),
  approvedAt: time.optional(),
  extensions: z.array(extension),
  handovers: z.array(handover),
  removedBy: z.string().optional(),
  removedAt: time.optional(),
  expiresAt: time,
});

export const hotListEntries = z.strictObject({ entries: z.array(hotListEntry) });

export const entryPath = z.strictObject({ entryId: z.uuid('must be an entry id') });

export const extensionRequest = z.strictObject({
  /** At most 30 days after the present end (Policy-H.f). */
  until: time,
  /** Why the suspicion still stands. */
  suspicion: z
    .string()
    .trim()
    .min(20, 'must say in 20 characters or more why the suspicion still stands')
    .max(2000),
});

export const previewRequest = z.strictObject({ plate: completePlate, state: state.optional() });

/** Which readings of other plates an entry would alert on as well, so that its author knows whom it may bother. */
export const preview = z.strictObject({
  plate: plateText,
  /** How many plates fold to the same key, the entry's own counted. */
  lookAlikes: z.int().positive(),
  /** The first of them, in order. */
  examples: z.array(plateText).max(50),
  /** Whether readings with one character missing, extra or wrong alert too. */
  near: z.boolean(),
});

/** An outside list as it stands: where it is from, how old it is, and what its last delivery changed. */
export const outsideList = z.strictObject({
  list: z.string(),
  name: z.string(),
  listVersion: z.string().optional(),
  deliveredAt: time.optional(),
  entries: z.int().nonnegative(),
  added: z.int().nonnegative(),
  removed: z.int().nonnegative(),
  changed: z.int().nonnegative(),
  refusedRows: z.int().nonnegative(),
  /** Older than its source promised. */
  isOverdue: z.boolean(),
  /** A delivery that would remove more than the configured share waits for a confirmation. */
  held: z
    .strictObject({
      deliveryId: z.string(),
      arrivedAt: time,
      entries: z.int().nonnegative(),
      removed: z.int().nonnegative(),
    })
    .optional(),
});
export const outsideLists = z.strictObject({ lists: z.array(outsideList) });
export const outsideListPath = z.strictObject({
  list: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be a list id'),
});
export const heldDecision = z.strictObject({
  deliveryId: z.string().trim().min(1).max(100),
  outcome: z.enum(['confirm', 'discard']),
});

export type HotListEntryRequest = z.output<typeof hotListEntryRequest>;
export type HotListEntry = z.output<typeof hotListEntry>;
export type ExtensionRequest = z.output<typeof extensionRequest>;
export type PreviewRequest = z.output<typeof previewRequest>;
export type Preview = z.output<typeof preview>;
export type OutsideListAnswer = z.output<typeof outsideList>;
