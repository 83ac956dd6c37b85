import { hashedUuid } from '../hashed-uuid';
import type { MatchGrade } from '../hot-list/index-of-entries';
import type { Plate } from '../plate/plate';
import type { Position } from '../reads/camera';
import type { Read } from '../reads/read';

export type AlertState = 'open' | 'verified' | 'rejected';

/** What a match of a read with an entry becomes. Says nothing of the entry but its id: the list is confidential. */
export interface Alert {
  readonly alertId: string;
  readonly entryId: string;
  readonly readId: string;
  /** As it stands now; an alert is raised open. */
  readonly state: AlertState;
  readonly grade: MatchGrade;
  readonly plate: Plate;
  readonly issuingState?: string;
  readonly cameraId: string;
  readonly network: string;
  readonly capturedAtMs: number;
  readonly position: Position;
  /** 0 to 1, of the read. */
  readonly confidence: number;
  readonly raisedAtMs: number;
}

/** The alert of this read and entry: raised again, it is the same one. */
export function raiseAlert(
  read: Read,
  match: { readonly entryId: string; readonly grade: MatchGrade },
  raisedAtMs: number,
): Alert {
  return {
    alertId: alertIdOf(match.entryId, read.readId),
    entryId: match.entryId,
    readId: read.readId,
    state: 'open',
    grade: match.grade,
    plate: read.plate,
    ...(read.state === undefined ? {} : { issuingState: read.state }),
    cameraId: read.cameraId,
    network: read.network,
    capturedAtMs: read.capturedAtMs,
    position: read.position,
    confidence: read.confidence,
    raisedAtMs,
  };
}

/** Made of both random ids, so that a batch that comes again raises nothing new. */
export function alertIdOf(entryId: string, readId: string): string {
  return hashedUuid(`platekeeper alert ${entryId} ${readId}`);
}
