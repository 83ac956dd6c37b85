import type { AlertRecord } from '../../../core/alerts/alert-record';
import type { EscalateAlertsDeps } from '../../../core/alerts/escalate-alerts';
import type { LiveConnection, Notices } from '../../../core/alerts/ports';
import type { AuditEvent } from '../../../core/audit/event';
import type { Device } from '../../../core/devices/device';
import type { Person } from '../../../core/people/person';
import type { ImageLinkTarget } from '../../../core/search/ports';
import type { Session } from '../../../core/sessions/session';
import { madeConfiguration } from '../contract/made-configuration';
import { madeRecord } from './made-alert';
import { madeDecide } from './made-decide';

const decide = madeDecide();
export const nowMs = Date.parse('2026-11-24T12:00:00Z');

/** A made-up officer's socket, opened an hour ago at a console of the department. */
export function madeConnection(changes: Partial<LiveConnection> = {}): LiveConnection {
  return {
    connectionId: 'socket-1',
    username: 'made-up.officer',
    connectedAtMs: nowMs - 3_600_000,
    address: '192.0.2.7',
    device: 'department-console',
    ...changes,
  };
}

export interface LiveFacts {
  readonly people: readonly Person[];
  readonly records?: readonly AlertRecord[];
  readonly connections?: readonly LiveConnection[];
  readonly devices?: readonly Device[];
  readonly sessions?: readonly Session[];
  readonly isGone?: boolean;
  readonly isAuditDown?: boolean;
  readonly isTopicDown?: boolean;
  /** A socket whose send fails. */
  readonly failing?: string;
  /** How often; always, unless given. */
  readonly failures?: number;
  /** A user whose record cannot be read. */
  readonly damaged?: string;
}

/** Everything behind live alerts in memory, and what became of it. */
export function madeLive(facts: LiveFacts) {
  const records = new Map((facts.records ?? [madeRecord()]).map((each) => [each.alert.alertId, each]));
  const told = new Set<string>();
  const made = {
    steps: [] as string[],
    events: [] as AuditEvent[],
    links: [] as ImageLinkTarget[],
    sent: [] as { connectionId: string; text: string }[],
    closed: [] as string[],
    removed: [] as string[],
    pauses: [] as number[],
    notices: [] as Parameters<Notices['publish']>[0][],
  };
  let failuresLeft = facts.failures ?? Number.POSITIVE_INFINITY;
  let ids = 1;
  const append = async (event: AuditEvent) => {
    if (facts.isAuditDown) throw new Error('down');
    made.steps.push(event.kind);
    if (!made.events.some((each) => each.eventId === event.eventId)) made.events.push(event);
  };
  const deps: EscalateAlertsDeps = {
    configuration: madeConfiguration(),
    decide,
    people: {
      find: async (username) => {
        if (username === facts.damaged) throw new Error('malformed');
        return facts.people.find((each) => each.username === username);
      },
    },
    devices: { find: async (deviceId) => facts.devices?.find((each) => each.deviceId === deviceId) },
    sessions: { find: async (_, sessionId) => facts.sessions?.find((each) => each.sessionId === sessionId) },
    alerts: { find: async (id) => records.get(id) },
    waiting: {
      waiting: async (day, beforeMs, limit) =>
        [...records.values()]
          .filter(({ alert }) => new Date(alert.capturedAtMs).toISOString().startsWith(day))
          .filter(({ alert }) => alert.state === 'open' && alert.raisedAtMs < beforeMs)
          .map(({ alert }) => alert.alertId)
          .filter((id) => !told.has(id))
          .slice(0, limit),
      markEscalated: async (id, atMs) => {
        const record = records.get(id);
        if (record?.alert.state !== 'open') return undefined;
        const escalatedAtMs = record.escalatedAtMs ?? atMs;
        records.set(id, { ...record, escalatedAtMs });
        return escalatedAtMs;
      },
      closeEscalation: async (id) => void told.add(id),
    },
    audit: { append },
    onceAudit: { appendOnce: append },
    events: {
      now: () => nowMs,
      newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    },
    imageLinks: {
      issue: async (targets) => {
        made.steps.push('links');
        made.links.push(...targets);
        return targets.map((_, at) => `token-${at}`);
      },
    },
    connections: {
      list: async () => facts.connections ?? [madeConnection()],
      remove: async (id) => void made.removed.push(id),
    },
    sockets: {
      send: async (connectionId, text) => {
        if (connectionId === facts.failing && failuresLeft-- > 0) throw new Error('throttled');
        if (facts.isGone) return 'gone';
        made.steps.push('send');
        made.sent.push({ connectionId, text });
        return 'sent';
      },
      close: async (id) => void made.closed.push(id),
    },
    notices: {
      publish: async (notice) => {
        if (facts.isTopicDown) throw new Error('throttled');
        made.notices.push(notice);
      },
    },
    pause: async (ms) => void made.pauses.push(ms),
  };
  return { ...made, deps };
}
