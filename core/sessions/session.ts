import type { ClientKind } from '../devices/device-fact';
import type { DeviceFact } from '../people/person';

/** Where and with what a session was used. */
export interface Place {
  readonly name: string;
  /** Degrees. */
  readonly latitude: number;
  readonly longitude: number;
}

/** One use of a sign-in, as the call shows it. */
export interface SessionUse {
  readonly username: string;
  /** Names the sign-in that all tokens of one refresh come from. */
  readonly sessionId: string;
  /** When its user signed in. */
  readonly signedInAtMs: number;
  readonly atMs: number;
  readonly address: string;
  readonly client: ClientKind;
  readonly device: DeviceFact;
  /** Thumbprint of the device's key, where one was proven. */
  readonly deviceId?: string;
  /** The network of the Department that it came from, by name. */
  readonly place?: string;
}

/** A sign-in as it was last used. */
export interface Session {
  readonly sessionId: string;
  readonly startedAtMs: number;
  readonly lastSeenMs: number;
  /** Absent: nobody ended it. */
  readonly endedAtMs?: number;
  readonly address: string;
  readonly client: ClientKind;
  readonly device: DeviceFact;
  readonly deviceId?: string;
  readonly place?: string;
}
