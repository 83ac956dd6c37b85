import { type Alert, raiseAlert } from '../../../core/alerts/alert';
import type { Verification } from '../../../core/alerts/life-cycle';
import type { VerificationRequest } from '../../../core/contract/verification';
import { entryIdOf } from '../hot-list/made-entry';
import { capturedAtMs, madeRead } from '../reads/made-read';

/** The n-th alert, raised n milliseconds after its read was captured. */
export function madeAlert(n = 1, changes: Partial<Alert> = {}): Alert {
  const readId = `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;
  const match = { entryId: entryIdOf(1), grade: 'exact' } as const;
  return { ...raiseAlert(madeRead({ readId }), match, capturedAtMs + n), ...changes };
}

/** Verified, every check confirmed. */
export function madeVerification(changes: Partial<VerificationRequest> = {}): VerificationRequest {
  return {
    outcome: 'verified',
    checklist: {
      plateImage: 'confirmed',
      characters: 'confirmed',
      issuingState: 'confirmed',
      vehicleImage: 'confirmed',
      vehicleDescription: 'confirmed',
    },
    vehicle: 'Made-up make and model, red',
    ...changes,
  };
}

/** `madeVerification` as it is kept. */
export function madeVerified(changes: Partial<Verification> = {}): Verification {
  const { outcome, checklist, vehicle } = madeVerification();
  return {
    outcome,
    checklist,
    vehicle,
    verifiedBy: 'made-up.officer',
    verifiedAtMs: Date.parse('2026-11-24T12:00:00Z'),
    ...changes,
  };
}
