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

/** Whether a step asked for again is the one that stands. */
export function isSame(a: object, b: object): boolean {
  return canonical(a) === canonical(b);
}

/** JSON with sorted keys: a stored record may come back in another order. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === 'object' && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
      : each,
  );
}
