import { type AuditFacts, newEvent } from '../audit/event';
import type { OnceAuditLog } from '../audit/ports';
import { hashedUuid } from '../hashed-uuid';
import type { Hit } from '../hot-list/hit';
import type { Read } from '../reads/read';
import { captureDay } from '../retention/day';
import type { DayKeys } from '../retention/ports';
import { whileKept } from '../retention/while-kept';
import { type Alert, alertIdOf, raiseAlert, type Sighting, sightingOf } from './alert';
import { type AlertRecord, withSighting } from './alert-record';
import type { Announcements, HitRecords, HitSink, Suppressions } from './ports';
import { isOfTheVehicle, judgeReading } from './suppression';

export interface HitSinkDeps {
  readonly dayKeys: Pick<DayKeys, 'forWriting'>;
  readonly alerts: HitRecords;
  readonly suppressions: Suppressions;
  readonly announcements: Announcements;
  readonly audit: OnceAuditLog;
  readonly counters: {
    count(name: string, value: number, dimensions?: Readonly<Record<string, string>>): void;
  };
  readonly now: () => number;
  /** Sightings of one entry within a window are one alert; divides a day. */
  readonly windowMs: number;
}

/** Of one entry and window: after so many rejections its further reads join the last of them. */
const rejectedMax = 20;
/** How often another function may be faster, between a look and a write, before the record comes again. */
const triesMax = 8;

/**
 * Records hits so that none is lost and none is told as two. The order survives a crash at every step: the alert (or
 * the sighting) is stored, then its event, then it is announced. Whoever died on the way is repeated by the stream, finds
 * what is stored by the read's id, tells the same event again, which is kept once, and announces again.
 */
export function recordHits(deps: HitSinkDeps): HitSink {
  return {
    record: async (read, hit) => {
      for (let tries = 0; tries < triesMax; tries++) {
        const outcome = await recordOnce(deps, read, hit);
        if (outcome !== 'overtaken') return outcome;
      }
      throw new HitNotRecorded();
    },
  };
}

/** Others were faster each time; nothing of this hit was stored. */
export class HitNotRecorded extends Error {
  override readonly name = 'HitNotRecorded';
}

async function recordOnce(deps: HitSinkDeps, read: Read, hit: Hit) {
  const located = await locate(deps, read, hit);
  if (located === undefined) return 'forgotten';
  const { alertId, record } = located;
  const known = record && sightingIn(record, read.readId);
  if (record && known) {
    await tell(deps, record, known);
    return 'known';
  }
  // Asked after the alerts: whoever saw one rejected sees what that suppresses.
  const suppressions = await deps.suppressions.of(hit.vehicle.entryId);
  const { misreadsBefore, because } = judgeReading(suppressions, {
    plate: read.plate,
    ...(read.state === undefined ? {} : { state: read.state }),
    grade: hit.grade,
  });
  if (because !== undefined) {
    await tellSuppressed(deps, read, hit, because);
    return 'suppressed';
  }
  return record === undefined
    ? raise(deps, raiseAlert(read, hit, { alertId, misreadsBefore, nowMs: deps.now() }))
    : sight(deps, record, sightingOf(read, hit, deps.now()));
}

/**
 * The alert that holds the read, else the one that it belongs to; without a record: it is still to be raised. Nothing:
 * the read's day is forgotten.
 */
async function locate(deps: HitSinkDeps, read: Read, { vehicle: { entryId } }: Hit) {
  const key = await deps.dayKeys.forWriting(captureDay(read.capturedAtMs));
  for (let rejectedBefore = 0; ; rejectedBefore++) {
    const window = { entryId, windowMs: deps.windowMs, rejectedBefore };
    const alertId = whileKept(() => key && alertIdOf(key, window, read.capturedAtMs));
    if (alertId === undefined) return undefined;
    const record = await deps.alerts.find(alertId);
    if (record === undefined) return { alertId };
    const isClosed = isOfTheVehicle(record.verification?.rejection) && rejectedBefore < rejectedMax;
    if (!isClosed || sightingIn(record, read.readId)) return { alertId, record };
  }
}

async function raise(deps: HitSinkDeps, alert: Alert) {
  const outcome = await deps.alerts.raise(alert);
  if (outcome === 'known') return 'overtaken';
  if (outcome === 'forgotten') return outcome;
  deps.counters.count('AlertsRaised', 1, { grade: alert.grade });
  await tell(deps, { alert, trail: [], notifications: [] }, alert);
  return outcome;
}

async function sight(deps: HitSinkDeps, record: AlertRecord, sighting: Sighting) {
  const outcome = await deps.alerts.sight(record.alert, sighting);
  if (outcome === 'known') return 'overtaken';
  if (outcome === 'forgotten') return outcome;
  if (outcome === 'full') {
    deps.counters.count('SightingsLeftOut', 1);
    return 'known';
  }
  await tell(deps, withSighting(record, sighting), sighting);
  return 'sighted';
}

/** Stamped from what is stored, so that however often a read comes, and whatever dies between, one event stands. */
async function tell(deps: HitSinkDeps, record: AlertRecord, what: Alert | Sighting): Promise<void> {
  const { alert } = record;
  const { alertId, readId, network, grade, vehicle } = alert;
  if (!('recordedAtMs' in what)) {
    const facts = { alertId, readId, network, list: vehicle.list, grade };
    await append(deps, { kind: 'alert-raised', actor, ...facts }, [alertId], alert.raisedAtMs);
    return deps.announcements.announce(alertId, 'raised');
  }
  const facts = { alertId, readId: what.readId, network: what.network };
  await append(deps, { kind: 'alert-sighted', actor, ...facts }, [alertId, what.readId], what.recordedAtMs);
  if (isAtAnotherCamera(record, what)) await deps.announcements.announce(alertId, 'changed');
}

/** Nothing is stored of it, so its event bears the time of capture: the same however often the read comes. */
async function tellSuppressed(deps: HitSinkDeps, read: Read, hit: Hit, because: string): Promise<void> {
  const { readId, network } = read;
  const facts = { kind: 'alert-suppressed', actor, readId, because, network } as const;
  // Not of the entry's id: whoever knows it could try whether it is that of this event (Storage-A).
  await append(deps, facts, [because, readId], read.capturedAtMs);
  deps.counters.count('AlertsSuppressed', 1, { grade: hit.grade });
}

const actor = { kind: 'system', name: 'match-reads' } as const;

function append(deps: HitSinkDeps, facts: AuditFacts, ids: readonly string[], atMs: number): Promise<void> {
  const newId = () => hashedUuid(`platekeeper ${facts.kind} ${ids.join(' ')}`);
  return deps.audit.appendOnce(newEvent({ now: () => atMs, newId }, facts));
}

function sightingIn({ alert, trail }: AlertRecord, readId: string): Alert | Sighting | undefined {
  return alert.readId === readId ? alert : trail.find((each) => each.readId === readId);
}

/** Than the read before it: a car that stands before one camera is told of once. */
function isAtAnotherCamera({ alert, trail }: AlertRecord, sighting: Sighting): boolean {
  const before = trail[trail.findIndex((each) => each.readId === sighting.readId) - 1] ?? alert;
  return before.cameraId !== sighting.cameraId;
}
