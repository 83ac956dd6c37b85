import type { MatchGrade } from './grade';
import type { ListedVehicle } from './listed-vehicle';

/** A read that matched an entry which was confirmed to be active a moment ago. */
export interface Hit {
  readonly vehicle: ListedVehicle;
  readonly grade: MatchGrade;
}
