import type { AuditEvent } from '../audit/event';
import type { UnreadableEvent } from '../audit/unreadable-event';
import type { PublicReport } from '../contract/report';
import { AttestationTally, type AuditSteps } from './attestation-tally';
import { CellTally } from './cells';
import { add, type Counts } from './counts';
import { FigureTally } from './figure-tally';
import { type ListDeliveries, ListTally } from './list-tally';
import { OpenRequests } from './open-requests';
import { type Figure, figureOf } from './suppress';

/** What the log says of a month. */
export interface MonthLog {
  /** What people did, and the system with what concerns them; by name. */
  readonly figures: Readonly<Record<string, Figure>>;
  /** Uses without a recorded answer. */
  readonly unclosed: Figure;
  /** Outside hot lists of which something arrived. */
  readonly lists: Readonly<Record<string, ListDeliveries>>;
  /** Audits of earlier months, by month, as far as they were made or attested in this one. */
  readonly audits: Readonly<Record<string, AuditSteps>>;
  /** Draws of random leaves of the log, and whether they opened. */
  readonly draws: PublicReport['draws'];
  readonly daysForgotten: readonly string[];
  /** When it was looked whether anything is older than the limit: how often, and the age of the oldest read. */
  readonly retentionProofs: {
    readonly count: number;
    readonly withFaults: number;
    readonly oldestReadHours: number;
  };
  /** How often each part of the settings was changed. */
  readonly settings: Readonly<Counts>;
  /** How many versions of the policy decided on what people asked for. */
  readonly policyVersions: number;
  /** Rows of the log that are no events any more. */
  readonly unreadable: number;
  /** Kinds of event that no figure counts. */
  readonly uncounted: readonly string[];
}

/**
 * Counts the events of a month as they pass, in order of time. Grows with users, alerts, findings and what is open, not with events.
 * Hand in what came shortly after the month, too: it closes the month's last requests and counts for nothing else.
 */
export class MonthTally {
  readonly #open = new OpenRequests();
  readonly #figures = new FigureTally();
  readonly #lists = new ListTally();
  readonly #audits = new AttestationTally();
  readonly #daysForgotten: string[] = [];
  #retentionProofs = { count: 0, withFaults: 0, oldestReadHours: 0 };
  readonly #settings: Counts = {};
  readonly #policyVersions = new Set<string>();
  #unreadable = 0;

  constructor(readonly toMs: number) {}

  add(event: AuditEvent): void {
    if (event.kind === 'answered') {
      this.#open.answer(event);
      this.#figures.answer(event);
    }
    if (event.atMs >= this.toMs) return;
    if (event.kind === 'requested') this.#open.request(event);
    this.#figures.add(event);
    this.#lists.add(event);
    this.#audits.add(event);
    this.#look(event);
  }

  /** A row that is no event: its like is counted nowhere else. */
  addUnreadable({ atMs }: UnreadableEvent): void {
    if (atMs < this.toMs) this.#unreadable++;
  }

  /** `lines`: what has a line though nothing was seen of it. */
  finish(
    lines: { readonly lists: readonly string[]; readonly topics: readonly string[] } = {
      lists: [],
      topics: [],
    },
  ): MonthLog {
    const unclosed = new CellTally();
    for (const { operation, actor } of this.#open.left()) unclosed.add(operation, actor.username);
    return {
      figures: this.#figures.figures(lines),
      unclosed: figureOf({ operation: [unclosed, []] }),
      lists: this.#lists.all(),
      audits: this.#audits.all(),
      draws: this.#figures.draws(),
      daysForgotten: this.#daysForgotten.sort(),
      retentionProofs: this.#retentionProofs,
      settings: this.#settings,
      policyVersions: this.#policyVersions.size,
      unreadable: this.#unreadable,
      uncounted: this.#figures.uncounted(),
    };
  }

  #look(event: AuditEvent): void {
    if (event.kind === 'settings-noted') for (const part of event.changed) add(this.#settings, part);
    if (event.kind === 'requested' && event.decision.policyVersion !== undefined)
      this.#policyVersions.add(event.decision.policyVersion);
    if (event.kind === 'day-forgotten') this.#daysForgotten.push(event.day);
    if (event.kind !== 'retention-proven') return;
    const { count, withFaults, oldestReadHours } = this.#retentionProofs;
    this.#retentionProofs = {
      count: count + 1,
      withFaults: withFaults + (event.faults.length > 0 ? 1 : 0),
      oldestReadHours: Math.max(oldestReadHours, event.oldestReadHours),
    };
  }
}
