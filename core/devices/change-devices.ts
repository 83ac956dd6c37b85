import type { DecideAccess, Denial, Permit } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { actorOf, decisionRecord } from '../audit/facts';
import type { OnceAuditLog } from '../audit/ports';
import type { DeviceRegistration } from '../contract/devices';
import { hashedUuid } from '../hashed-uuid';
import type { People } from '../people/ports';
import { type Device, isSameDevice, registerDevice } from './device';
import type { DeviceRegistry } from './ports';

export interface ChangeDevicesDeps extends AuditDeps {
  readonly registry: Pick<DeviceRegistry, 'find' | 'register' | 'retire'>;
  readonly people: People;
  readonly onceAudit: OnceAuditLog;
  readonly decide: DecideAccess;
}

export type ChangeDevicesOutcome =
  | { readonly kind: 'changed'; readonly device: Device }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'invalid'; readonly field: string; readonly message: string; readonly clause?: string }
  /** The key stands in the registry otherwise: as retired, another kind, or somebody else's. */
  | { readonly kind: 'conflict' }
  | { readonly kind: 'not-found' };

/**
 * Puts a device into the registry by its public key. The row is stored before its event, which is made of the row: who
 * repeats a registration that was cut off completes it, and a key that was retired is never registered again.
 */
export function registerNewDevice(deps: ChangeDevicesDeps) {
  return async (registration: DeviceRegistration, caller: Caller): Promise<ChangeDevicesOutcome> => {
    const { person } = caller;
    const operation = 'register-device';
    const nowMs = deps.events.now();
    const { assignedTo } = registration;
    const assignee = assignedTo === undefined ? undefined : await deps.people.find(assignedTo);
    const subject =
      assignedTo === undefined
        ? {}
        : { subject: { username: assignedTo, role: assignee?.role ?? ('officer' as const) } };
    const permit = deps.decide({ person, operation, ...subject, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const made = registerDevice(registration, { assignee, by: person.username, nowMs });
    if (made.kind === 'invalid') return made;

    const { deviceId } = made.device;
    const queried = { deviceId, ...(assignedTo === undefined ? {} : { username: assignedTo }) };
    const use = { operation, permit, queried, networksInScope: [] } as const;
    return auditedUse<ChangeDevicesOutcome>(deps, caller, use, async () => {
      const standing = await deps.registry.register(made.device);
      if (!isSameDevice(standing, made.device))
        return { value: { kind: 'conflict' }, counts: { registered: 0 }, resultIds: [] };
      await tellOf(deps, standing, { caller, permit, operation });
      return {
        value: { kind: 'changed', device: standing },
        counts: { registered: 1 },
        resultIds: [deviceId],
      };
    });
  };
}

/** Ends a device, for instance a lost phone: its very next request is from an unknown device, which opens nothing. */
export function retireRegisteredDevice(deps: ChangeDevicesDeps) {
  return async (deviceId: string, caller: Caller): Promise<ChangeDevicesOutcome> => {
    const { person } = caller;
    const operation = 'retire-device';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { deviceId }, networksInScope: [] } as const;
    return auditedUse<ChangeDevicesOutcome>(deps, caller, use, async () => {
      const device = await deps.registry.retire(deviceId, { by: person.username, atMs: nowMs });
      if (device === undefined)
        return { value: { kind: 'not-found' }, counts: { retired: 0 }, resultIds: [] };
      await tellOf(deps, device, { caller, permit, operation });
      return { value: { kind: 'changed', device }, counts: { retired: 1 }, resultIds: [deviceId] };
    });
  };
}

/** Time and id are made of what stands in the registry, so that each step of a device has one event. */
async function tellOf(
  deps: ChangeDevicesDeps,
  { deviceId, assignedTo, registeredAtMs, retired }: Device,
  by: {
    readonly caller: Caller;
    readonly permit: Permit;
    readonly operation: 'register-device' | 'retire-device';
  },
): Promise<void> {
  const change = by.operation === 'register-device' ? 'registered' : 'retired';
  const atMs = change === 'registered' ? registeredAtMs : (retired?.atMs ?? registeredAtMs);
  const stamp = { now: () => atMs, newId: () => hashedUuid(`platekeeper device ${change} ${deviceId}`) };
  await deps.onceAudit.appendOnce(
    newEvent(stamp, {
      kind: 'device-changed',
      actor: actorOf(by.caller.person),
      operation: by.operation,
      device: by.caller.device,
      deviceId,
      change,
      assignedTo,
      decision: decisionRecord(by.permit),
    }),
  );
}
