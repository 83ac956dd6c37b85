import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { DecideAccess } from '../../core/access/decision';
import { auditedUse } from '../../core/audit/audited-use';
import type { Enrolment, Enrolments } from '../../core/cameras/ports';
import { silentCameras } from '../../core/cameras/silent';

export type ListSilentCamerasDeps = ApiDeps & {
  readonly enrolments: Pick<Enrolments, 'list'>;
  readonly decide: DecideAccess;
};

/** GET /v1/cameras/silent: cars whose reader is not in daily use, and cameras that went quiet (Policy-E). */
export function makeHandler(deps: ListSilentCamerasDeps): ApiHandler {
  const operation = 'list-silent-cameras';
  return apiHandler({
    operation,
    deps,
    handle: async (_, caller) => {
      const nowMs = deps.events.now();
      const permit = deps.decide({ person: caller.person, operation, nowMs });
      if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
      const use = { operation, permit, queried: {}, networksInScope: [] } as const;
      const silent = await auditedUse(deps, caller, use, async () => {
        const value = silentCameras(await deps.enrolments.list(), nowMs);
        return {
          value,
          counts: { cameras: value.length },
          resultIds: value.map(({ cameraId }) => cameraId),
        };
      });
      return { kind: 'answer', body: { cameras: silent.map(answerOf) } };
    },
  });
}

function answerOf({ cameraId, network, kind, enrolledAtMs, lastSeenMs }: Enrolment) {
  return {
    cameraId,
    network,
    kind,
    enrolledAt: new Date(enrolledAtMs).toISOString(),
    ...(lastSeenMs === undefined ? {} : { lastSeenAt: new Date(lastSeenMs).toISOString() }),
  };
}
