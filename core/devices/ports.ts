import type { Device } from './device';

/** The registry as it stands at this moment. */
export interface Devices {
  /** Strongly consistent: a device that was retired is retired for the very next request. */
  find(deviceId: string): Promise<Device | undefined>;
}

/** The registry, for whoever changes or lists it. */
export interface DeviceRegistry extends Devices {
  /** Stored where its key never stood; resolves with what stands, which an earlier registration may have made. */
  register(device: Device): Promise<Device>;
  /** The first retirement stands and is resolved with. `undefined`: no such device. */
  retire(deviceId: string, retired: NonNullable<Device['retired']>): Promise<Device | undefined>;
  /** Every device; those whose row cannot be understood are left out and told of. */
  list(): Promise<readonly Device[]>;
}

/** Proofs that were used. */
export interface UsedProofs {
  /** Of two uses of one proof, one is the first. Resolves when that is certain. */
  use(proof: { readonly deviceId: string; readonly jti: string }): Promise<'first' | 'used'>;
}
