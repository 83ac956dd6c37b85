import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { Device } from './device';
import type { DeviceRegistry } from './ports';

export interface ListDevicesDeps extends AuditDeps {
  readonly registry: Pick<DeviceRegistry, 'list'>;
  readonly decide: DecideAccess;
}

export type ListDevicesOutcome =
  | { readonly kind: 'listed'; readonly devices: readonly Device[] }
  | { readonly kind: 'refused'; readonly denial: Denial };

/** The registry with retired devices, registered last first. */
export function listRegisteredDevices(deps: ListDevicesDeps) {
  return async (caller: Caller): Promise<ListDevicesOutcome> => {
    const operation = 'list-devices';
    const permit = deps.decide({ person: caller.person, operation, nowMs: deps.events.now() });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse<ListDevicesOutcome>(deps, caller, use, async () => {
      const listed = await deps.registry.list();
      const devices = [...listed].sort((a, b) => b.registeredAtMs - a.registeredAtMs);
      return {
        value: { kind: 'listed', devices },
        counts: { devices: devices.length },
        resultIds: devices.map(({ deviceId }) => deviceId),
      };
    });
  };
}
