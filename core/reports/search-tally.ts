import { permittedPurposes } from '../access/purpose';
import { roles } from '../access/roles';
import type { AuditEvent } from '../audit/event';
import { AnsweredUses } from './answered-use';
import { CellTally } from './cells';
import type { Answered, Requested } from './open-requests';
import { type Figure, figureOf } from './suppress';

/** Whose searches are administrative, and nothing else (`policy/rules/search.cedar`). */
const administrativeRoles: readonly string[] = ['chief', 'chief-designee', 'administrator', 'auditor'];
/** A machine, which searches nothing. */
const machineRole = 'personnel-feed';

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
  /** Who searched, and what was found. */
  readonly #answered = new AnsweredUses<string, string>((username, result) =>
    this.#result.add(result, username),
  );

  add(event: AuditEvent): void {
    if (event.kind === 'requested' && isSearch(event)) this.#count(event);
  }

  /** Of this month's searches and, for an hour after it, of its last ones. */
  answer(event: Answered): void {
    if (!isSearch(event)) return;
    this.#answered.tell(event.requestId, (event.counts.reads ?? 0) > 0 ? 'found' : 'nothing');
  }

  /** Call it once. */
  figures(): { readonly searches: Figure; readonly administrativeSearches: Figure } {
    for (const username of this.#answered.unanswered()) this.#result.add('unanswered', username);
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
    this.#answered.ask(requestId, actor.username);
  }
}
