import type { AuditEvent } from '../audit/event';

export type Requested = Extract<AuditEvent, { kind: 'requested' }>;
export type Answered = Extract<AuditEvent, { kind: 'answered' }>;

/** Both events of a use come from one process within its time limit; its clock may be set back in between. */
const keptMs = 5 * 60_000;

/**
 * Which requests are not answered yet, of events in order of time, without holding those that are. Tolerates an
 * `answered` that sorts up to five minutes before its `requested`.
 */
export class OpenRequests {
  readonly #open = new Map<string, Requested>();
  readonly #early = new Map<string, number>();

  request(event: Requested): void {
    if (!this.#early.delete(event.requestId)) this.#open.set(event.requestId, event);
  }

  answer({ requestId, atMs }: Answered): void {
    for (const [early, earlyMs] of this.#early) {
      if (atMs - earlyMs <= keptMs) break;
      this.#early.delete(early);
    }
    if (!this.#open.delete(requestId)) this.#early.set(requestId, atMs);
  }

  left(): readonly Requested[] {
    return [...this.#open.values()];
  }
}
