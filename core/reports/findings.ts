import type { AuditEvent } from '../audit/event';
import type { Requested } from './open-requests';

/**
 * What the administrator looks into (Acct-A). `unclosed`: a use without its answer; `exigent-use`: listed by itself
 * (Policy-B); `prohibited-subject`: an attempt at what may not be searched for; `stranger`: a token that names nobody on
 * record (Acct-D); `unreadable-event`: a row of the log that is no event any more.
 */
export const findingKinds = [
  'unclosed',
  'exigent-use',
  'prohibited-subject',
  'stranger',
  'unreadable-event',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** Points at its event in the log; says nothing of what was searched. */
export interface Finding {
  readonly kind: FindingKind;
  /** Absent, as `operation` is, where the event cannot be read. */
  readonly username?: string;
  /** Absent where not even the key of the row can be read. */
  readonly eventId?: string;
  readonly at: string;
  readonly operation?: string;
  readonly clause?: string;
}

/** Immigration, towing and ordinances; protected classes and lawful events; lawful health care. */
const prohibited: ReadonlySet<string> = new Set(['Policy-C', 'Access-A', 'Storage-E']);

/** What is a finding by itself. */
export function findingOf(event: AuditEvent): Finding | undefined {
  if (event.kind === 'requested' && event.purpose?.kind === 'exigent')
    return made('exigent-use', event, 'Policy-B');
  if (event.kind !== 'refused') return undefined;
  if (event.actor.kind === 'stranger') return made('stranger', event, 'Acct-D');
  const { clause } = event.decision;
  return clause !== undefined && prohibited.has(clause)
    ? made('prohibited-subject', event, clause)
    : undefined;
}

export function unclosedFinding(event: Requested): Finding {
  return made('unclosed', event, 'Acct-A');
}

/** A row of the log that is no event: only its key says anything. */
export interface UnreadableEvent {
  readonly atMs: number;
  readonly eventId?: string;
}

export function unreadableFinding({ atMs, eventId }: UnreadableEvent): Finding {
  return {
    kind: 'unreadable-event',
    ...(eventId === undefined ? {} : { eventId }),
    at: new Date(atMs).toISOString(),
    clause: 'Acct-A',
  };
}

function made(
  kind: FindingKind,
  event: Extract<AuditEvent, { kind: 'requested' | 'refused' }>,
  clause: string,
): Finding {
  const { eventId, atMs, operation, actor } = event;
  return { kind, username: actor.username, eventId, at: new Date(atMs).toISOString(), operation, clause };
}
