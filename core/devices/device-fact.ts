import type { DeviceFact } from '../people/person';
import type { Device } from './device';

/** What is known of a call's device, each part proven by this call. */
export interface DeviceEvidence {
  readonly username: string;
  /** Which client the access token was issued to. */
  readonly client: ClientKind;
  /** Absent: no proof was sent. `device`: the registry's entry of the proven key, as it stands now. */
  readonly proven?: { readonly device: Device | undefined };
  /** The call came from a network of the Department. */
  readonly isOnOwnNetwork: boolean;
  /** Whether registered consoles open the console here (configuration). */
  readonly consoleDevices: boolean;
}

/** The clients that people sign in with; a token of any other is treated like a phone's. */
export type ClientKind = 'console' | 'mobile';

/**
 * What a call was made with (Access-G). A key that was proven speaks alone: one that is not registered, retired or
 * somebody else's makes the device unknown wherever it is. Without a proof only the console can be known, by its
 * network: a phone's token is unknown even there.
 */
export function deviceFactOf(evidence: DeviceEvidence): DeviceFact {
  const { username, client, proven, isOnOwnNetwork, consoleDevices } = evidence;
  if (proven !== undefined) return registeredFactOf(proven.device, { username, consoleDevices });
  return client === 'console' && isOnOwnNetwork ? 'department-console' : 'unknown';
}

/** What a registered device is to a user at this moment. */
export function registeredFactOf(
  device: Device | undefined,
  { username, consoleDevices }: Pick<DeviceEvidence, 'username' | 'consoleDevices'>,
): DeviceFact {
  if (device === undefined || device.retired !== undefined) return 'unknown';
  switch (device.kind) {
    case 'phone':
      return device.assignedTo === username ? 'department-phone' : 'unknown';
    case 'console':
      return consoleDevices && (device.assignedTo ?? username) === username
        ? 'department-console'
        : 'unknown';
    default:
      return device.kind satisfies never;
  }
}
