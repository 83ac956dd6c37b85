import type { Acknowledgement as AcknowledgementRequest, NeighbourNotification } from '../contract/alerts';
import type { Acknowledgement, AlertRecord, RecordedNotification } from './alert-record';
import { type AlertRefusal, isSame, refused, refusedByState } from './alert-refusal';
import type { Neighbour } from './neighbours';

/**
 * The life of an alert: open → acknowledged → verified or rejected → disposed of. Each step is taken once; the same step
 * asked for again by the same user is what stands, so that a lost reply can be repeated. Verification and disposition
 * are in files of their own.
 */

export interface By {
  readonly username: string;
  readonly nowMs: number;
}

export type Acknowledged =
  | { readonly kind: 'acknowledged'; readonly acknowledgement: Acknowledgement }
  | AlertRefusal;
export type Notified =
  | { readonly kind: 'notified'; readonly notification: RecordedNotification }
  | AlertRefusal;

/** Takes an open alert on. */
export function acknowledgeAlert(
  { acknowledgement: before }: AlertRecord,
  { position }: AcknowledgementRequest,
  by: By,
): Acknowledged {
  if (before !== undefined)
    return before.acknowledgedBy === by.username
      ? { kind: 'acknowledged', acknowledgement: before }
      : refusedByState('Policy-G', 'Somebody else has taken the alert on.');
  const acknowledgement = {
    acknowledgedBy: by.username,
    acknowledgedAtMs: by.nowMs,
    ...(position === undefined ? {} : { position }),
  };
  return { kind: 'acknowledged', acknowledgement };
}

/**
 * Records that a neighbour was told (Policy-I); of each neighbour the first telling stands. Nobody can have been told of
 * a vehicle before it was seen, or later than now.
 */
export function notifyNeighbour(
  record: AlertRecord,
  request: NeighbourNotification,
  { neighbours, ...by }: By & { readonly neighbours: readonly Neighbour[] },
): Notified {
  const { neighbour, told } = request;
  if (!neighbours.some(({ id }) => id === neighbour)) return noSuchNeighbour;
  const notification: RecordedNotification = {
    neighbour,
    told,
    atMs: Date.parse(request.at),
    recordedBy: by.username,
    recordedAtMs: by.nowMs,
  };
  const before = record.notifications.find((each) => each.neighbour === neighbour);
  if (before !== undefined)
    return isSame({ ...notification, recordedAtMs: before.recordedAtMs }, before)
      ? { kind: 'notified', notification: before }
      : refusedByState('Policy-I', 'This neighbour was told already.');
  const seenAtMs = Math.min(...[record.alert, ...record.trail].map((each) => each.capturedAtMs));
  if (notification.atMs > by.nowMs || notification.atMs < seenAtMs) return notThen;
  return { kind: 'notified', notification };
}

const noSuchNeighbour = refused(
  'Policy-I',
  'There is no neighbouring agency of this id.',
  'Take the id from the tasks of the alert.',
);
const notThen = refused(
  'Policy-I',
  'The neighbour can have been told only after the vehicle was seen, and before now.',
  'Give the time at which you told them.',
);
