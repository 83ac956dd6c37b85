import { z } from 'zod';
import { permittedPurposes } from '../access/purpose';
import { sharingChanges } from '../contract/operations/sharing';
import { CellTally } from './cells';
import type { Answered, Requested } from './open-requests';
import { RequestTally } from './request-tally';
import { type Figure, figureOf } from './suppress';

/** What is counted of an event by which something leaves the store: never what, only under which head. */
const leaving = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('evidence-taken'), purpose: z.string() }),
  z.object({ kind: z.literal('release-changed'), change: z.string(), authorityKind: z.string() }),
]);
const kinds: ReadonlySet<string> = new Set(['evidence-taken', 'release-changed']);

const changingSharing: ReadonlySet<string> = new Set(sharingChanges);
/** Each is told by an event of its own. */
const takingOperations: ReadonlySet<string> = new Set(['take-evidence', 'request-release', 'decide-release']);

/** What leaves the store, and with whom it is shared: evidence, releases, requests of other agencies, agreements. */
export class OutwardTally {
  readonly #evidence = new CellTally();
  readonly #authorities = new CellTally();
  readonly #releases = new CellTally();
  readonly #requests = new RequestTally();
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
  addUse(use: Requested): boolean {
    const { operation, actor } = use;
    if (takingOperations.has(operation) || this.#requests.addUse(use)) return true;
    if (!changingSharing.has(operation)) return false;
    this.#sharing.add(operation, actor.username);
    return true;
  }

  answer(event: Answered): void {
    this.#requests.answer(event);
  }

  figures() {
    return {
      evidence: figureOf({ purpose: [this.#evidence, [...permittedPurposes, 'exigent']] }),
      releases: figureOf({
        change: [this.#releases, ['requested', 'released', 'declined']],
        authority: [this.#authorities, []],
      }),
      outsideRequests: this.#requests.figure(),
      sharingChanges: figureOf({ operation: [this.#sharing, sharingChanges] }),
    } satisfies Readonly<Record<string, Figure>>;
  }
}
