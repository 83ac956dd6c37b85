import type { AuditEvent } from './event';

export interface UnclosedPair {
  readonly requestId: string;
  readonly eventId: string;
  readonly operation: string;
  readonly atMs: number;
}

/**
 * Requests that were never answered, oldest first: a search may have been read and its reply lost, or somebody looked
 * without leaving the answer. Each is a finding. Events may come in any order and more than once; hand in those after
 * the range too, or its last requests look unclosed.
 */
export function unclosedPairs(events: Iterable<AuditEvent>): readonly UnclosedPair[] {
  const open = new Map<string, UnclosedPair>();
  const answered = new Set<string>();
  for (const event of events) {
    if (event.kind === 'answered') answered.add(event.requestId);
    if (event.kind === 'requested') {
      const { requestId, eventId, operation, atMs } = event;
      open.set(requestId, { requestId, eventId, operation, atMs });
    }
  }
  return [...open.values()].filter((pair) => !answered.has(pair.requestId)).sort((a, b) => a.atMs - b.atMs);
}
