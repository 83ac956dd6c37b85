import type { DecideAccess } from '../../../core/access/decision';
import type { AuditEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import type { SearchRequest } from '../../../core/contract/search';
import type { Read } from '../../../core/reads/read';
import { type SealedRead, sealRead } from '../../../core/reads/sealed-read';
import { type CaptureDay, captureDay, captureHour } from '../../../core/retention/day';
import type { DayKey } from '../../../core/retention/day-key';
import type { ImageLinkTarget, IndexedPlates } from '../../../core/search/ports';
import type { SearchDeps } from '../../../core/search/search';
import { madeConfiguration } from '../contract/made-configuration';
import { madePrincipal } from '../people/made-person';
import { madePlate } from '../plate/made-plate';
import { madeRead } from '../reads/made-read';
import { madeDayKey } from '../retention/made-day-key';
import { madeRecords } from './made-records';

export const nowMs = Date.parse('2026-11-24T12:00:00Z');

export const request: SearchRequest = {
  plate: 'TEST123',
  from: '2026-11-22T00:00:00Z',
  to: '2026-11-24T12:00:00Z',
  purpose: { kind: 'felony' },
  reason: { kind: 'phrase', phrase: 'Stolen Vehicle' },
};

export const id = (last: number) => `00000000-0000-4000-8000-${String(last).padStart(12, '0')}`;

export const caller = { person: madePrincipal(), device: { address: '192.0.2.7' }, requestId: id(1) };

export const permitAll: DecideAccess = () => ({ kind: 'permit', rules: ['made-up'], policyVersion: 'test' });

export function readAt(time: string, last: number, changes: Partial<Read> = {}): Read {
  return madeRead({ capturedAtMs: Date.parse(time), readId: id(last), ...changes });
}

/**
 * Stores in memory that hold the given reads, really sealed, and write down in `steps` what was done in which order.
 * `audit` may be told to fail or to wait at the n-th event.
 */
export function madeSearch(reads: readonly Read[]) {
  const steps: string[] = [];
  const events: AuditEvent[] = [];
  const keys = new Map<CaptureDay, DayKey>();
  const keyOf = (day: CaptureDay) => {
    const key = keys.get(day) ?? madeDayKey({ day, now: () => nowMs });
    keys.set(day, key);
    return key;
  };
  const rowOf = (read: Read) => {
    const key = keyOf(captureDay(read.capturedAtMs));
    return {
      day: key.day,
      plateKey: hex(key.plateKey(read.plate)),
      placeKey: hex(key.placeKey(read.network, read.cameraId, captureHour(read.capturedAtMs))),
      row: sealRead(key, read),
    };
  };
  const rows = reads.map(rowOf);
  const addRead = (read: Read) => rows.push(rowOf(read));
  const issued: ImageLinkTarget[] = [];
  const left: string[] = [];
  const { records, pages, state } = madeRecords();
  const failures = { appendAt: 0, appendNeverAt: 0 };
  let ids = 100;

  const deps: SearchDeps = {
    configuration: madeConfiguration(),
    decide: permitAll,
    events: { now: () => nowMs, newId: () => id(ids++) },
    audit: {
      append: async (event) => {
        if (events.length + 1 === failures.appendNeverAt) await new Promise(() => {});
        if (events.length + 1 === failures.appendAt) throw new AuditUnavailable();
        events.push(event);
        steps.push(event.kind);
      },
    },
    allowance: { take: async () => undefined },
    traces: {
      add: async ({ traces }) => {
        left.push(...traces);
        return [...new Set(left)];
      },
    },
    sites: { list: async () => [] },
    records,
    randomBytes: (size) => Buffer.alloc(size, 7),
    dayKeys: {
      forWriting: async () => undefined,
      forReading: async (day) => keys.get(day),
    },
    reads: {
      byPlate: async (day, plateKey): Promise<readonly SealedRead[]> => {
        steps.push('rows');
        return rows
          .filter((each) => each.day === day && each.plateKey === hex(plateKey))
          .map((each) => each.row);
      },
    },
    readsByPlace: {
      byPlace: async (day, placeKey) => {
        steps.push('rows');
        return rows
          .filter((each) => each.day === day && each.placeKey === hex(placeKey))
          .map((each) => each.row);
      },
    },
    plateIndex: {
      find: async (): Promise<IndexedPlates> => {
        steps.push('index');
        return { plates: [madePlate('TEST123'), madePlate('TEST777')], unreadable: 2 };
      },
    },
    imageLinks: {
      issue: async (targets) => {
        issued.push(...targets);
        return targets.map((_, at) => `token-${at}`);
      },
      take: async () => ({ kind: 'gone' }),
    },
  };
  return { deps, addRead, steps, events, issued, rows, failures, pages, records: state, traces: left };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
