import { z } from 'zod';
import { networkId, plateText, position, time } from './fields';

/** On every alert (Policy-F, Policy-G). */
export const alertNotice =
  'An alert alone is no ground to detain anyone: reasonable suspicion is needed (Policy-F). ' +
  'Verify the plate image, characters, state and vehicle before any enforcement action (Policy-G).';

export const alertsQuery = z.strictObject({
  /** Absent: the last 12 hours. */
  since: time.optional(),
});

export const alert = z.strictObject({
  alertId: z.uuid(),
  raisedAt: time,
  state: z.enum(['open', 'verified', 'rejected']),
  plate: plateText,
  issuingState: z.string().optional(),
  readId: z.uuid(),
  capturedAt: time,
  cameraId: z.string(),
  network: networkId,
  position,
  confidence: z.number().min(0).max(1),
  notice: z.literal(alertNotice),
  images: z.strictObject({ plate: z.string(), vehicle: z.string() }).optional(),
});

export const alertsResponse = z.strictObject({ alerts: z.array(alert), truncated: z.boolean() });

export type Alert = z.output<typeof alert>;
export type AlertsResponse = z.output<typeof alertsResponse>;
