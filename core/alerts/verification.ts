import type { VerificationRequest } from '../contract/verification';
import { parsePlate } from '../plate/plate';
import type { AlertRecord, Check, Rejection, Verification } from './alert-record';
import { type AlertRefusal, isSame, refused, refusedByState } from './alert-refusal';
import type { By } from './life-cycle';

export type Verified = { readonly kind: 'verified'; readonly verification: Verification } | AlertRefusal;

/**
 * Open or acknowledged becomes verified or rejected, once (Policy-G), by a user who was shown both images. Verified only
 * where each check is confirmed, no registration query speaks against it, and what an outside list says was confirmed by
 * one since the alert. Rejected only with a reason that the checklist bears out. Who verifies an open alert has taken it
 * on with the same step: an officer beside the vehicle fills in one form, not two.
 */
export function verifyAlert(
  record: AlertRecord,
  request: VerificationRequest,
  by: By & { readonly imagesShown: { readonly plate: boolean; readonly vehicle: boolean } },
): Verified {
  const verification = asKept(request, by);
  const before = record.verification;
  if (before !== undefined)
    return isSame({ ...verification, verifiedAtMs: before.verifiedAtMs }, before)
      ? { kind: 'verified', verification: before }
      : refusedByState('Policy-G', `The alert is ${before.outcome} already.`);
  if (!by.imagesShown.plate || !by.imagesShown.vehicle) return imagesFirst;
  if ((verification.registrationQuery?.atMs ?? 0) > by.nowMs) return queriedLater;
  const against =
    verification.outcome === 'verified' ? againstYes(record, verification) : againstNo(record, verification);
  return against ?? { kind: 'verified', verification };
}

function asKept(request: VerificationRequest, by: By): Verification {
  const { outcome, checklist, vehicle, registrationQuery: query, rejection, actualPlate } = request;
  return {
    outcome,
    checklist,
    vehicle,
    ...(query === undefined
      ? {}
      : {
          registrationQuery: {
            reference: query.reference,
            finding: query.finding,
            atMs: Date.parse(query.at),
          },
        }),
    ...(rejection === undefined ? {} : { rejection }),
    ...(actualPlate === undefined ? {} : { actualPlate }),
    verifiedBy: by.username,
    verifiedAtMs: by.nowMs,
  };
}

function againstYes({ alert }: AlertRecord, verification: Verification): AlertRefusal | undefined {
  const { checklist, registrationQuery: query, rejection } = verification;
  if (rejection !== undefined) return reasonWithoutRejection;
  const isConfirmed = Object.values(checklist).every((each) => each === 'confirmed');
  if (!isConfirmed || query?.finding === 'contradicted') return notConfirmed;
  if (!alert.vehicle.needsConfirmation) return undefined;
  const isBacked = query?.finding === 'confirmed' && query.atMs >= alert.raisedAtMs;
  return isBacked ? undefined : confirmFirst;
}

/** Of which checks a reason speaks: at least one of them must not confirm. A stale entry is a fault of the list alone. */
const bornOutBy: Readonly<Record<Rejection, readonly Check[]>> = {
  misread: ['plateImage', 'characters'],
  'wrong-state': ['issuingState'],
  'other-vehicle': ['vehicleImage', 'vehicleDescription'],
  'stale-entry': [],
};

function againstNo({ alert }: AlertRecord, verification: Verification): AlertRefusal | undefined {
  const { checklist, rejection, actualPlate } = verification;
  if (rejection === undefined) return reasonMissing;
  const checks = bornOutBy[rejection];
  if (checks.length > 0 && checks.every((check) => checklist[check] === 'confirmed')) return nothingAgainst;
  if (actualPlate === undefined) return undefined;
  const plate = parsePlate(actualPlate);
  return plate === undefined || plate === alert.vehicle.plate ? notAnotherPlate : undefined;
}

const imagesFirst = refused(
  'Policy-G',
  'You have not been shown both images of this alert in the last hour.',
  'Open the plate image and the vehicle image of the alert, then fill in the checklist.',
);
const queriedLater = refused(
  'Policy-G',
  'The time of the registration query is in the future.',
  'Give the time when it was answered.',
);
const notConfirmed = refused(
  'Policy-G',
  'An alert is verified only when every check is confirmed and no registration query contradicts it.',
  'Reject the alert, or look again at what is not confirmed.',
);
const confirmFirst = refused(
  'Policy-G',
  'This vehicle is on a list of another agency: it is verified only with a LEADS or NCIC query that confirms it and was answered after the alert.',
  'Run the query and give its reference and time.',
);
const reasonMissing = refused(
  'Policy-G',
  'A rejection says why: misread, wrong state, stale entry or other vehicle.',
  'Give the reason; it goes back to whoever keeps the list.',
);
const reasonWithoutRejection = refused(
  'Policy-G',
  'A verified alert has no reason for a rejection.',
  'Leave the reason out, or reject the alert.',
);
const nothingAgainst = refused(
  'Policy-G',
  'The checklist confirms what the reason for the rejection denies.',
  'Say which check does not confirm, give another reason, or verify the alert.',
);
const notAnotherPlate = refused(
  'Policy-G',
  'The characters that you give are no plate, or are those of the listed plate.',
  'Give the characters that the plate image shows, or leave them out.',
);
