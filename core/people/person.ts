import type { Role } from '../access/roles';
import type { SharingNow } from '../sharing/sharing-now';

/** The live facts of one user, read on each call: a token never proves them. */
export interface Person {
  readonly username: string;
  readonly role: Role;
  readonly agency: string;
  readonly division: string;
  readonly sworn: boolean;
  readonly suspended: boolean;
  /** Ended for good: left, unused for too long, or no longer needed (Access-C). */
  readonly disabled: boolean;
  /** The training record holds until then, milliseconds since the epoch. */
  readonly trainedUntilMs: number;
  readonly onDuty: boolean;
  /** What was decided on sharing up to this call: it says which networks are open (Storage-E). */
  readonly sharing: SharingNow;
}

/** What a call was made with, proven by this call: a registered device, or the department's own network. */
export const deviceFacts = ['department-phone', 'department-console', 'machine', 'unknown'] as const;
export type DeviceFact = (typeof deviceFacts)[number];

/** Somebody at the moment of one call. What could not be proven is `unknown`, and the rules refuse it (Access-G). */
export interface Principal extends Person {
  readonly device: DeviceFact;
}

export type Standing =
  | { readonly kind: 'good'; readonly person: Person }
  | { readonly kind: 'refused'; readonly clause: string; readonly message: string; readonly remedy: string };

/** Whether somebody may use the system at all, before any operation is looked at. No record, no use. */
export function standing(person: Person | undefined, nowMs: number): Standing {
  if (!person)
    return {
      kind: 'refused',
      clause: 'Access-C',
      message: 'There is no access record for this user.',
      remedy: 'Ask the ALPR administrator for access.',
    };
  if (person.disabled)
    return {
      kind: 'refused',
      clause: 'Access-C',
      message: 'Your access has ended.',
      remedy: 'If you still serve in the Department, ask the ALPR administrator.',
    };
  if (person.suspended)
    return {
      kind: 'refused',
      clause: 'Acct-C',
      message: 'Your access is suspended.',
      remedy: 'The Chief of Police decides on reinstatement.',
    };
  if (!isTrained(person, nowMs))
    return {
      kind: 'refused',
      clause: 'Training',
      message: 'Your training record is missing or has run out.',
      remedy: 'Take the ALPR training; access returns once it is recorded.',
    };
  return { kind: 'good', person };
}

/** Strictly before the end; a record that is not a number trains nobody. The personnel system takes no training. */
export function isTrained(person: Person, nowMs: number): boolean {
  return person.role === 'personnel-feed' || person.trainedUntilMs > nowMs;
}
