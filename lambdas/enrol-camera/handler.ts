import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  type EnrolCameraDeps,
  type EnrolmentFault,
  type EnrolOutcome,
  enrolNewCamera,
} from '../../core/cameras/enrol-camera';
import {
  type RetireCameraDeps,
  type RetireOutcome,
  retireEnrolledCamera,
} from '../../core/cameras/retire-camera';

export type EnrolCameraHandlerDeps = ApiDeps & EnrolCameraDeps & RetireCameraDeps;

/** POST /v1/cameras and POST /v1/cameras/{cameraId}/retirement. */
export function makeHandler(deps: EnrolCameraHandlerDeps): ApiHandler {
  const enrol = enrolNewCamera(deps);
  const retire = retireEnrolledCamera(deps);
  return routeOperations({
    'enrol-camera': apiHandler({
      operation: 'enrol-camera',
      deps,
      handle: async ({ body }, caller) => enrolmentReply(await enrol(body, caller)),
    }),
    'retire-camera': apiHandler({
      operation: 'retire-camera',
      deps,
      handle: async ({ path }, caller) => retirementReply(path.cameraId, await retire(path.cameraId, caller)),
    }),
  });
}

function enrolmentReply(outcome: EnrolOutcome): Reply<'enrol-camera'> {
  switch (outcome.kind) {
    case 'enrolled':
      return { kind: 'answer', body: outcome.camera };
    case 'refused':
      return outcome;
    case 'fault':
      return {
        kind: 'refused',
        denial: {
          clause: outcome.clause,
          message: outcome.message,
          remedy: outcome.remedy,
          rules: ['enrolment'],
        },
        as: faultProblems[outcome.because],
      };
    default:
      return outcome satisfies never;
  }
}

const faultProblems = {
  policy: 'policy-refusal',
  conflict: 'conflict',
  request: 'request-invalid',
} as const satisfies Record<EnrolmentFault['because'], string>;

function retirementReply(cameraId: string, outcome: RetireOutcome): Reply<'retire-camera'> {
  switch (outcome.kind) {
    case 'retired':
      return { kind: 'answer', body: { cameraId, retiredAt: new Date(outcome.atMs).toISOString() } };
    case 'refused':
      return outcome;
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'No such camera is enrolled.', remedy: 'Look at the registry for its id.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'The camera is being changed by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
