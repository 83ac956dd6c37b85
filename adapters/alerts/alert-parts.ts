import { z } from 'zod';
import type { Acknowledgement, Disposition, Verification } from '../../core/alerts/alert-record';
import { rejectionReasons } from '../../core/contract/alerts';
import { checks, dispositions, findings } from '../../core/contract/verification';
import { matchGrades } from '../../core/hot-list/grade';
import { cautions, concerns, type ListedVehicle } from '../../core/hot-list/listed-vehicle';
import { type Plate, parsePlate } from '../../core/plate/plate';

/** What the sealed attributes of an alert's row hold. */

const plate = z.string().transform((text, context): Plate => {
  const parsed = parsePlate(text);
  if (parsed !== undefined) return parsed;
  context.addIssue({ code: 'custom', message: 'is not a plate' });
  return z.NEVER;
});

const position = z.strictObject({ latitude: z.number(), longitude: z.number() });
const ms = z.int().nonnegative();
const finding = z.enum(findings);

const seen = {
  readId: z.uuid(),
  grade: z.enum(matchGrades),
  plate,
  issuingState: z.string().exactOptional(),
  cameraId: z.string(),
  network: z.string(),
  capturedAtMs: z.number(),
  position,
  confidence: z.number(),
};

const vehicle: z.ZodType<ListedVehicle> = z.strictObject({
  list: z.string(),
  listName: z.string(),
  listVersion: z.string().exactOptional(),
  listedAtMs: z.number(),
  entryId: z.uuid(),
  plate,
  state: z.string().exactOptional(),
  concern: z.enum(concerns),
  description: z.string().exactOptional(),
  instructions: z.string().exactOptional(),
  cautions: z.array(z.enum(cautions)),
  needsConfirmation: z.boolean(),
  told: z.array(z.string()).exactOptional(),
});

export const raisedPart = z.strictObject({
  ...seen,
  alertId: z.uuid(),
  entryId: z.uuid(),
  state: z.literal('open'),
  vehicle,
  misreadsBefore: z.int().nonnegative(),
  raisedAtMs: ms,
});

export const sightingPart = z.strictObject({ ...seen, recordedAtMs: ms });

export const acknowledgementPart: z.ZodType<Acknowledgement> = z.strictObject({
  acknowledgedBy: z.string(),
  acknowledgedAtMs: ms,
  position: position.exactOptional(),
});

export const verificationPart: z.ZodType<Verification> = z.strictObject({
  outcome: z.enum(['verified', 'rejected']),
  checklist: z.record(z.enum(checks), finding),
  vehicle: z.string(),
  registrationQuery: z.strictObject({ reference: z.string(), finding, atMs: ms }).exactOptional(),
  rejection: z.enum(rejectionReasons).exactOptional(),
  actualPlate: z.string().exactOptional(),
  verifiedBy: z.string(),
  verifiedAtMs: ms,
});

export const dispositionPart: z.ZodType<Disposition> = z.strictObject({
  kind: z.enum(dispositions),
  atMs: ms,
  suspicion: z.string().exactOptional(),
  action: z.string().exactOptional(),
  place: position.exactOptional(),
  recordedBy: z.string(),
  recordedAtMs: ms,
});

export const notificationPart = z.strictObject({
  neighbour: z.string(),
  told: z.string(),
  atMs: ms,
  recordedBy: z.string(),
  recordedAtMs: ms,
});

export const suppressionPart = z.strictObject({
  entryId: z.uuid(),
  alertId: z.uuid(),
  plate,
  issuingState: z.string().exactOptional(),
  grade: z.enum(matchGrades),
  rejection: z.enum(rejectionReasons),
});
