import type { DeviceAnswer, DeviceRegistration, deviceKinds, PublicKey } from '../contract/devices';
import type { Person } from '../people/person';
import { parsePublicKey } from './public-key';
import { deviceIdOf } from './thumbprint';

/** A phone or console that the administrator put into the registry. Never taken out: a retired key stays retired. */
export interface Device {
  /** Thumbprint of its public key. */
  readonly deviceId: string;
  readonly kind: (typeof deviceKinds)[number];
  readonly publicKey: PublicKey;
  /** The only user it proves anything for; absent: a console of a desk. */
  readonly assignedTo?: string;
  readonly label: string;
  readonly registeredBy: string;
  readonly registeredAtMs: number;
  /** Absent: active. */
  readonly retired?: { readonly by: string; readonly atMs: number };
}

export type RegistrationOutcome =
  | { readonly kind: 'registered'; readonly device: Device }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string; readonly clause?: string };

/** The division that may use phones without being sworn (Access-G). */
const analysisUnit = 'ciau';

/**
 * What a registration makes. A phone is one user's, who is sworn or of the Crime Intelligence and Analysis Unit
 * (Access-G); `assignee`: the record of the user it names, absent where there is none.
 */
export function registerDevice(
  registration: DeviceRegistration,
  facts: { readonly assignee: Person | undefined; readonly by: string; readonly nowMs: number },
): RegistrationOutcome {
  const { kind, assignedTo, label } = registration;
  const { assignee, by, nowMs } = facts;
  const key = parsePublicKey(registration.publicKey);
  if (key.kind === 'refused') return invalid('publicKey', 'must be a point of the curve P-256');
  if (assignedTo !== undefined && (assignee === undefined || assignee.disabled))
    return invalid('assignedTo', 'must be somebody with access');
  if (kind === 'phone') {
    if (assignee === undefined) return invalid('assignedTo', 'must say whose phone it is', 'Access-G');
    if (!assignee.sworn && assignee.division !== analysisUnit)
      return invalid('assignedTo', 'must be a sworn officer or a member of CIAU', 'Access-G');
  }
  const device: Device = {
    deviceId: deviceIdOf(key.publicKey),
    kind,
    publicKey: key.publicKey,
    ...(assignedTo === undefined ? {} : { assignedTo }),
    label,
    registeredBy: by,
    registeredAtMs: nowMs,
  };
  return { kind: 'registered', device };
}

/** Whether a registration asks for what stands already, so that repeating it changes nothing. */
export function isSameDevice(standing: Device, asked: Device): boolean {
  return (
    standing.retired === undefined &&
    standing.deviceId === asked.deviceId &&
    standing.kind === asked.kind &&
    standing.assignedTo === asked.assignedTo &&
    standing.label === asked.label
  );
}

/** A device as the API answers it. */
export function deviceAnswer(device: Device): DeviceAnswer {
  const { deviceId, kind, assignedTo, label, registeredBy, registeredAtMs, retired } = device;
  return {
    deviceId,
    kind,
    ...(assignedTo === undefined ? {} : { assignedTo }),
    label,
    status: retired === undefined ? 'active' : 'retired',
    registeredBy,
    registeredAt: new Date(registeredAtMs).toISOString(),
    ...(retired === undefined
      ? {}
      : { retiredBy: retired.by, retiredAt: new Date(retired.atMs).toISOString() }),
  };
}

function invalid(field: string, message: string, clause?: string): RegistrationOutcome {
  return { kind: 'invalid', field, message, ...(clause === undefined ? {} : { clause }) };
}
