import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { z } from 'zod';
import type { AlertRecord, Verification } from '../../core/alerts/life-cycle';
import { checks, dispositions, findings } from '../../core/contract/verification';
import { matchGrades } from '../../core/hot-list/index-of-entries';
import { parsePlate } from '../../core/plate/plate';
import type { CaptureDay } from '../../core/retention/day';
import { type DayKey, SealBroken } from '../../core/retention/day-key';
import { whileKept } from '../../core/retention/while-kept';

export type AlertRow = Record<string, AttributeValue>;

/** The sealed attributes of a row: the alert as raised, and what was done with it. */
export type SealedPart = 'sealed' | 'verification' | 'disposition';

const raised = z.strictObject({
  alertId: z.uuid(),
  entryId: z.uuid(),
  readId: z.uuid(),
  state: z.literal('open'),
  grade: z.enum(matchGrades),
  plate: z.string().transform((text, context) => {
    const plate = parsePlate(text);
    if (plate !== undefined) return plate;
    context.addIssue({ code: 'custom', message: 'is not a plate' });
    return z.NEVER;
  }),
  issuingState: z.string().optional(),
  cameraId: z.string(),
  network: z.string(),
  capturedAtMs: z.number(),
  position: z.strictObject({ latitude: z.number(), longitude: z.number() }),
  confidence: z.number(),
  raisedAtMs: z.number(),
});

const verification = z.strictObject({
  outcome: z.enum(['verified', 'rejected']),
  checklist: z.strictObject(
    Object.fromEntries(checks.map((check) => [check, z.enum(findings)])) as Record<
      (typeof checks)[number],
      z.ZodEnum<{ [Key in (typeof findings)[number]]: Key }>
    >,
  ),
  vehicle: z.string(),
  registrationQuery: z.strictObject({ reference: z.string(), finding: z.enum(findings) }).optional(),
  verifiedBy: z.string(),
  verifiedAtMs: z.number(),
});

const disposition = z.strictObject({
  kind: z.enum(dispositions),
  atMs: z.number(),
  suspicion: z.string().optional(),
  recordedBy: z.string(),
  recordedAtMs: z.number(),
});

/** Binds a sealed attribute to its row, its day and its own name: none opens in the place of another. */
export function contextOf(day: CaptureDay, alertId: string, part: SealedPart = 'sealed'): string {
  return part === 'sealed' ? `alert|${day}|${alertId}` : `alert|${day}|${alertId}|${part}`;
}

/**
 * A row as it stands. `unreadable`: altered, moved or damaged, in any of its parts; `undefined`: its day is forgotten
 * by now. The state is that of the sealed verification, whatever the row says in clear.
 */
export function openRow(key: DayKey, row: AlertRow): AlertRecord | 'unreadable' | undefined {
  const alert = openPart(key, row, 'sealed', raised);
  if (typeof alert !== 'object') return alert;
  const verified = row.verification && openPart(key, row, 'verification', verification);
  if (row.verification !== undefined && typeof verified !== 'object') return verified;
  const disposed = row.disposition && openPart(key, row, 'disposition', disposition);
  if (row.disposition !== undefined && typeof disposed !== 'object') return disposed;
  const { issuingState, ...rest } = alert;
  const state = typeof verified === 'object' ? verified.outcome : 'open';
  return {
    alert: { ...rest, ...(issuingState === undefined ? {} : { issuingState }), state },
    ...(typeof verified === 'object' ? { verification: verificationOf(verified) } : {}),
    ...(typeof disposed === 'object' ? { disposition: dispositionOf(disposed) } : {}),
  };
}

function openPart<T>(
  key: DayKey,
  row: AlertRow,
  part: SealedPart,
  schema: z.ZodType<T>,
): T | 'unreadable' | undefined {
  const alertId = row.alertId?.S;
  const sealed = row[part]?.B;
  if (alertId === undefined || sealed === undefined) return 'unreadable';
  try {
    const bytes = whileKept(() => key.open(sealed, contextOf(key.day, alertId, part)));
    return bytes && parsed(bytes, schema);
  } catch (error) {
    if (error instanceof SealBroken) return 'unreadable';
    throw error;
  }
}

function parsed<T>(bytes: Uint8Array, schema: z.ZodType<T>): T | 'unreadable' {
  const result = schema.safeParse(jsonOf(bytes));
  return result.success ? result.data : 'unreadable';
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}

function verificationOf({ registrationQuery, ...rest }: z.output<typeof verification>): Verification {
  return { ...rest, ...(registrationQuery === undefined ? {} : { registrationQuery }) };
}

function dispositionOf({ suspicion, ...rest }: z.output<typeof disposition>) {
  return { ...rest, ...(suspicion === undefined ? {} : { suspicion }) };
}
