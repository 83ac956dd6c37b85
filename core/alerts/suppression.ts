import type { MatchGrade } from '../hot-list/grade';
import type { Plate } from '../plate/plate';
import type { AlertRecord, Rejection, Verification } from './alert-record';

/** A reading that a user rejected after looking at its images. */
export interface Suppression {
  readonly entryId: string;
  /** The alert that was rejected. */
  readonly alertId: string;
  readonly plate: Plate;
  readonly issuingState?: string;
  readonly grade: MatchGrade;
  readonly rejection: Rejection;
}

/** A reading that matched an entry. */
export interface Reading {
  readonly plate: Plate;
  readonly state?: string;
  readonly grade: MatchGrade;
}

/** These say of the vehicle that it is not the wanted one. A stale entry says it of the list. */
const ofTheVehicle: ReadonlySet<Rejection> = new Set(['misread', 'wrong-state', 'other-vehicle']);

/** Whether a rejected alert takes no further read of its window: the next one may be of another vehicle. */
export function isOfTheVehicle(rejection: Rejection | undefined): boolean {
  return rejection !== undefined && ofTheVehicle.has(rejection);
}

/** What is kept of a rejection. `undefined`: it says nothing of the vehicle. */
export function suppressionOf(
  { alert }: Pick<AlertRecord, 'alert'>,
  { rejection }: Verification,
): Suppression | undefined {
  if (rejection === undefined || !isOfTheVehicle(rejection)) return undefined;
  const { entryId, alertId, plate, issuingState, grade } = alert;
  return {
    entryId,
    alertId,
    plate,
    ...(issuingState === undefined ? {} : { issuingState }),
    grade,
    rejection,
  };
}

/**
 * What earlier rejections mean for a reading of the same entry. The same innocent driver is not stopped twice: a reading
 * whose characters or state are not the listed ones is suppressed where just that reading was rejected. A reading of the
 * listed plate never is: the next one may be the wanted vehicle, and the alert then says how often it was a misread.
 */
export function judgeReading(
  suppressions: readonly Suppression[],
  reading: Reading,
): { readonly misreadsBefore: number; readonly because?: string } {
  const misreadsBefore = suppressions.filter((each) => each.rejection === 'misread').length;
  if (isOfListedPlate(reading.grade)) return { misreadsBefore };
  const rejected = suppressions.find(
    (each) =>
      !isOfListedPlate(each.grade) && each.plate === reading.plate && each.issuingState === reading.state,
  );
  return { misreadsBefore, ...(rejected === undefined ? {} : { because: rejected.alertId }) };
}

function isOfListedPlate(grade: MatchGrade): boolean {
  return grade === 'exact' || grade === 'exact-state-unknown';
}
