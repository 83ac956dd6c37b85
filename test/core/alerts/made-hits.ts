import type { Alert, Sighting } from '../../../core/alerts/alert';
import {
  type AlertRecord,
  trailMax,
  type Verification,
  withSighting,
} from '../../../core/alerts/alert-record';
import type { AnnouncedBecause, HitSink } from '../../../core/alerts/ports';
import { recordHits } from '../../../core/alerts/record-hit';
import { type Suppression, suppressionOf } from '../../../core/alerts/suppression';
import type { AuditEvent } from '../../../core/audit/event';
import { madeDayKey } from '../retention/made-day-key';
import { windowMs } from './made-alert';

export type HitFault = 'not-done' | 'done-but-lost';

export interface MadeHitsOptions {
  /** What befalls the n-th call of any port, counted from 1. */
  readonly fault?: (call: number) => HitFault | undefined;
  /** Ahead of each call: for what others do in between. */
  readonly before?: (name: string) => Promise<void>;
  readonly nowMs?: () => number;
  /** The day's key is gone. */
  readonly isForgotten?: boolean;
  /** Somebody else raises between each look and write, and nobody sees it. */
  readonly isOvertaken?: boolean;
}

/** The stores behind a hit sink, in memory and as strict as the real ones; many sinks may share them. */
export class MadeHits {
  readonly records = new Map<string, AlertRecord>();
  readonly suppressions: Suppression[] = [];
  readonly events: AuditEvent[] = [];
  readonly announced: [alertId: string, because: AnnouncedBecause][] = [];
  readonly figures: string[] = [];
  calls = 0;

  sink(options: MadeHitsOptions = {}): HitSink {
    const call = async <T>(name: string, work: () => T): Promise<T> => {
      await options.before?.(name);
      const fault = options.fault?.(++this.calls);
      if (fault === 'not-done') throw new Error('injected: not done');
      const result = work();
      if (fault !== undefined) throw new Error('injected: done but lost');
      return result;
    };
    return recordHits({
      dayKeys: { forWriting: async (day) => madeDayKey({ day }) },
      alerts: {
        find: (alertId) => call('find', () => this.records.get(alertId)),
        raise: (alert) =>
          call('raise', () => {
            if (options.isForgotten) return 'forgotten';
            return options.isOvertaken ? 'known' : this.#raise(alert);
          }),
        sight: (alert, sighting) =>
          call('sight', () => (options.isForgotten ? 'forgotten' : this.#sight(alert, sighting))),
      },
      suppressions: {
        of: (entryId) => call('of', () => this.suppressions.filter((each) => each.entryId === entryId)),
      },
      announcements: {
        announce: (...announcement) => call('announce', () => void this.announced.push(announcement)),
      },
      audit: { appendOnce: (event) => call('append', () => this.#append(event)) },
      counters: { count: (name) => void this.figures.push(name) },
      now: options.nowMs ?? (() => 1),
      windowMs,
    });
  }

  /** As a user does it, with what it suppresses. */
  judge(alertId: string, verification: Verification): void {
    const record = this.records.get(alertId);
    if (record === undefined) throw new Error('there is no such alert');
    const judged = { ...record, alert: { ...record.alert, state: verification.outcome }, verification };
    this.records.set(alertId, judged);
    const suppression = suppressionOf(record, verification);
    if (suppression !== undefined) this.suppressions.push(suppression);
  }

  #raise(alert: Alert): 'raised' | 'known' {
    if (this.records.has(alert.alertId)) return 'known';
    this.records.set(alert.alertId, { alert, trail: [], notifications: [] });
    return 'raised';
  }

  #sight({ alertId }: Alert, sighting: Sighting): 'stored' | 'known' | 'full' {
    const record = this.records.get(alertId);
    if (record === undefined) throw new Error('there is no such alert');
    if (record.trail.some((each) => each.readId === sighting.readId)) return 'known';
    if (record.trail.length >= trailMax) return 'full';
    this.records.set(alertId, withSighting(record, sighting));
    return 'stored';
  }

  /** A later telling under the same id and time counts as stored; under another time it is a second event. */
  #append(event: AuditEvent): void {
    const isTold = this.events.some((each) => each.eventId === event.eventId && each.atMs === event.atMs);
    if (!isTold) this.events.push(event);
  }
}
