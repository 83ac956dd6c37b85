import { type Alert, raiseAlert, type Sighting, sightingOf } from '../../../core/alerts/alert';
import type { AlertRecord, Verification } from '../../../core/alerts/alert-record';
import type { VerificationRequest } from '../../../core/contract/verification';
import type { Hit } from '../../../core/hot-list/hit';
import type { ListedVehicle } from '../../../core/hot-list/listed-vehicle';
import type { Read } from '../../../core/reads/read';
import { madePlate } from '../plate/made-plate';
import { capturedAtMs, madeRead } from '../reads/made-read';

export const madeEntryId = '00000000-0000-4000-9000-000000000001';
export const windowMs = 15 * 60_000;
export const readIdOf = (n: number) => `0b0c3a52-6a5e-4d0e-9a53-${String(n).padStart(12, '0')}`;

/** The vehicle of `madeRead`, listed by the Department itself. */
export function madeVehicle(changes: Partial<ListedVehicle> = {}): ListedVehicle {
  return {
    list: 'custom',
    listName: 'Custom hot list',
    listedAtMs: Date.parse('2026-11-01T08:00:00Z'),
    entryId: madeEntryId,
    plate: madePlate('TEST123'),
    state: 'IL',
    concern: 'felony-vehicle',
    description: 'Made-up sedan, red',
    cautions: [],
    needsConfirmation: false,
    ...changes,
  };
}

/** The same vehicle as an outside list has it: stolen, and to be confirmed. */
export function madeStolen(changes: Partial<ListedVehicle> = {}): ListedVehicle {
  return madeVehicle({
    list: 'state-list',
    listName: 'Made-up State Police',
    listVersion: '12',
    concern: 'stolen-vehicle',
    needsConfirmation: true,
    ...changes,
  });
}

export function madeHit(changes: Partial<Hit> = {}): Hit {
  return { vehicle: madeVehicle(), grade: 'exact', ...changes };
}

/** The n-th alert, raised n milliseconds after its read was captured; each of its own id. */
export function madeAlert(n = 1, changes: Partial<Alert> = {}): Alert {
  const read = madeRead({ readId: readIdOf(n) });
  const alertId = `3f1d9a70-5c1e-8d0e-9a53-${String(n).padStart(12, '0')}`;
  const nowMs = capturedAtMs + n;
  return { ...raiseAlert(read, madeHit(), { alertId, misreadsBefore: 0, nowMs }), ...changes };
}

export function madeRecord(changes: Partial<AlertRecord> = {}): AlertRecord {
  return { alert: madeAlert(), trail: [], notifications: [], ...changes };
}

/** A further read of the vehicle of `madeAlert`, n minutes later. */
export function madeSighting(n: number, changes: Partial<Read> = {}): Sighting {
  const seenAtMs = capturedAtMs + n * 60_000;
  const read = madeRead({ readId: readIdOf(100 + n), capturedAtMs: seenAtMs, cameraId: `fixed-${n}` });
  return sightingOf({ ...read, ...changes }, madeHit(), seenAtMs + 500);
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

/** Rejected, because the plate image shows other characters. */
export function madeRejection(changes: Partial<VerificationRequest> = {}): VerificationRequest {
  const { checklist } = madeVerification();
  return madeVerification({
    outcome: 'rejected',
    checklist: { ...checklist, characters: 'contradicted' },
    rejection: 'misread',
    ...changes,
  });
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

/** `madeRejection` as it is kept. */
export function madeRejected(changes: Partial<Verification> = {}): Verification {
  const { outcome, checklist } = madeRejection();
  return madeVerified({ outcome, checklist, rejection: 'misread', ...changes });
}
