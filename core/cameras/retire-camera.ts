import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import type { CameraRegistry, DeviceIdentities, Enrolments, Sites } from './ports';
import { withoutCamera } from './site-life-cycle';

export interface RetireCameraDeps extends AuditDeps {
  readonly cameras: CameraRegistry;
  readonly enrolments: Pick<Enrolments, 'find' | 'retire'>;
  readonly sites: Pick<Sites, 'find'>;
  readonly identities: Pick<DeviceIdentities, 'revoke'>;
  readonly decide: DecideAccess;
}

export type RetireOutcome =
  | { readonly kind: 'retired'; readonly atMs: number }
  | { readonly kind: 'refused'; readonly denial: Denial }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'busy' };

/**
 * Ends a camera, for instance a stolen one. The registry comes first: from the next batch on nothing it sends is
 * admitted, whatever credentials it still holds. Then its certificate is revoked, and it gets no new ones. Repeated, it
 * revokes again.
 */
export function retireEnrolledCamera(deps: RetireCameraDeps) {
  return async (cameraId: string, caller: Caller): Promise<RetireOutcome> => {
    const operation = 'retire-camera';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    return auditedUse(deps, caller, use, async () => {
      const value = await retire(deps, cameraId, { username: caller.person.username, nowMs });
      const isRetired = value.kind === 'retired';
      return {
        value,
        counts: { retired: Number(isRetired) },
        resultIds: isRetired ? [cameraId] : [],
      };
    });
  };
}

async function retire(
  deps: RetireCameraDeps,
  cameraId: string,
  by: { readonly username: string; readonly nowMs: number },
): Promise<RetireOutcome> {
  const camera = (await deps.cameras.find([cameraId])).get(cameraId);
  const enrolment = await deps.enrolments.find(cameraId);
  if (camera === undefined || enrolment === undefined) return { kind: 'not-found' };
  if (enrolment.retiredAtMs === undefined) {
    const site = camera.site && (await deps.sites.find(camera.site.siteId));
    const stored = await deps.enrolments.retire({
      cameraId,
      by: by.username,
      atMs: by.nowMs,
      ...(site?.cameraId === cameraId ? { site: withoutCamera(site, by) } : {}),
    });
    if (stored === 'conflict') return { kind: 'busy' };
  }
  await deps.identities.revoke(enrolment.certificateId);
  return { kind: 'retired', atMs: enrolment.retiredAtMs ?? by.nowMs };
}
