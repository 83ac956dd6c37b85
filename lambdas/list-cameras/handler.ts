import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { routeOperations } from '../../adapters/gateway/route';
import type { DecideAccess } from '../../core/access/decision';
import { auditedUse, type Caller } from '../../core/audit/audited-use';
import { clocksOff } from '../../core/cameras/clock';
import type { Enrolment, Enrolments } from '../../core/cameras/ports';
import { silentCameras } from '../../core/cameras/silent';

export type ListCamerasDeps = ApiDeps & {
  readonly enrolments: Pick<Enrolments, 'list'>;
  readonly decide: DecideAccess;
};

type Listing = 'list-cameras' | 'list-silent-cameras';

/**
 * GET /v1/cameras: those in use, and their clocks. GET /v1/cameras/silent: cars whose reader is not in daily use, and
 * cameras that went quiet (Policy-E).
 */
export function makeHandler(deps: ListCamerasDeps): ApiHandler {
  const list = async (
    operation: Listing,
    caller: Caller,
    choose: (enrolments: readonly Enrolment[], nowMs: number) => readonly Enrolment[],
  ) => {
    const nowMs = deps.events.now();
    const permit = deps.decide({ person: caller.person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit } as const;
    const use = { operation, permit, queried: {}, networksInScope: [] } as const;
    const cameras = await auditedUse(deps, caller, use, async () => {
      const value = choose(await deps.enrolments.list(), nowMs);
      const resultIds = value.map(({ cameraId }) => cameraId);
      return { value, counts: { cameras: value.length }, resultIds };
    });
    return { kind: 'listed', cameras } as const;
  };

  return routeOperations({
    'list-silent-cameras': apiHandler({
      operation: 'list-silent-cameras',
      deps,
      handle: async (_, caller) => {
        const outcome = await list('list-silent-cameras', caller, silentCameras);
        if (outcome.kind === 'refused') return outcome;
        return { kind: 'answer', body: { cameras: outcome.cameras.map(answerOf) } };
      },
    }),
    'list-cameras': apiHandler({
      operation: 'list-cameras',
      deps,
      handle: async (_, caller) => {
        const outcome = await list('list-cameras', caller, inUse);
        if (outcome.kind === 'refused') return outcome;
        const off = new Set(clocksOff(outcome.cameras));
        const cameras = outcome.cameras.map((each) => ({
          ...answerOf(each),
          ...(each.clockAheadMs === undefined ? {} : { clockAheadMs: each.clockAheadMs }),
          clockOff: off.has(each),
        }));
        return { kind: 'answer', body: { cameras } };
      },
    }),
  });
}

function inUse(enrolments: readonly Enrolment[]): readonly Enrolment[] {
  return enrolments.filter(({ retiredAtMs }) => retiredAtMs === undefined);
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
