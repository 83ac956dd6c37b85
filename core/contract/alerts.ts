import { z } from 'zod';
import { matchGrades } from '../hot-list/grade';
import { cautions, concerns } from '../hot-list/listed-vehicle';
import { networkId, plateText, position, time } from './fields';

/** On every alert (Policy-F, Policy-G). */
export const alertNotice =
  'An alert alone is no ground to detain anyone: reasonable suspicion is needed (Policy-F). ' +
  'Verify the plate image, characters, state and vehicle before any enforcement action (Policy-G).';

export const alertsQuery = z.strictObject({
  /** Absent: the last 12 hours. */
  since: time.optional(),
});

export const alertStates = ['open', 'acknowledged', 'verified', 'rejected'] as const;

/** Why an alert was rejected; it flows back to whoever keeps the list. */
export const rejectionReasons = ['misread', 'wrong-state', 'stale-entry', 'other-vehicle'] as const;

/** One more place where the vehicle of an alert was seen within the alert's window. */
const sighting = z.strictObject({
  readId: z.uuid(),
  capturedAt: time,
  cameraId: z.string(),
  network: networkId,
  position,
});

/** What is listed, as far as an officer needs it: never who asked for the entry or why (Policy-H.a). */
const listed = z.strictObject({
  list: z.string(),
  listName: z.string(),
  listVersion: z.string().optional(),
  listedAt: time,
  plate: plateText,
  state: z.string().optional(),
  concern: z.enum(concerns),
  description: z.string().optional(),
  instructions: z.string().optional(),
  cautions: z.array(z.enum(cautions)),
  /** A LEADS or NCIC confirmation with its reference and time is asked for before it can be verified. */
  needsConfirmation: z.boolean(),
});

/** A stolen vehicle inside a neighbouring jurisdiction: that agency is told before any enforcement (Policy-I). */
const neighbourTask = z.strictObject({
  neighbour: z.string(),
  name: z.string(),
  /** Absent: still to be done. */
  notifiedAt: time.optional(),
});

export const alert = z.strictObject({
  alertId: z.uuid(),
  raisedAt: time,
  state: z.enum(alertStates),
  grade: z.enum(matchGrades),
  /** A caution cannot be muted. */
  priority: z.enum(['caution', 'ordinary']),
  plate: plateText,
  issuingState: z.string().optional(),
  readId: z.uuid(),
  capturedAt: time,
  cameraId: z.string(),
  network: networkId,
  position,
  confidence: z.number().min(0).max(1),
  listed,
  /** Later sightings within the same window, in the order of capture. */
  trail: z.array(sighting),
  neighbourTasks: z.array(neighbourTask),
  /** Earlier alerts of this entry that were rejected as misreads: look twice. */
  misreadsBefore: z.int().nonnegative(),
  escalated: z.boolean(),
  notice: z.literal(alertNotice),
  images: z.strictObject({ plate: z.string(), vehicle: z.string() }).optional(),
});

export const alertsResponse = z.strictObject({ alerts: z.array(alert), truncated: z.boolean() });

export const acknowledgement = z.strictObject({
  /** The officer's own position; inside a neighbour's border it opens the task to tell them (Policy-I). */
  position: position.optional(),
});
export const acknowledgedAlert = z.strictObject({
  alertId: z.uuid(),
  state: z.enum(alertStates),
  acknowledgedBy: z.string(),
  acknowledgedAt: time,
  neighbourTasks: z.array(neighbourTask),
});

/** That a neighbouring agency was told, before enforcement inside its border (Policy-I). */
export const neighbourNotification = z.strictObject({
  neighbour: z.string().min(1).max(40),
  /** Who was told there, and how: `dispatch by radio`, a name and a number. */
  told: z.string().trim().min(3, 'must say who was told and how').max(200),
  at: time,
});
export const recordedNotification = z.strictObject({
  alertId: z.uuid(),
  neighbour: z.string(),
  at: time,
  recordedBy: z.string(),
  recordedAt: time,
});

export type Alert = z.output<typeof alert>;
export type AlertsResponse = z.output<typeof alertsResponse>;
export type Acknowledgement = z.output<typeof acknowledgement>;
export type NeighbourNotification = z.output<typeof neighbourNotification>;
