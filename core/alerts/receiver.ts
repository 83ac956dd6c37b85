import type { DecideAccess, Denial, Permit } from '../access/decision';
import type { Configuration } from '../contract/configuration';
import { registeredFactOf } from '../devices/device-fact';
import type { Devices } from '../devices/ports';
import { type DeviceFact, type Person, type Principal, standing } from '../people/person';
import type { People } from '../people/ports';
import type { Sessions } from '../sessions/ports';
import { networksInScope } from '../sharing/scope';
import type { LiveCaller } from './ports';

export interface ReceiverDeps {
  readonly people: People;
  readonly devices: Devices;
  readonly sessions: Pick<Sessions, 'find'>;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

/** Whether somebody may have live alerts at this moment, and of which networks. */
export type Receiver =
  | {
      readonly kind: 'receives';
      readonly person: Principal;
      readonly networks: readonly string[];
      readonly permit: Permit;
    }
  | {
      readonly kind: 'refused';
      readonly person: Person | undefined;
      readonly denial: Pick<Denial, 'clause' | 'message' | 'rules' | 'isUndecidable'> & {
        readonly policyVersion?: string;
      };
    };

/**
 * By the facts as they are now, never by what was true when the connection was opened (Access-G, Acct-C): the person,
 * whether the device is still registered, and the sign-in. A console's sign-in that was silent for too long has ended;
 * a phone may ring in a pocket for as long as its user is on duty.
 */
export async function receiverOf(
  deps: ReceiverDeps,
  connection: LiveCaller,
  nowMs: number,
): Promise<Receiver> {
  const { username } = connection;
  const found = await deps.people.find(username);
  const stand = standing(found, nowMs);
  if (stand.kind === 'refused')
    return { kind: 'refused', person: found, denial: { ...stand, rules: ['standing'] } };
  const device = await deviceNow(deps, connection);
  if (!(await isSignedIn(deps, { ...connection, device }, nowMs)))
    return { kind: 'refused', person: stand.person, denial: sessionEnded };
  const person = { ...stand.person, device };
  const networks = networksInScope(deps.configuration, person, nowMs);
  const decision = deps.decide({ person, operation: 'list-alerts', networks, nowMs });
  return decision.kind === 'permit'
    ? { kind: 'receives', person, networks, permit: decision }
    : { kind: 'refused', person, denial: decision };
}

/** A registered device is what the registry says of it now; a network was proven by the open socket's address. */
async function deviceNow(
  { devices, configuration }: ReceiverDeps,
  { username, device, deviceId }: LiveCaller,
): Promise<DeviceFact> {
  if (deviceId === undefined) return device;
  const { consoleDevices } = configuration.clients;
  return registeredFactOf(await devices.find(deviceId), { username, consoleDevices });
}

async function isSignedIn(
  { sessions, configuration }: ReceiverDeps,
  { username, device, sessionId }: LiveCaller,
  nowMs: number,
): Promise<boolean> {
  if (sessionId === undefined) return true;
  const session = await sessions.find(username, sessionId);
  if (session === undefined || session.endedAtMs !== undefined) return false;
  const idleMs = configuration.clients.idleMinutes * 60_000;
  return device === 'department-phone' || nowMs - session.lastSeenMs < idleMs;
}

const sessionEnded = {
  clause: 'Access-C',
  message: 'This session has ended.',
  rules: ['session'],
} as const;
