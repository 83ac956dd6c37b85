import type { DispositionRequest } from '../contract/verification';
import type { AlertRecord, Disposition, DispositionKind, Verification } from './alert-record';
import { type AlertRefusal, isSame, refused, refusedByState } from './alert-refusal';
import type { By } from './life-cycle';
import { isStolen, type Neighbour, neighboursAt } from './neighbours';

export type Disposed =
  | { readonly kind: 'disposed'; readonly disposition: Disposition; readonly verification: Verification }
  | AlertRefusal;

const enforcement: ReadonlySet<DispositionKind> = new Set([
  'stopped',
  'cited',
  'arrested',
  'vehicle-recovered',
]);

export function isEnforcement(kind: DispositionKind): boolean {
  return enforcement.has(kind);
}

/**
 * Records what came of an alert after its verification, once. Enforcement needs a verified alert (Policy-G), a time
 * after the verification, the reasonable suspicion beyond the alert in words (Policy-F), and of a stolen vehicle the
 * place: inside a neighbour's border that agency was told before (Policy-I).
 */
export function disposeAlert(
  record: AlertRecord,
  request: DispositionRequest,
  { neighbours, ...by }: By & { readonly neighbours: readonly Neighbour[] },
): Disposed {
  const { verification, disposition: before } = record;
  if (verification === undefined) return verifyFirst;
  const disposition = asKept(request, by);
  if (before !== undefined)
    return isSame({ ...disposition, recordedAtMs: before.recordedAtMs }, before)
      ? { kind: 'disposed', disposition: before, verification }
      : refusedByState('Policy-F', 'The alert has its disposition already.');
  if (disposition.atMs > by.nowMs) return inTheFuture;
  const against = isEnforcement(request.kind)
    ? againstEnforcement(record, verification, disposition, neighbours)
    : undefined;
  return against ?? { kind: 'disposed', disposition, verification };
}

function asKept({ kind, at, suspicion, action, place }: DispositionRequest, by: By): Disposition {
  return {
    kind,
    atMs: Date.parse(at),
    ...(suspicion === undefined ? {} : { suspicion }),
    ...(action === undefined ? {} : { action }),
    ...(place === undefined ? {} : { place }),
    recordedBy: by.username,
    recordedAtMs: by.nowMs,
  };
}

function againstEnforcement(
  record: AlertRecord,
  verification: Verification,
  { atMs, suspicion, place }: Disposition,
  neighbours: readonly Neighbour[],
): AlertRefusal | undefined {
  if (verification.outcome === 'rejected') return rejectedAlert;
  if (atMs < verification.verifiedAtMs) return enforcedBefore;
  if (suspicion === undefined) return noSuspicion;
  if (!isStolen(record)) return undefined;
  if (place === undefined) return noPlace;
  const untold = neighboursAt(neighbours, place).find(
    ({ id }) => !record.notifications.some((each) => each.neighbour === id && each.atMs < atMs),
  );
  return untold && notTold(untold);
}

const verifyFirst = refused(
  'Policy-G',
  'The alert is not verified, so no action on it can be recorded.',
  'Verify or reject the alert first.',
);
const inTheFuture = refused(
  'Policy-G',
  'The time of the disposition is in the future.',
  'Give the time when it happened.',
);
const rejectedAlert = refused(
  'Policy-G',
  'The alert was rejected; enforcement cannot rest on it.',
  'Record an outcome without enforcement, or report what the enforcement rested on.',
);
const enforcedBefore = refused(
  'Policy-G',
  'The enforcement was before the verification.',
  'Check the time; if it is right, report it to your supervisor.',
);
const noSuspicion = refused(
  'Policy-F',
  'An alert alone is no ground for enforcement: the reasonable suspicion is missing.',
  'Say what the suspicion rests on beyond the alert.',
);
const noPlace = refused(
  'Policy-I',
  'The place of the enforcement is missing; a stolen vehicle may have crossed into a neighbouring jurisdiction.',
  'Give the position at which it was.',
);

function notTold({ name }: Neighbour): AlertRefusal {
  return refused(
    'Policy-I',
    `The place is inside ${name}, and no notification of that agency before the enforcement is recorded.`,
    'Record whom you told and when; if nobody was told before, report it to your supervisor.',
  );
}
