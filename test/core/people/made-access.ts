import type { AccessRequest, DecideAccess } from '../../../core/access/decision';
import type { Caller } from '../../../core/audit/audited-use';
import type { AuditEvent } from '../../../core/audit/event';
import type { Activity } from '../../../core/people/ports';
import type { PersonRecord } from '../../../core/people/record';
import { madeConfiguration } from '../contract/made-configuration';
import { madePrincipal } from './made-person';

export const nowMs = Date.parse('2026-11-24T12:00:00Z');

/** How a step goes wrong: it was not done, or it was done and its answer was lost. */
export type Fault = 'not-done' | 'done-but-lost';

export class Crash extends Error {
  override readonly name = 'Crash';
}

/**
 * Everything that a change of access touches, in memory, with a journal of what was done in which order. `failAt` makes
 * the next step of that name go wrong once.
 */
export function madeAccess(people: readonly PersonRecord[] = []) {
  const records = new Map(people.map((each) => [each.username, each]));
  const activities = new Map<string, Activity>();
  const events: AuditEvent[] = [];
  const journal: string[] = [];
  const asked: AccessRequest[] = [];
  const unfinished: string[] = [];
  const faults = new Map<string, Fault>();
  let ids = 1;

  async function step<Result>(name: string, work: () => Result | Promise<Result>): Promise<Result> {
    const fault = faults.get(name);
    faults.delete(name);
    if (fault === 'not-done') throw new Crash(name);
    const result = await work();
    journal.push(name);
    if (fault === 'done-but-lost') throw new Crash(name);
    return result;
  }
  function keep(event: AuditEvent): void {
    if (!events.some(({ eventId }) => eventId === event.eventId)) events.push(event);
  }
  const decide: DecideAccess = (request) => {
    asked.push(request);
    return { kind: 'permit', rules: ['made-up'], policyVersion: 'made-up' };
  };
  const tell = (event: AuditEvent) =>
    step('change' in event ? `${event.kind} ${event.change}` : event.kind, () => keep(event));

  const deps = {
    decide,
    configuration: madeConfiguration(),
    events: { now: () => nowMs, newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}` },
    audit: { append: tell },
    onceAudit: { appendOnce: tell },
    activities: { of: async () => activities },
    records: {
      find: async (username: string) => records.get(username),
      list: async () => [...records.values()],
      rolesOf: async () => new Map([...records.values()].map(({ username, role }) => [username, role])),
      add: (record: PersonRecord) =>
        step('add', () => {
          if (records.has(record.username)) return 'conflict' as const;
          records.set(record.username, record);
          return 'stored' as const;
        }),
      store: (record: PersonRecord) =>
        step('store', () => {
          if (records.get(record.username)?.revision !== record.revision - 1) return 'conflict' as const;
          records.set(record.username, record);
          return 'stored' as const;
        }),
    },
    accounts: {
      create: async (account: { email: string }) =>
        step('create-account', () => (account.email.startsWith('other') ? 'taken' : 'ready')),
      setRole: (_: string, role: string) => step(`set-role ${role}`, () => {}),
      signOut: () => step('sign-out', () => {}),
      disable: () => step('disable-account', () => {}),
    },
    liveConnections: { sweep: () => step('sweep', () => {}) },
    duties: {
      begin: (_: string, untilMs: number) => step(`begin ${new Date(untilMs).toISOString()}`, () => {}),
      end: () => step('end', () => {}),
    },
    unfinished: ({ error }: { error: unknown }) => {
      unfinished.push(error instanceof Error ? error.message : 'unknown');
    },
  } as const;
  return {
    deps,
    records,
    activities,
    events,
    journal,
    asked,
    unfinished,
    step,
    failAt: (name: string, fault: Fault) => void faults.set(name, fault),
  };
}

/** A made-up administrator at a console of the department. */
export function madeCaller(facts: Parameters<typeof madePrincipal>[0] = {}): Caller {
  return {
    person: madePrincipal({ username: 'made-up.administrator', role: 'administrator', ...facts }),
    device: { address: '192.0.2.7' },
    requestId: '00000000-0000-4000-8000-00000000aaaa',
  };
}
