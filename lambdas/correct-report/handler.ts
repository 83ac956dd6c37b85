import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import {
  approveCorrection,
  type CorrectReportDeps,
  type CorrectReportOutcome,
  proposeCorrection,
} from '../../core/reports/correct-report';

export type CorrectReportHandlerDeps = ApiDeps & CorrectReportDeps;

/** POST /v1/reports/{month}/corrections, and the approval of one. */
export function makeHandler(deps: CorrectReportHandlerDeps): ApiHandler {
  const propose = proposeCorrection(deps);
  const approve = approveCorrection(deps);
  return routeOperations({
    'propose-report-correction': apiHandler({
      operation: 'propose-report-correction',
      deps,
      handle: async ({ path, body }, caller) => replyTo(await propose({ ...path, ...body }, caller)),
    }),
    'approve-report-correction': apiHandler({
      operation: 'approve-report-correction',
      deps,
      handle: async ({ path }, caller) => replyTo(await approve(path, caller)),
    }),
  });
}

function replyTo(
  outcome: CorrectReportOutcome,
): Reply<'propose-report-correction' | 'approve-report-correction'> {
  switch (outcome.kind) {
    case 'recorded': {
      const { month, reportVersion, change, reason, actor, changedAtMs } = outcome.step;
      return {
        kind: 'answer',
        body: {
          month,
          version: reportVersion,
          proposalId: outcome.proposalId,
          state: change,
          reason,
          by: actor.username,
          at: new Date(changedAtMs).toISOString(),
        },
      };
    }
    case 'refused':
      return outcome;
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: {
          detail: 'There is no such report, or no such proposal for its next version.',
          remedy: 'A month is corrected once it was reported; propose the correction anew.',
        },
      };
    case 'conflict':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: {
          detail: 'Another correction of this version was approved, or it was proposed by yourself.',
          remedy: 'Wait for the new version; a correction takes two persons.',
          clause: 'Acct-A',
        },
      };
    default:
      return outcome satisfies never;
  }
}
