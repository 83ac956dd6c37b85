import { permittedPurposes } from '../access/purpose';
import { roles } from '../access/roles';
import type { AuditEvent } from '../audit/event';
import { CellTally } from './cells';
import type { Answered, Requested } from './open-requests';
import { type Figure, figureOf } from './suppress';

/** Whose searches are administrative, and nothing else (`policy/rules/search.cedar`). */
const administrativeRoles: readonly string[] = ['chief', 'chief-designee', 'administrator', 'auditor'];
/** A machine, which searches nothing. */
const machineRole = 'personnel-feed';
/** Answers that sort before their requests wait so many at a time; both are written within one use. */
const earlyMax = 10_000;

/** Whether a use looks for reads, by plate or in any other way. */
export function isSearch({ operation }: { readonly operation: string }): boolean {
  return operation.startsWith('search-');
}

/** Permitted searches. Grows with those that have no answer yet. */
export class SearchTally {
  readonly #purpose = new CellTally();
  readonly #role = new CellTally();
  readonly #reason = new CellTally();
  readonly #result = new CellTally();
  readonly #administrative = new CellTally();
  /** Who waits for an answer, by request. */
  readonly #waiting = new Map<string, string>();
  readonly #early = new Map<string, string>();

  add(event: AuditEvent): void {
    if (event.kind === 'requested' && isSearch(event)) this.#count(event);
  }

  /** Of this month's searches and, for an hour after it, of its last ones. */
  answer(event: Answered): void {
    if (!isSearch(event)) return;
    const result = (event.counts.reads ?? 0) > 0 ? 'found' : 'nothing';
    const username = this.#waiting.get(event.requestId);
    if (username !== undefined) {
      this.#waiting.delete(event.requestId);
      this.#result.add(result, username);
      return;
    }
    this.#early.set(event.requestId, result);
    for (const oldest of this.#early.keys()) {
      if (this.#early.size <= earlyMax) break;
      this.#early.delete(oldest);
    }
  }

  /** Call it once. */
  figures(): { readonly searches: Figure; readonly administrativeSearches: Figure } {
    for (const username of this.#waiting.values()) this.#result.add('unanswered', username);
    const investigating = roles.filter((role) => role !== machineRole && !administrativeRoles.includes(role));
    return {
      searches: figureOf({
        role: [this.#role, investigating],
        purpose: [this.#purpose, [...permittedPurposes, 'exigent']],
        reason: [this.#reason, ['case-number', 'cad-number', 'phrase']],
        result: [this.#result, ['found', 'nothing', 'unanswered']],
      }),
      administrativeSearches: figureOf({ role: [this.#administrative, administrativeRoles] }),
    };
  }

  #count({ actor, purpose, reason, requestId }: Requested): void {
    const role = actor.kind === 'person' ? actor.role : 'stranger';
    // Purpose, reason and role of an administrative search follow from each other, so that a table of all searches by
    // one of them would tell what is withheld of another.
    if (purpose?.kind === 'administrative') {
      this.#administrative.add(role, actor.username);
      return;
    }
    this.#purpose.add(purpose?.kind ?? 'unstated', actor.username);
    this.#role.add(role, actor.username);
    this.#reason.add(reason?.kind ?? 'unstated', actor.username);
    const early = this.#early.get(requestId);
    if (early === undefined) this.#waiting.set(requestId, actor.username);
    else this.#result.add(early, actor.username);
  }
}
