import type { AuditDeps } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { LiveMessage } from '../contract/live-alerts';
import { mapBounded } from '../search/bounded';
import type { ImageLinks } from '../search/ports';
import type { Alert } from './alert';
import { answerAlerts } from './alert-answer';
import type { AlertRecords, Connections, LiveConnection, Sockets } from './ports';
import { type Receiver, type ReceiverDeps, receiverOf } from './receiver';

export interface DeliverAlertsDeps extends AuditDeps, ReceiverDeps {
  readonly alerts: Pick<AlertRecords, 'find'>;
  readonly connections: Pick<Connections, 'list' | 'remove'>;
  readonly sockets: Sockets;
  readonly imageLinks: Pick<ImageLinks, 'issue'>;
  readonly pause: (ms: number) => Promise<void>;
}

export interface Delivery {
  /** Messages that the gateway took. */
  readonly sent: number;
  /** Sockets closed because their user may have no live alerts now. */
  readonly closed: number;
  /** Sockets that were gone. */
  readonly gone: number;
  /** What failed for one user or socket to the end; others were served all the same. */
  readonly failures: readonly unknown[];
}

const atOnce = 16;
/** Failures are tried again here, for whom they befell: calling the whole delivery again would tell everybody twice. */
const triesMax = 3;
const pauseMs = 200;
/** Until the gateway has finished opening a socket it answers that it is gone; its client lists alerts once it is open. */
const openingMs = 30_000;

/**
 * Sends alerts to every open socket whose user, by the facts read now, is on duty (Access-G), in good standing (Acct-C)
 * and has the alert's network in scope (Access-D); closes the sockets of those who may have none. Each message is
 * durable in the audit log before it leaves. Nobody's failure holds back anybody else. Called without alerts it
 * only closes.
 */
export function deliverAlerts(deps: DeliverAlertsDeps) {
  return async (alertIds: readonly string[]): Promise<Delivery> => {
    const connections = await deps.connections.list();
    if (connections.length === 0) return tally([], []);
    const records = await mapBounded([...new Set(alertIds)], atOnce, (id) => deps.alerts.find(id));
    const alerts = records.flatMap((each) => (each === undefined ? [] : [each.alert]));
    const failures: unknown[] = [];
    const outcomes = await mapBounded([...byUser(connections)], atOnce, async ([username, sockets]) => {
      try {
        const receiver = await persistently(deps, () => receiverOf(deps, username, deps.events.now()));
        return await serve(deps, { receiver, sockets, alerts, failures });
      } catch (error) {
        failures.push(error);
        return [];
      }
    });
    return tally(outcomes.flat(), failures);
  };
}

type Outcome = 'sent' | 'closed' | 'gone';

async function serve(
  deps: DeliverAlertsDeps,
  to: {
    readonly receiver: Receiver;
    readonly sockets: readonly LiveConnection[];
    readonly alerts: readonly Alert[];
    readonly failures: unknown[];
  },
): Promise<Outcome[]> {
  const { receiver, sockets, alerts, failures } = to;
  const outcomes: Outcome[] = [];
  for (const socket of sockets) {
    try {
      if (receiver.kind === 'refused') {
        await persistently(deps, () => close(deps, socket));
        outcomes.push('closed');
        continue;
      }
      for (const alert of alerts.filter((each) => receiver.networks.includes(each.network))) {
        const outcome = await send(deps, socket, alert, receiver);
        outcomes.push(outcome);
        if (outcome === 'gone') break;
      }
    } catch (error) {
      failures.push(error);
    }
  }
  return outcomes;
}

/** The socket first: if the row went first and the close failed, nobody would ever find the socket again. */
async function close({ sockets, connections }: DeliverAlertsDeps, socket: LiveConnection): Promise<void> {
  await sockets.close(socket.connectionId);
  await connections.remove(socket.connectionId);
}

async function send(
  deps: DeliverAlertsDeps,
  socket: LiveConnection,
  alert: Alert,
  { person, permit }: Receiver & { kind: 'receives' },
): Promise<Outcome> {
  const deliveryId = deps.events.newId();
  const { alertId, readId, network } = alert;
  const event = newEvent(deps.events, {
    kind: 'alert-sent',
    actor: actorOf(person),
    operation: 'deliver-alerts',
    device: { address: socket.address },
    deliveryId,
    alertId,
    readId,
    network,
    decision: decisionRecord(permit),
  });
  await persistently(deps, () => deps.audit.append(event));
  const owner = { username: person.username, searchId: deliveryId };
  const [answered] = await persistently(deps, () => answerAlerts(deps.imageLinks, [alert], owner));
  if (answered === undefined) throw new Error('an alert has no answer');
  const message: LiveMessage = { kind: 'alert', alert: answered };
  const text = JSON.stringify(message);
  const outcome = await persistently(deps, () => deps.sockets.send(socket.connectionId, text));
  if (outcome === 'gone' && deps.events.now() - socket.connectedAtMs > openingMs)
    await persistently(deps, () => deps.connections.remove(socket.connectionId));
  return outcome;
}

/** Rejects with the last failure. */
async function persistently<T>({ pause }: DeliverAlertsDeps, work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === triesMax) throw error;
      await pause(pauseMs * attempt);
    }
  }
}

function byUser(connections: readonly LiveConnection[]): ReadonlyMap<string, readonly LiveConnection[]> {
  const users = new Map<string, LiveConnection[]>();
  for (const each of connections) users.set(each.username, [...(users.get(each.username) ?? []), each]);
  return users;
}

function tally(outcomes: readonly Outcome[], failures: readonly unknown[]): Delivery {
  const count = (kind: Outcome) => outcomes.filter((each) => each === kind).length;
  return { sent: count('sent'), closed: count('closed'), gone: count('gone'), failures };
}
