import type { Role } from '../access/roles';
import type { AuditEvent } from '../audit/event';
import type { CaseNumbers } from '../cases/ports';
import { foldedPlate, type Use, useOf } from './use';
import type { Refusal, UserMonth } from './user-month';

/**
 * So many searches of one user are looked at, the first: above what the daily cap lets anybody make in two months. The
 * rest is told as `usesUnkept`.
 */
const usesPerUserMax = 20_000;
/** Of all users together; with what each holds, about 600 MB. */
const usesMax = 2_000_000;
const refusalsPerUserMax = 1_000;
/** What goes on over the border of a month is looked at whole. */
export const recentMs = 14 * 86_400_000;

interface Growing {
  role: Role;
  agency: string;
  uses: Use[];
  duty: { fromMs: number; toMs: number }[];
  refusals: Refusal[];
}

/** Gathers what the rules on a user look at, of events in order of time, from the weeks before the month on. */
export class UserMonths {
  readonly #users = new Map<string, Growing>();
  readonly #texts = new Map<string, string>();
  #kept = 0;
  #unkept = 0;

  constructor(
    readonly setting: {
      readonly fromMs: number;
      readonly cases: CaseNumbers;
      /** Duty ends by itself after so long (`access.dutyHoursMax`). */
      readonly dutyMsMax: number;
    },
  ) {}

  add(event: AuditEvent): void {
    switch (event.kind) {
      case 'requested': {
        const use = useOf(event, this.setting.cases);
        if (use !== undefined && event.actor.kind === 'person') this.#keep(this.#userOf(event.actor), use);
        break;
      }
      case 'refused':
        if (event.actor.kind === 'person' && event.atMs >= this.setting.fromMs - recentMs)
          this.#refuse(this.#userOf(event.actor), event);
        break;
      case 'person-changed':
        if (event.change === 'duty-begun' && event.actor.kind === 'person')
          this.#userOf(event.actor).duty.push({
            fromMs: event.atMs,
            toMs: event.atMs + this.setting.dutyMsMax,
          });
        if (event.change === 'duty-ended') {
          const last = this.#users.get(event.username)?.duty.at(-1);
          if (last !== undefined) last.toMs = Math.min(last.toMs, event.atMs);
        }
        break;
      default:
        break;
    }
  }

  /** Searches that no rule on a user saw, because there were too many. */
  get usesUnkept(): number {
    return this.#unkept;
  }

  /** By username. */
  all(): readonly UserMonth[] {
    return [...this.#users]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([username, user]) => ({
        ...user,
        username,
        monthUses: user.uses.filter(({ atMs }) => atMs >= this.setting.fromMs),
        recentUses: user.uses.filter(({ atMs }) => atMs >= this.setting.fromMs - recentMs),
      }));
  }

  #keep(user: Growing, use: Use): void {
    if (user.uses.length >= usesPerUserMax || this.#kept >= usesMax) {
      this.#unkept++;
      return;
    }
    this.#kept++;
    user.uses.push(use.phrase === undefined ? use : { ...use, phrase: this.#once(use.phrase) });
  }

  #refuse(user: Growing, event: Extract<AuditEvent, { kind: 'refused' }>): void {
    const { eventId, atMs, decision, queried } = event;
    if (user.refusals.length >= refusalsPerUserMax) return;
    user.refusals.push({
      eventId,
      atMs,
      clause: decision.clause ?? '',
      message: this.#once(decision.message ?? ''),
      ...(queried?.plate === undefined ? {} : { plate: foldedPlate(queried.plate) }),
    });
  }

  #userOf({ username, role, agency }: { username: string; role: Role; agency: string }): Growing {
    const user = this.#users.get(username) ?? { role, agency, uses: [], duty: [], refusals: [] };
    user.role = role;
    user.agency = agency;
    this.#users.set(username, user);
    return user;
  }

  /** Many events have one text; it is held once. */
  #once(text: string): string {
    const held = this.#texts.get(text);
    if (held !== undefined) return held;
    if (this.#texts.size < 100_000) this.#texts.set(text, text);
    return text;
  }
}
