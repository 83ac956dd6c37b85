import { type ApiDeps, type ApiHandler, apiHandler } from '../../adapters/gateway/api-handler';
import { refusalReply } from '../../adapters/gateway/life-cycle-refusal';
import type { Reply } from '../../adapters/gateway/reply';
import { routeOperations } from '../../adapters/gateway/route';
import type { OperationId } from '../../core/contract/operations';
import type { AgencyRecord, AgreementRecord } from '../../core/sharing/agreement';
import {
  type ChangeSharingDeps,
  changeSharing,
  type SharingOutcome,
} from '../../core/sharing/change-sharing';
import {
  agencyAnswer,
  agreementAnswer,
  type ListSharingDeps,
  listSharing,
  sharedNow,
} from '../../core/sharing/list-sharing';

export type ManageSharingDeps = ApiDeps & ChangeSharingDeps & ListSharingDeps;

/** /v1/agencies, /v1/agreements and /v1/exigent-grants. */
export function makeHandler(deps: ManageSharingDeps): ApiHandler {
  const change = changeSharing(deps);
  const list = listSharing(deps);
  return routeOperations({
    'propose-agency': apiHandler({
      operation: 'propose-agency',
      deps,
      handle: async ({ body }, caller) => agencyReply(await change.proposeAgency(body, caller)),
    }),
    'confirm-agency': apiHandler({
      operation: 'confirm-agency',
      deps,
      handle: async ({ path }, caller) => agencyReply(await change.confirmAgency(path.agencyId, caller)),
    }),
    'propose-agreement': apiHandler({
      operation: 'propose-agreement',
      deps,
      handle: async ({ body }, caller) => agreementReply(await change.proposeAgreement(body, caller)),
    }),
    'propose-exigent-grant': apiHandler({
      operation: 'propose-exigent-grant',
      deps,
      handle: async ({ body }, caller) => agreementReply(await change.proposeExigentGrant(body, caller)),
    }),
    'approve-agreement': apiHandler({
      operation: 'approve-agreement',
      deps,
      handle: async ({ path }, caller) =>
        agreementReply(await change.approve('approve-agreement', path.agreementId, caller)),
    }),
    'approve-exigent-grant': apiHandler({
      operation: 'approve-exigent-grant',
      deps,
      handle: async ({ path }, caller) =>
        agreementReply(await change.approve('approve-exigent-grant', path.agreementId, caller)),
    }),
    'revoke-sharing': apiHandler({
      operation: 'revoke-sharing',
      deps,
      handle: async ({ path, body }, caller) => {
        const outcome = await change.revoke(path.agencyId, body.because, caller);
        if (outcome.kind !== 'changed') return otherReply(outcome);
        const { now } = outcome.change;
        const shared = now && sharedNow(deps.configuration, now, outcome.nowMs);
        return answerOf(shared?.find(({ agencyId }) => agencyId === path.agencyId));
      },
    }),
    'list-sharing': apiHandler({
      operation: 'list-sharing',
      deps,
      handle: async (_, caller) => {
        const outcome = await list(caller);
        return outcome.kind === 'refused' ? outcome : { kind: 'answer', body: outcome.answer };
      },
    }),
  });
}

type AgencyReply = Reply<'propose-agency' | 'confirm-agency'>;
type AgreementReply = Reply<'propose-agreement' | 'approve-agreement' | 'propose-exigent-grant'>;

function agencyReply(outcome: SharingOutcome): AgencyReply {
  if (outcome.kind !== 'changed') return otherReply(outcome);
  const agency: AgencyRecord | undefined = outcome.change.agency;
  return answerOf(agency && agencyAnswer(agency));
}

function agreementReply(outcome: SharingOutcome): AgreementReply {
  if (outcome.kind !== 'changed') return otherReply(outcome);
  const agreement: AgreementRecord | undefined = outcome.change.agreements?.[0];
  return answerOf(agreement && agreementAnswer(agreement, outcome.nowMs));
}

function answerOf<Body>(body: Body | undefined): { readonly kind: 'answer'; readonly body: Body } {
  if (body === undefined) throw new Error('a change of sharing without what it changed');
  return { kind: 'answer', body };
}

type Unanswered = Exclude<Reply<OperationId>, { kind: 'answer' }>;

function otherReply(outcome: Exclude<SharingOutcome, { kind: 'changed' }>): Unanswered {
  switch (outcome.kind) {
    case 'refused':
      return refusalReply(outcome.denial, 'sharing-life-cycle', { queried: outcome.queried });
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: {
          detail: 'There is no such agency or agreement.',
          remedy: 'List what is shared for the ids.',
        },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'Sharing is being changed by others; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
