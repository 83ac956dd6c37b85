import type { Reply } from '../../adapters/gateway/reply';
import type { ChangePeopleOutcome } from '../../core/people/change-people';

type PersonReply = Reply<
  | 'enrol-person'
  | 'assign-person'
  | 'designate-person'
  | 'disable-person'
  | 'suspend-person'
  | 'reinstate-person'
  | 'record-training'
>;

/** What the caller is told of a change of `username`. */
export function replyTo(username: string, outcome: ChangePeopleOutcome): PersonReply {
  switch (outcome.kind) {
    case 'changed':
      return { kind: 'answer', body: outcome.person };
    case 'refused':
      return { kind: 'refused', denial: outcome.denial, use: { queried: { username } } };
    case 'invalid':
      return {
        kind: 'problem',
        problem: 'request-invalid',
        facts: {
          detail: `Put right: ${outcome.faults.map(({ field }) => field).join(', ')}.`,
          fields: outcome.faults,
        },
      };
    case 'conflict': {
      const { clause, message, remedy } = outcome;
      return { kind: 'problem', problem: 'conflict', facts: { detail: message, clause, remedy } };
    }
    case 'not-found':
      return {
        kind: 'problem',
        problem: 'not-found',
        facts: { detail: 'Nobody has this name.', remedy: 'List the people for their names.' },
      };
    case 'busy':
      return {
        kind: 'problem',
        problem: 'conflict',
        facts: { detail: 'Others are changing this access; nothing was done.', remedy: 'Try again.' },
      };
    default:
      return outcome satisfies never;
  }
}
