import type { Clock } from './clock';

/**
 * Runs as fast as the real clock, `offsetMs` ahead of it, and can only be moved forward. Installed, it is what `Date`
 * says in this process, so that SDK clients, TOTP codes and token checks live at the same time as the services.
 */
export class VirtualClock implements Clock {
  readonly #realDate = globalThis.Date;
  readonly #realNow = globalThis.Date.now.bind(globalThis.Date);
  #offsetMs = 0;
  #installed: { readonly date: DateConstructor; readonly beneath: DateConstructor } | undefined;

  constructor(startAtMs?: number) {
    if (startAtMs !== undefined) this.#offsetMs = startAtMs - this.#realNow();
  }

  /** How far ahead of the real clock; another process adds it to its own. */
  get offsetMs(): number {
    return this.#offsetMs;
  }

  now(): number {
    return this.#realNow() + this.#offsetMs;
  }

  /** Moves to `ms`. A time already passed changes nothing: nobody ever sees time run backwards. */
  advanceTo(ms: number): void {
    const now = this.now();
    if (ms > now) this.#offsetMs += ms - now;
  }

  install(): void {
    if (this.#installed !== undefined) return;
    const date = virtualDate(this.#realDate, () => this.now());
    this.#installed = { date, beneath: globalThis.Date };
    globalThis.Date = date;
  }

  /** Throws when another clock was installed over this one and is still there. */
  uninstall(): void {
    if (this.#installed === undefined) return;
    if (globalThis.Date !== this.#installed.date) throw new Error('another clock is installed over this one');
    globalThis.Date = this.#installed.beneath;
    this.#installed = undefined;
  }
}

/** `Date` with another now; one prototype, so that dates made before and after are `instanceof` both. */
function virtualDate(realDate: DateConstructor, now: () => number): DateConstructor {
  return new Proxy(realDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: (target) => new target(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}
