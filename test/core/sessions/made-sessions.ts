import type { Sessions } from '../../../core/sessions/ports';
import type { Session, SessionUse } from '../../../core/sessions/session';

export const signedInAtMs = Date.parse('2026-11-24T11:59:00Z');

/** A made-up officer's use of a console at the station, a minute after the sign-in. */
export function madeUse(facts: Partial<SessionUse> = {}): SessionUse {
  return {
    username: 'made-up.officer',
    sessionId: 'sign-in-1',
    signedInAtMs,
    atMs: signedInAtMs + 60_000,
    address: '192.0.2.7',
    client: 'console',
    device: 'department-console',
    ...facts,
  };
}

/** Another sign-in, last used at the same moment. */
export function madeSession(facts: Partial<Session> = {}): Session {
  return {
    sessionId: 'sign-in-2',
    startedAtMs: signedInAtMs,
    lastSeenMs: signedInAtMs + 60_000,
    address: '198.51.100.7',
    client: 'console',
    device: 'department-console',
    ...facts,
  };
}

/** Sessions in memory, by `<username> <session id>`. */
export function madeSessions(): Sessions & { readonly rows: Map<string, Session> } {
  const rows = new Map<string, Session>();
  const keyOf = (username: string, sessionId: string) => `${username} ${sessionId}`;
  return {
    rows,
    async touch({ username, signedInAtMs: startedAtMs, atMs, ...use }, idleMs) {
      const key = keyOf(username, use.sessionId);
      const before = rows.get(key);
      const lastMs = before?.lastSeenMs ?? startedAtMs;
      if (before?.endedAtMs !== undefined || atMs - lastMs >= idleMs) return { kind: 'ended' };
      rows.set(key, { startedAtMs, ...use, lastSeenMs: atMs });
      return { kind: 'live', before };
    },
    async others({ username, sessionId }, sinceMs) {
      const others = [...rows].filter(([key]) => key.startsWith(`${username} `)).map(([, each]) => each);
      return others.filter(
        (each) => each.sessionId !== sessionId && each.lastSeenMs >= sinceMs && each.endedAtMs === undefined,
      );
    },
    find: async (username, sessionId) => rows.get(keyOf(username, sessionId)),
  };
}
