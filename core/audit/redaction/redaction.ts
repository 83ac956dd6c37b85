import type { RedactionAnswer, RedactionDecision, RedactionOrder } from '../../contract/log';
import { type AuditEvent, type AuditEventKind, parseEvent } from '../event';
import type { SealedRow } from '../log/sealed-row';

/** An order to destroy the content of one event, and what came of it. */
export interface Redaction extends RedactionOrder {
  readonly state: RedactionAnswer['state'];
  readonly orderedBy: string;
  readonly orderedAtMs: number;
  readonly decision?: RedactionDecision & { readonly by: string; readonly atMs: number };
}

/** Keeps orders; one for each event. */
export interface Redactions {
  find(logIndex: number): Promise<Redaction | undefined>;
  list(): Promise<readonly Redaction[]>;
  /** Stores it where `from` stands, or nothing where that is absent. */
  store(redaction: Redaction, from: Redaction['state'] | undefined): Promise<'stored' | 'conflict'>;
}

/** What people did and typed. What the system says of itself, and what proves the log, stays. */
const redactable: ReadonlySet<AuditEventKind> = new Set<AuditEventKind>([
  'requested',
  'answered',
  'refused',
  'image-fetched',
  'signed-in',
  'hot-list-changed',
  'alert-acknowledged',
  'alert-verified',
  'alert-disposed',
  'alert-sent',
  'neighbour-notified',
]);

const ownOperations: ReadonlySet<string> = new Set([
  'order-redaction',
  'decide-redaction',
  'list-redactions',
  'draw-leaves',
]);

/** The event of a row; `undefined` of a redacted or a damaged one. */
export function eventIn(row: SealedRow | undefined): AuditEvent | undefined {
  try {
    return row?.opening === undefined ? undefined : parseEvent(JSON.parse(row.opening.event));
  } catch {
    return undefined;
  }
}

export function isRedactable(event: AuditEvent): boolean {
  const isOwn = 'operation' in event && ownOperations.has(event.operation);
  return redactable.has(event.kind) && !isOwn;
}

/** Whom the event is of, for the rule that nobody redacts what he did himself; ' nobody' where no row says. */
export function subjectOf(event: AuditEvent | undefined) {
  if (event?.actor.kind === 'person') return { username: event.actor.username, role: event.actor.role };
  if (event?.actor.kind === 'stranger') return { username: event.actor.username, role: 'officer' } as const;
  return { username: ' nobody', role: 'officer' } as const;
}

export function redactionAnswer({
  orderedAtMs,
  decision,
  logIndex,
  state,
  because,
  authority,
  orderedBy,
}: Redaction): RedactionAnswer {
  return {
    logIndex,
    state,
    because,
    authority,
    orderedBy,
    orderedAt: new Date(orderedAtMs).toISOString(),
    ...(decision === undefined
      ? {}
      : {
          decidedBy: decision.by,
          decidedAt: new Date(decision.atMs).toISOString(),
          words: decision.words,
        }),
  };
}
