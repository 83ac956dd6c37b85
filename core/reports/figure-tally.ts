import type { AuditEvent } from '../audit/event';
import { findingKinds, findingOutcomes } from '../contract/findings';
import { AlertTally, usernameOf } from './alert-tally';
import { CellTally } from './cells';
import { LogTally } from './log-tally';
import type { Answered, Requested } from './open-requests';
import { OutwardTally } from './outward-tally';
import { isSearch, SearchTally } from './search-tally';
import { type Figure, figureOf } from './suppress';

/** Permitted uses that have an event and a number of their own; any other is counted by its operation. */
const countedByEvent: ReadonlySet<string> = new Set([
  'fetch-image',
  'verify-alert',
  'record-disposition',
  'acknowledge-alert',
  'notify-neighbour',
  'request-hot-list-entry',
  'approve-hot-list-entry',
  'remove-hot-list-entry',
  'extend-hot-list-entry',
  'take-over-hot-list-entry',
  'decide-held-list',
  'register-device',
  'retire-device',
  'decide-finding',
  'enrol-person',
  'assign-person',
  'designate-person',
  'disable-person',
  'suspend-person',
  'reinstate-person',
  'record-training',
  'set-duty',
  'import-personnel',
]);

const cameraOperations = [
  'propose-site',
  'decide-site',
  'record-installation',
  'enrol-camera',
  'retire-camera',
];

/**
 * Kinds of event without a number of their own, each for its reason: what an answer closes, what is told in words
 * elsewhere on the page (steps of the monthly audit too, whose findings are counted), and steps on the way of an alert, which
 * would bound the numbers that are withheld of alerts.
 */
const toldElsewhere: ReadonlySet<string> = new Set([
  'month-audited',
  'month-attested',
  'month-audit-overdue',
  'incident-packaged',
  'answered',
  'outside-list-changed',
  'day-forgotten',
  'retention-proven',
  'day-summed',
  'report-made',
  'report-correction',
  'settings-noted',
  'alert-acknowledged',
  'alert-escalated',
  'alert-sent',
  'neighbour-notified',
]);

/**
 * Findings that are raised of something that is counted already: exigent uses, refusals, changes of sharing, uses without
 * an answer, rows that cannot be read. Their number would tell what is withheld there.
 */
const mirrors: ReadonlySet<string> = new Set([
  'prohibited-purpose',
  'prohibited-attempts',
  'exigent-use',
  'exigent-grant',
  'sharing-change',
  'unclosed',
  'stranger',
  'unreadable-event',
]);

/** Counts what people did, as events pass in order of time. The figures divide by what they are named after and share no number. */
export class FigureTally {
  readonly #searches = new SearchTally();
  readonly #alerts = new AlertTally();
  readonly #outward = new OutwardTally();
  readonly #log = new LogTally();
  readonly #refusedSearches = new CellTally();
  readonly #refusals = new CellTally();
  readonly #images = new CellTally();
  readonly #entries = new CellTally();
  readonly #access = new CellTally();
  readonly #trainings = new CellTally();
  readonly #cameras = new CellTally();
  readonly #others = new CellTally();
  readonly #signIns = new CellTally();
  readonly #sightings = new CellTally();
  readonly #findings = new Map<string, { kind: string; username: string | undefined; outcome: string }>();
  readonly #active = new Set<string>();
  readonly #uncounted = new Set<string>();

  add(event: AuditEvent): void {
    const username = usernameOf(event.actor);
    if (event.actor.kind === 'person') this.#active.add(event.actor.username);
    switch (event.kind) {
      case 'requested':
        this.#searches.add(event);
        this.#countUse(event);
        break;
      case 'refused':
        (isSearch(event) ? this.#refusedSearches : this.#refusals).add(
          event.decision.clause ?? 'unnamed',
          username,
        );
        break;
      case 'image-fetched':
        this.#images.add(event.image, username);
        break;
      case 'hot-list-changed': {
        const isExigent = event.change === 'requested' && event.purpose?.kind === 'exigent';
        this.#entries.add(isExigent ? 'requested-exigent' : event.change, username);
        break;
      }
      case 'alert-raised':
      case 'alert-verified':
      case 'alert-disposed':
        this.#alerts.add(event);
        break;
      case 'alert-sighted':
      case 'alert-suppressed':
        this.#sightings.add(event.kind);
        break;
      case 'person-changed':
        if (event.change === 'trained') this.#trainings.add(event.topic ?? 'unnamed', username);
        else this.#access.add(event.change, username);
        break;
      case 'device-changed':
        this.#access.add(`device-${event.change}`, username);
        break;
      case 'signed-in':
        this.#signIns.add(event.client, username);
        break;
      case 'finding-raised':
        if (!mirrors.has(event.finding))
          this.#findings.set(event.findingId, {
            kind: event.finding,
            username: event.username,
            outcome: 'open',
          });
        break;
      case 'finding-decided': {
        const finding = this.#findings.get(event.findingId);
        if (finding !== undefined) finding.outcome = event.outcome;
        break;
      }
      default:
        if (toldElsewhere.has(event.kind)) break;
        if (!this.#outward.add(event, username) && !this.#log.add(event, username))
          this.#uncounted.add(event.kind);
        break;
    }
  }

  answer(event: Answered): void {
    this.#searches.answer(event);
    this.#outward.answer(event);
  }

  /** `lists`: hot lists that have a line at any rate; `topics`: of the training. Call it once. */
  figures(lines: { readonly lists: readonly string[]; readonly topics: readonly string[] }) {
    return {
      ...this.#searches.figures(),
      refusedSearches: figureOf({ clause: [this.#refusedSearches, []] }),
      refusals: figureOf({ clause: [this.#refusals, []] }),
      imagesFetched: figureOf({ image: [this.#images, ['plate', 'vehicle']] }),
      alerts: this.#alerts.figure(lines.lists),
      sightings: figureOf({ kind: [this.#sightings, ['alert-sighted', 'alert-suppressed']] }),
      hotListChanges: figureOf({
        change: [
          this.#entries,
          ['requested', 'requested-exigent', 'approved', 'extended', 'taken-over', 'removed'],
        ],
      }),
      ...this.#outward.figures(),
      ...this.#log.figures(),
      trainings: figureOf({ topic: [this.#trainings, lines.topics] }),
      findings: this.#findingsFigure(),
      accessChanges: figureOf({
        change: [this.#access, ['enrolled', 'suspended', 'reinstated', 'disabled']],
      }),
      cameraChanges: figureOf({ operation: [this.#cameras, cameraOperations] }),
      signIns: figureOf({ client: [this.#signIns, []] }),
      otherUses: figureOf({ operation: [this.#others, []] }),
      activeUsers: { total: { count: this.#active.size, users: this.#active.size }, tables: {} },
    } satisfies Readonly<Record<string, Figure>>;
  }

  draws() {
    return this.#log.draws();
  }

  /** Kinds of event that were seen and that no figure counts: named on the page, so that nothing goes missing unseen. */
  uncounted(): readonly string[] {
    return [...this.#uncounted].sort();
  }

  #countUse(use: Requested): void {
    const { operation, actor } = use;
    const { username } = actor;
    if (isSearch(use) || countedByEvent.has(operation) || this.#outward.addUse(use)) return;
    if (cameraOperations.includes(operation)) this.#cameras.add(operation, username);
    else this.#others.add(operation, username);
  }

  /** Behind a finding is whom it is about; nobody, where it is a camera or the log. */
  #findingsFigure(): Figure {
    const byKind = new CellTally();
    const byOutcome = new CellTally();
    for (const { kind, username, outcome } of this.#findings.values()) {
      byKind.add(kind, username);
      byOutcome.add(outcome, username);
    }
    const kinds = findingKinds.filter((kind) => !mirrors.has(kind));
    return figureOf({ kind: [byKind, kinds], outcome: [byOutcome, ['open', ...findingOutcomes]] });
  }
}
