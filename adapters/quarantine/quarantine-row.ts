import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type QuarantineReason, quarantineClauses } from '../../core/reads/admit';
import { type CaptureDay, captureDay, captureHour, forgottenAtMs } from '../../core/retention/day';

/** What a row of quarantine says in clear: when something arrived, from which camera, and why it was refused. */
export interface RefusalFacts {
  readonly reason: QuarantineReason;
  /** As claimed; absent if what arrived names none. */
  readonly cameraId?: string;
  readonly arrivedAtMs: number;
  /** The same for the same arrival, so that a repeated delivery is one row: read id, sequence number, frame name. */
  readonly id: string;
}

/** The row of a refusal, kept no longer than what was captured on `day`; the day of arrival unless named. */
export function quarantineRow(
  refused: RefusalFacts,
  { retentionDays, day = captureDay(refused.arrivedAtMs) }: { retentionDays: number; day?: CaptureDay },
): Record<string, AttributeValue> {
  return {
    hour: { S: captureHour(refused.arrivedAtMs) },
    arrival: { S: arrivalOf(refused) },
    reason: { S: refused.reason },
    clause: { S: quarantineClauses[refused.reason] },
    cameraId: { S: refused.cameraId ?? 'unknown' },
    day: { S: day },
    expiresAt: { N: String(forgottenAtMs(day, retentionDays) / 1000) },
  };
}

export function arrivalOf(refused: Pick<RefusalFacts, 'arrivedAtMs' | 'id'>): string {
  return `${String(refused.arrivedAtMs).padStart(13, '0')}#${refused.id}`;
}
