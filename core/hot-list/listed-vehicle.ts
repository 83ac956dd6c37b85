import type { Plate } from '../plate/plate';

/** What a vehicle is listed for, in the words that an officer hears on the radio. */
export const concerns = [
  'stolen-vehicle',
  'stolen-plate',
  'felony-vehicle',
  'wanted-person',
  'missing-person',
  'amber-alert',
  'other',
] as const;
export type Concern = (typeof concerns)[number];

/** What an officer must know before going near. An alert with one of these cannot be muted. */
export const cautions = [
  'armed',
  'violent',
  'escape-risk',
  'medical',
  'child-on-board',
  'do-not-stop',
] as const;
export type Caution = (typeof cautions)[number];

/**
 * What an alert may tell of a hot-list entry: what to look for and what to do. Never who asked for it or why: the list
 * is confidential (Policy-H.a).
 */
export interface ListedVehicle {
  /** `custom`, or the id of an outside list. */
  readonly list: string;
  readonly listName: string;
  /** Of an outside list: which delivery of it, and when that was made (Policy-G: an old list is checked twice). */
  readonly listVersion?: string;
  readonly listedAtMs: number;
  /** Random of a custom entry; of an outside list's row made of list, plate and state, the same in each delivery. */
  readonly entryId: string;
  readonly plate: Plate;
  /** Two-letter code of the issuing state. */
  readonly state?: string;
  readonly concern: Concern;
  /** Make, model, colour and other descriptors that the vehicle image is checked against (Policy-G). */
  readonly description?: string;
  /** What an officer should do. */
  readonly instructions?: string;
  readonly cautions: readonly Caution[];
  /** Enforcement asks for a LEADS or NCIC confirmation first: always of an outside list. */
  readonly needsConfirmation: boolean;
  /** Usernames to whom the entry's notices are addressed. For the topic alone: no answer and no message shows them. */
  readonly told?: readonly string[];
}

/** The id of the Department's own list. */
export const customList = 'custom';
