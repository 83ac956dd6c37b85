import type { AuditEvent } from '../../audit/event';
import { OpenRequests, type Requested } from '../../reports/open-requests';
import { evidenceOf, type MonthFinding } from '../month-finding';
import type { MonthRule } from '../rule';
import { occasionsApart } from '../user-month';

/** Shifts, rather than dates: a night is one. */
const apartMs = 10 * 3_600_000;
const daysMin = 4;
const manyMin = 10;

/**
 * Uses that began and have no recorded answer, by user. An outage leaves some of many users at one hour; who breaks off
 * on several shifts looked without leaving the answer. Hand in two weeks before the month, so that its border halves nothing, and an hour after it.
 */
export class Unclosed implements MonthRule {
  readonly #open = new OpenRequests();

  constructor(readonly month: { readonly fromMs: number; readonly toMs: number }) {}

  add(event: AuditEvent): void {
    if (event.kind === 'answered') this.#open.answer(event);
    if (event.kind === 'requested' && event.atMs < this.month.toMs) this.#open.request(event);
  }

  finish(): readonly MonthFinding[] {
    const perUser = new Map<string, Requested[]>();
    for (const request of this.#open.left()) {
      const { username } = request.actor;
      perUser.set(username, [...(perUser.get(username) ?? []), request]);
    }
    const ofMonth = [...perUser].filter(([, requests]) =>
      requests.some(({ atMs }) => atMs >= this.month.fromMs),
    );
    return ofMonth.map(([username, requests]) => {
      const days = occasionsApart(requests, apartMs);
      const actor = requests.at(-1)?.actor;
      return {
        kind: 'unclosed',
        severity: days < daysMin ? 'low' : requests.length >= manyMin ? 'high' : 'medium',
        username,
        ...(actor?.kind === 'person' ? { role: actor.role } : {}),
        cause: 'month',
        clause: 'Acct-A',
        summary: `${requests.length} uses on ${days} shifts began and have no recorded answer.`,
        ...evidenceOf(requests),
      };
    });
  }
}
