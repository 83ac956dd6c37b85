import { agencyKinds } from '../contract/configuration-parts';
import { AnsweredUses } from './answered-use';
import { CellTally } from './cells';
import { CrossTally } from './crossed';
import type { Answered, Requested } from './open-requests';
import { type Figure, figureOf } from './suppress';

const outcomes = ['open', 'answered-with-reads', 'answered-without-reads', 'declined'] as const;
type Outcome = (typeof outcomes)[number];

const operations: ReadonlySet<string> = new Set([
  'receive-external-request',
  'answer-external-request',
  'decline-external-request',
]);

interface OutsideRequest {
  readonly agency: string;
  /** Who took it in, or closed it where that was in an earlier month. */
  readonly enteredBy: string;
  readonly outcome: Outcome;
  /** Who is behind the outcome. */
  readonly by: string;
}

interface Closing extends Pick<OutsideRequest, 'agency' | 'by'> {
  readonly externalRequestId: string;
}

/**
 * What other agencies asked (Storage-C): each request that was received or closed in the month, once, as it stood at
 * its end. One that was received in an earlier month is told again with its outcome.
 */
export class RequestTally {
  readonly #requests = new Map<string, OutsideRequest>();
  readonly #closings = new AnsweredUses<Closing, Outcome>((closing, outcome) =>
    this.#close(closing, outcome),
  );

  /** Whether the permitted use is of these. */
  addUse({ operation, actor, queried, requestId }: Requested): boolean {
    if (!operations.has(operation)) return false;
    const { externalRequestId = requestId, agencyKind: agency = 'unnamed' } = queried;
    const by = actor.username;
    if (operation === 'receive-external-request')
      this.#requests.set(externalRequestId, { agency, enteredBy: by, outcome: 'open', by });
    else this.#closings.ask(requestId, { externalRequestId, agency, by });
    return true;
  }

  /** An answer that was not given, as nothing could be stored or a cap was reached, leaves the request open. */
  answer({ operation, requestId, counts }: Answered): void {
    if (operation === 'decline-external-request' && counts.changed === 1)
      this.#closings.tell(requestId, 'declined');
    if (operation === 'answer-external-request' && counts.referrals !== undefined)
      this.#closings.tell(
        requestId,
        (counts.reads ?? 0) > 0 ? 'answered-with-reads' : 'answered-without-reads',
      );
  }

  figure(): Figure {
    const [byAgency, byOutcome, crossed] = [new CellTally(), new CellTally(), new CrossTally('outcome')];
    for (const { agency, enteredBy, outcome, by } of this.#requests.values()) {
      byAgency.add(agency, enteredBy);
      byOutcome.add(outcome, by);
      crossed.add(agency, outcome, by);
    }
    const figure = figureOf({ outcome: [byOutcome, outcomes], agency: [byAgency, agencyKinds] });
    return {
      ...figure,
      crossed: { rows: 'agency', columns: 'outcome' },
      shares: { ...figure.shares, ...crossed.shares() },
    };
  }

  #close({ externalRequestId, agency, by }: Closing, outcome: Outcome): void {
    const { enteredBy = by } = this.#requests.get(externalRequestId) ?? {};
    this.#requests.set(externalRequestId, { agency, enteredBy, outcome, by });
  }
}
