import { deliverAlerts } from '../../../core/alerts/deliver-alerts';
import type { LiveConnection } from '../../../core/alerts/ports';
import type { AuditEvent } from '../../../core/audit/event';
import { liveMessage } from '../../../core/contract/live-alerts';
import type { Person } from '../../../core/people/person';
import type { ImageLinkTarget } from '../../../core/search/ports';
import { madeConfiguration } from '../contract/made-configuration';
import { madePerson } from '../people/made-person';
import { madeAlert } from './made-alert';
import { madeDecide } from './made-decide';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const alert = madeAlert();

it('sends what GET /v1/alerts answers to a user on duty with the network in scope [Access-G] [Policy-F]', async () => {
  const live = madeLive({ people: [madePerson()] });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, closed: 0, gone: 0, failures: [] });
  const [sent] = live.sent;
  expect(sent?.connectionId).toBe('socket-1');
  expect(liveMessage.parse(JSON.parse(sent?.text ?? ''))).toMatchObject({
    kind: 'alert',
    alert: {
      alertId: alert.alertId,
      state: 'open',
      plate: 'TEST123',
      network: 'bloomington',
      notice: expect.stringContaining('reasonable suspicion'),
      images: { plate: '/v1/images/token-0', vehicle: '/v1/images/token-1' },
    },
  });
  expect(sent?.text).not.toContain(alert.entryId);
});

it('is in the audit log before it leaves, and the image links are its own', async () => {
  const live = madeLive({ people: [madePerson()] });
  await live.deliver([alert.alertId]);
  expect(live.steps).toEqual(['alert-sent', 'links', 'send']);
  expect(live.events).toMatchObject([
    {
      kind: 'alert-sent',
      actor: { username: 'made-up.officer' },
      operation: 'deliver-alerts',
      device: { address: '192.0.2.7' },
      alertId: alert.alertId,
      network: 'bloomington',
      decision: { outcome: 'permit' },
    },
  ]);
  const [event] = live.events;
  expect(live.links.map((each) => each.searchId)).toEqual(
    Array(2).fill(event?.kind === 'alert-sent' && event.deliveryId),
  );
});

it('does not leave where the audit log is down', async () => {
  const live = madeLive({ people: [madePerson()], isAuditDown: true });
  const { sent, failures } = await live.deliver([alert.alertId]);
  expect([sent, failures.length, live.sent]).toEqual([0, 1, []]);
});

it.each<[string, Partial<Person>]>([
  ['off duty [Access-G]', { onDuty: false }],
  ['suspended [Acct-C]', { suspended: true }],
  ['whose training ran out [Training]', { trainedUntilMs: nowMs }],
  ['of a role without alerts [Access-C]', { role: 'records-officer' }],
])('closes the socket of a user who is %s, and sends nothing', async (_, facts) => {
  const live = madeLive({ people: [madePerson(facts)] });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 0, closed: 1 });
  expect([live.sent, live.closed, live.removed]).toEqual([[], ['socket-1'], ['socket-1']]);
  expect(live.events).toEqual([]);
});

it('closes the socket of a user who has no record any more', async () => {
  expect(await madeLive({ people: [] }).deliver([])).toMatchObject({ closed: 1 });
});

it('sends nothing of a network out of scope, and leaves the socket open [Access-D.1]', async () => {
  const far = madeAlert(2, { network: 'peoria' });
  const live = madeLive({ people: [madePerson({ role: 'dispatcher', sworn: false })], alerts: [far] });
  expect(await live.deliver([far.alertId])).toMatchObject({ sent: 0, closed: 0, failures: [] });
  expect(live.sent).toEqual([]);
});

it('forgets a socket that is gone, but not one that may still be opening', async () => {
  const old = madeLive({ people: [madePerson()], isGone: true });
  expect(await old.deliver([alert.alertId])).toMatchObject({ gone: 1 });
  expect(old.removed).toEqual(['socket-1']);
  const opening = madeLive({ people: [madePerson()], isGone: true, connectedAtMs: nowMs - 1000 });
  expect(await opening.deliver([alert.alertId])).toMatchObject({ gone: 1 });
  expect(opening.removed).toEqual([]);
});

it('lets no user’s failure hold back another', async () => {
  const people = [madePerson({ username: 'made-up.first' }), madePerson({ username: 'made-up.second' })];
  const connections = people.map(({ username }, at) =>
    connection({ username, connectionId: `socket-${at}` }),
  );
  const live = madeLive({ people, connections, failing: 'socket-0' });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, failures: [expect.any(Error)] });
  expect(live.sent.map((each) => each.connectionId)).toEqual(['socket-1']);
});

it('tries again for whom it failed, and for nobody else', async () => {
  const people = [madePerson({ username: 'made-up.first' }), madePerson({ username: 'made-up.second' })];
  const connections = people.map(({ username }, at) =>
    connection({ username, connectionId: `socket-${at}` }),
  );
  const live = madeLive({ people, connections, failing: 'socket-0', failures: 2 });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 2, failures: [] });
  expect(live.sent.map((each) => each.connectionId).sort()).toEqual(['socket-0', 'socket-1']);
  expect(live.events.map((event) => event.kind)).toEqual(['alert-sent', 'alert-sent']);
  expect(live.pauses).toEqual([200, 400]);
});

it('serves the others where one person’s record cannot be read', async () => {
  const people = [madePerson({ username: 'made-up.second' })];
  const connections = ['made-up.damaged', 'made-up.second'].map((username, at) =>
    connection({ username, connectionId: `socket-${at}` }),
  );
  const live = madeLive({ people, connections, damaged: 'made-up.damaged' });
  expect(await live.deliver([alert.alertId])).toMatchObject({ sent: 1, failures: [expect.any(Error)] });
  expect(live.sent.map((each) => each.connectionId)).toEqual(['socket-1']);
});

it('leaves out an alert that is forgotten, and opens no alert when nobody listens', async () => {
  const forgotten = madeLive({ people: [madePerson()], alerts: [] });
  expect(await forgotten.deliver([alert.alertId])).toMatchObject({ sent: 0, failures: [] });
  const empty = madeLive({ people: [madePerson()], connections: [] });
  await empty.deliver([alert.alertId]);
  expect(empty.steps).toEqual([]);
});

function connection(changes: Partial<LiveConnection> = {}): LiveConnection {
  return {
    connectionId: 'socket-1',
    username: 'made-up.officer',
    connectedAtMs: nowMs - 3_600_000,
    address: '192.0.2.7',
    ...changes,
  };
}

interface LiveFacts {
  readonly people: readonly Person[];
  readonly alerts?: readonly ReturnType<typeof madeAlert>[];
  readonly connections?: readonly LiveConnection[];
  readonly connectedAtMs?: number;
  readonly isGone?: boolean;
  readonly isAuditDown?: boolean;
  /** A socket whose send fails. */
  readonly failing?: string;
  /** How often; always, unless given. */
  readonly failures?: number;
  /** A user whose record cannot be read. */
  readonly damaged?: string;
}

function madeLive(facts: LiveFacts) {
  const steps: string[] = [];
  const events: AuditEvent[] = [];
  const links: ImageLinkTarget[] = [];
  const sent: { connectionId: string; text: string }[] = [];
  const closed: string[] = [];
  const removed: string[] = [];
  const pauses: number[] = [];
  let failuresLeft = facts.failures ?? Number.POSITIVE_INFINITY;
  const alerts = facts.alerts ?? [alert];
  let ids = 1;
  const deliver = deliverAlerts({
    configuration: madeConfiguration(),
    decide: madeDecide(),
    people: {
      find: async (username) => {
        if (username === facts.damaged) throw new Error('malformed');
        return facts.people.find((each) => each.username === username);
      },
    },
    alerts: {
      find: async (id) => {
        const found = alerts.find((each) => each.alertId === id);
        return found && { alert: found };
      },
    },
    audit: {
      append: async (event) => {
        if (facts.isAuditDown) throw new Error('down');
        steps.push(event.kind);
        events.push(event);
      },
    },
    events: {
      now: () => nowMs,
      newId: () => `00000000-0000-4000-8000-${String(ids++).padStart(12, '0')}`,
    },
    imageLinks: {
      issue: async (targets) => {
        steps.push('links');
        links.push(...targets);
        return targets.map((_, at) => `token-${at}`);
      },
    },
    connections: {
      list: async () =>
        facts.connections ?? [
          connection(facts.connectedAtMs === undefined ? {} : { connectedAtMs: facts.connectedAtMs }),
        ],
      remove: async (id) => void removed.push(id),
    },
    sockets: {
      send: async (connectionId, text) => {
        if (connectionId === facts.failing && failuresLeft-- > 0) throw new Error('throttled');
        if (facts.isGone) return 'gone';
        steps.push('send');
        sent.push({ connectionId, text });
        return 'sent';
      },
      close: async (id) => void closed.push(id),
    },
    pause: async (ms) => void pauses.push(ms),
  });
  return { deliver, steps, events, links, sent, closed, removed, pauses };
}
