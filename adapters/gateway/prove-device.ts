import type { Device } from '../../core/devices/device';
import { registeredFactOf } from '../../core/devices/device-fact';
import type { Devices, UsedProofs } from '../../core/devices/ports';
import { type ProofFault, verifyProof } from '../../core/devices/verify-proof';
import type { CallRules } from './call-rules';
import type { GatewayCall } from './proxy-event';
import type { Refused } from './refusal';
import { type FactsDeps, understood } from './understood';

export interface ProveDeviceDeps extends FactsDeps {
  readonly devices: Devices;
  readonly usedProofs: UsedProofs;
  readonly rules: Pick<CallRules, 'consoleDevices'>;
}

export type DeviceProof =
  | { readonly kind: 'none' }
  /** `device`: what the registry says of the key; absent where it knows nothing of it. */
  | { readonly kind: 'proven'; readonly deviceId: string; readonly device: Device | undefined }
  | { readonly kind: 'refused'; readonly because: ProofFault | 'several' | 'used' };

/**
 * Which device a call's proof is of (RFC 9449, 4.3). A proof that would open something is used up, in the store, so
 * that who copies a whole call cannot make it again.
 */
export async function proveDevice(
  deps: ProveDeviceDeps,
  { proofs, called }: Pick<GatewayCall, 'proofs' | 'called'>,
  { username, nowMs }: { readonly username: string; readonly nowMs: number },
): Promise<DeviceProof> {
  const [proof, ...others] = proofs;
  if (proof === undefined) return { kind: 'none' };
  if (others.length > 0) return { kind: 'refused', because: 'several' };
  const outcome = verifyProof({ ...called, proof, nowMs });
  if (outcome.kind === 'refused') return outcome;
  const { deviceId } = outcome;
  const device = await understood(deps, () => deps.devices.find(deviceId));
  const opens = registeredFactOf(device, { username, consoleDevices: deps.rules.consoleDevices });
  if (opens !== 'unknown' && (await deps.usedProofs.use(outcome)) === 'used')
    return { kind: 'refused', because: 'used' };
  return { kind: 'proven', deviceId, device };
}

/** A proof that is none refuses the call, whatever else would open it: whoever sends one must know why it fails. */
export function proofRefusal(because: (DeviceProof & { kind: 'refused' })['because']): Refused {
  return {
    denial: {
      clause: 'Access-G',
      message: `The proof of this device cannot be used: ${faults[because]}.`,
      remedy: 'Try again; if it fails again, have the device looked at.',
      rules: ['device-proof'],
    },
  };
}

const faults = {
  malformed: 'it is not written as a proof is',
  'not-p256': 'its key is no public P-256 key',
  private: 'it gives a secret key away, which must not be used any more',
  signature: 'its signature is not that of its key',
  'other-request': 'it was made for another call',
  'other-time': 'it was made at another time, or the clock of the device is wrong',
  'other-token': 'it was made for another sign-in',
  several: 'several were sent',
  used: 'it was used before',
} as const satisfies Record<(DeviceProof & { kind: 'refused' })['because'], string>;
