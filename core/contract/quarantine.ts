import { z } from 'zod';
import { time } from './fields';

export const quarantineQuery = z.strictObject({
  /** Absent: the last 24 hours. At most 7 days back. */
  since: time.optional(),
});

/** What arrived and was not stored as a read. No plate and no image: those stay sealed. */
export const quarantinedRecord = z.strictObject({
  arrivedAt: time,
  reason: z.string(),
  clause: z.string(),
  cameraId: z.string(),
});

export const quarantineResponse = z.strictObject({
  records: z.array(quarantinedRecord),
  truncated: z.boolean(),
});

export type QuarantinedRecord = z.output<typeof quarantinedRecord>;
export type QuarantineResponse = z.output<typeof quarantineResponse>;
