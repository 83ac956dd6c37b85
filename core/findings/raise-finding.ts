import { newEvent } from '../audit/event';
import type { OnceAuditLog } from '../audit/ports';
import { hashedUuid } from '../hashed-uuid';
import { type Finding, openFinding } from './finding';
import type { FindingSink, Findings } from './ports';

export interface RaiseFindingDeps {
  readonly findings: Pick<Findings, 'putNew'>;
  readonly onceAudit: OnceAuditLog;
  readonly now: () => number;
}

/**
 * The finding is stored first and its event is made of what stands, so whoever dies between raises the same cause
 * again and completes it: one finding and one event, however often it is told.
 */
export function makeFindingSink({ findings, onceAudit, now }: RaiseFindingDeps): FindingSink {
  return {
    async raise(cause) {
      const standing = await findings.putNew(openFinding(cause, now()));
      await onceAudit.appendOnce(raisedEvent(standing));
    },
  };
}

function raisedEvent(finding: Finding) {
  const { findingId, kind, severity, username, clause, eventIds, raisedAtMs, month } = finding;
  const stamp = { now: () => raisedAtMs, newId: () => hashedUuid(`platekeeper finding-raised ${findingId}`) };
  return newEvent(stamp, {
    kind: 'finding-raised',
    actor: { kind: 'system', name: 'raise-finding' },
    findingId,
    finding: kind,
    severity,
    ...(username === undefined ? {} : { username }),
    clause,
    eventIds: [...eventIds],
    ...(month === undefined ? {} : { month }),
  });
}
