import { z } from 'zod';
import { permittedPurposes } from '../access/purpose';
import { sharingChanges } from '../contract/operations/sharing';
import { CellTally } from './cells';
import { type Figure, figureOf } from './suppress';

/** What is counted of an event by which something leaves the store: never what, only under which head. */
const leaving = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('evidence-taken'), purpose: z.string() }),
  z.object({ kind: z.literal('release-changed'), change: z.string(), authorityKind: z.string() }),
]);
const kinds: ReadonlySet<string> = new Set(['evidence-taken', 'release-changed']);

const changingSharing: ReadonlySet<string> = new Set(sharingChanges);
const requestSteps: Readonly<Record<string, string>> = {
  'receive-external-request': 'received',
  'answer-external-request': 'answered',
  'decline-external-request': 'declined',
};
/** Each is told by an event of its own. */
const takingOperations: ReadonlySet<string> = new Set(['take-evidence', 'request-release', 'decide-release']);

/** What leaves the store, and with whom it is shared: evidence, releases, requests of other agencies, agreements. */
export class OutwardTally {
  readonly #evidence = new CellTally();
  readonly #authorities = new CellTally();
  readonly #releases = new CellTally();
  readonly #requests = new CellTally();
  readonly #sharing = new CellTally();

  /** Whether the event is of these. */
  add(event: { readonly kind: string }, username: string | undefined): boolean {
    if (!kinds.has(event.kind)) return false;
    const parsed = leaving.safeParse(event);
    if (!parsed.success) return false;
    if (parsed.data.kind === 'evidence-taken') this.#evidence.add(parsed.data.purpose, username);
    else {
      this.#releases.add(parsed.data.change, username);
      this.#authorities.add(parsed.data.authorityKind, username);
    }
    return true;
  }

  /** Whether the permitted use is of these. */
  addUse(operation: string, username: string): boolean {
    if (takingOperations.has(operation)) return true;
    const step = Object.hasOwn(requestSteps, operation) ? requestSteps[operation] : undefined;
    if (step !== undefined) this.#requests.add(step, username);
    else if (changingSharing.has(operation)) this.#sharing.add(operation, username);
    else return false;
    return true;
  }

  figures() {
    return {
      evidence: figureOf({ purpose: [this.#evidence, [...permittedPurposes, 'exigent']] }),
      releases: figureOf({
        change: [this.#releases, ['requested', 'released', 'declined']],
        authority: [this.#authorities, []],
      }),
      outsideRequests: figureOf({ step: [this.#requests, ['received', 'answered', 'declined']] }),
      sharingChanges: figureOf({ operation: [this.#sharing, sharingChanges] }),
    } satisfies Readonly<Record<string, Figure>>;
  }
}
