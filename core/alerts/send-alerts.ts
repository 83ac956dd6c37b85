import type { AuditDeps } from '../audit/audited-use';
import { type Device, newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { LiveMessage } from '../contract/live-alerts';
import type { DeviceFact, Person } from '../people/person';
import { mapBounded } from '../search/bounded';
import type { ImageLinks } from '../search/ports';
import { answerAlerts } from './alert-answer';
import { type AlertRecord, seenFrom } from './alert-record';
import { type Persistence, persistently } from './persistently';
import type { Connections, LiveConnection, Sockets } from './ports';
import { type Receiver, type ReceiverDeps, receiverOf } from './receiver';

export interface SendAlertsDeps extends AuditDeps, ReceiverDeps, Persistence {
  readonly connections: Pick<Connections, 'list' | 'remove'>;
  readonly sockets: Sockets;
  readonly imageLinks: Pick<ImageLinks, 'issue'>;
}

export interface Delivery {
  /** Messages that the gateway took. */
  readonly sent: number;
  /** Sockets closed because their user may have no live alerts now. */
  readonly closed: number;
  /** Sockets that were gone. */
  readonly gone: number;
  /** What failed for one socket to the end; others were served all the same. */
  readonly failures: readonly unknown[];
}

const atOnce = 16;
/** Until the gateway has finished opening a socket it answers that it is gone; its client lists alerts once it is open. */
const openingMs = 30_000;

/**
 * Sends alerts to every open socket whose user, by the facts read now, is on duty (Access-G), in good standing (Acct-C),
 * has a network of the alert in scope (Access-D), and is one of those meant; closes the sockets of those who may have
 * none. Each message is durable in the audit log before it leaves. Nobody's failure holds back anybody else. Called
 * without alerts it only closes.
 */
export function sendAlerts(deps: SendAlertsDeps) {
  return async (
    records: readonly AlertRecord[],
    isMeant: (person: Person) => boolean = () => true,
  ): Promise<Delivery> => {
    const connections = await deps.connections.list();
    const failures: unknown[] = [];
    const outcomes = await mapBounded(connections, atOnce, async (socket) => {
      const outcomesOfOne: Outcome[] = [];
      try {
        await serve(deps, { socket, records, isMeant, outcomes: outcomesOfOne });
      } catch (error) {
        failures.push(error);
      }
      return outcomesOfOne;
    });
    return tally(outcomes.flat(), failures);
  };
}

type Outcome = 'sent' | 'closed' | 'gone';

async function serve(
  deps: SendAlertsDeps,
  to: {
    readonly socket: LiveConnection;
    readonly records: readonly AlertRecord[];
    readonly isMeant: (person: Person) => boolean;
    readonly outcomes: Outcome[];
  },
): Promise<void> {
  const { socket, records, isMeant, outcomes } = to;
  const receiver = await persistently(deps, () => receiverOf(deps, socket, deps.events.now()));
  if (receiver.kind === 'refused') {
    await persistently(deps, () => close(deps, socket));
    outcomes.push('closed');
    return;
  }
  if (!isMeant(receiver.person)) return;
  for (const record of records.flatMap((each) => seenFrom(each, receiver.networks) ?? [])) {
    const outcome = await send(deps, socket, record, receiver);
    outcomes.push(outcome);
    if (outcome === 'gone') return;
  }
}

/** The socket first: if the row went first and the close failed, nobody would ever find the socket again. */
async function close({ sockets, connections }: SendAlertsDeps, socket: LiveConnection): Promise<void> {
  await sockets.close(socket.connectionId);
  await connections.remove(socket.connectionId);
}

async function send(
  deps: SendAlertsDeps,
  socket: LiveConnection,
  record: AlertRecord,
  { person, permit }: Receiver & { kind: 'receives' },
): Promise<Outcome> {
  const deliveryId = deps.events.newId();
  const { alertId, readId, network } = record.alert;
  const event = newEvent(deps.events, {
    kind: 'alert-sent',
    actor: actorOf(person),
    operation: 'deliver-alerts',
    device: deviceOf(socket, person.device),
    deliveryId,
    alertId,
    readId,
    network,
    decision: decisionRecord(permit),
  });
  await persistently(deps, () => deps.audit.append(event));
  const owner = { username: person.username, searchId: deliveryId };
  const { imageLinks, configuration } = deps;
  const answering = { imageLinks, neighbours: configuration.neighbours };
  const [alert] = await persistently(deps, () => answerAlerts(answering, [record], owner));
  if (alert === undefined) throw new Error('an alert has no answer');
  const message: LiveMessage = { kind: 'alert', alert };
  const text = JSON.stringify(message);
  const outcome = await persistently(deps, () => deps.sockets.send(socket.connectionId, text));
  if (outcome === 'gone' && deps.events.now() - socket.connectedAtMs > openingMs)
    await persistently(deps, () => deps.connections.remove(socket.connectionId));
  return outcome;
}

function deviceOf({ address, deviceId, sessionId }: LiveConnection, proven: DeviceFact): Device {
  return {
    address,
    proven,
    ...(deviceId === undefined ? {} : { deviceId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
}

function tally(outcomes: readonly Outcome[], failures: readonly unknown[]): Delivery {
  const count = (kind: Outcome) => outcomes.filter((each) => each === kind).length;
  return { sent: count('sent'), closed: count('closed'), gone: count('gone'), failures };
}
