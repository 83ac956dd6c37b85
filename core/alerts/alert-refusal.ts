import { canonicalJson } from '../canonical-json';
/** A step that an alert does not allow. */
export interface AlertRefusal {
  readonly kind: 'refused';
  /** `state`: somebody was there before; `rule`: the SOP does not allow it. */
  readonly because: 'state' | 'rule';
  readonly clause: string;
  readonly message: string;
  readonly remedy: string;
}

export function refused(clause: string, message: string, remedy: string): AlertRefusal {
  return { kind: 'refused', because: 'rule', clause, message, remedy };
}

export function refusedByState(clause: string, message: string): AlertRefusal {
  return {
    kind: 'refused',
    because: 'state',
    clause,
    message,
    remedy: 'List the alerts to see how it stands.',
  };
}

/** Whether a step asked for again is the one that stands; a stored record may come back in another order. */
export function isSame(a: object, b: object): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
