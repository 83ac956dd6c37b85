/** Answers that sort before their requests wait so many at a time; both are written within one use. */
const earlyMax = 10_000;

/**
 * Brings the two events of a use together, whichever comes first: what was asked, and what came of it. Grows with uses
 * that have no answer yet.
 */
export class AnsweredUses<Asked, Told> {
  readonly #waiting = new Map<string, Asked>();
  readonly #early = new Map<string, Told>();

  constructor(readonly onAnswered: (asked: Asked, told: Told) => void) {}

  ask(requestId: string, asked: Asked): void {
    const early = this.#early.get(requestId);
    if (early === undefined) this.#waiting.set(requestId, asked);
    else this.onAnswered(asked, early);
  }

  tell(requestId: string, told: Told): void {
    const asked = this.#waiting.get(requestId);
    if (asked !== undefined) {
      this.#waiting.delete(requestId);
      this.onAnswered(asked, told);
      return;
    }
    this.#early.set(requestId, told);
    for (const oldest of this.#early.keys()) {
      if (this.#early.size <= earlyMax) break;
      this.#early.delete(oldest);
    }
  }

  /** What was asked and has no answer. */
  unanswered(): readonly Asked[] {
    return [...this.#waiting.values()];
  }
}
