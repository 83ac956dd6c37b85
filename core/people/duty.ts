import type { DecideAccess, Denial } from '../access/decision';
import { type AuditDeps, auditedUse, type Caller } from '../audit/audited-use';
import { newEvent } from '../audit/event';
import { decisionRecord } from '../audit/facts';
import type { Configuration } from '../contract/configuration';
import { actorOf } from './change-people';
import type { EndAccessDeps } from './finish-change';
import type { Duties } from './ports';

export interface SetDutyDeps extends AuditDeps, Pick<EndAccessDeps, 'liveConnections' | 'unfinished'> {
  readonly duties: Duties;
  readonly decide: DecideAccess;
  readonly configuration: Configuration;
}

export type SetDutyOutcome =
  | { readonly kind: 'set'; readonly untilMs?: number }
  | { readonly kind: 'refused'; readonly denial: Denial };

const hourMs = 3_600_000;

/**
 * Begins or ends one's own duty (Access-G): nobody can set anybody else's. It ends by itself, so that whoever forgets
 * gets no alerts at home. The row is stored before its event: an end of duty holds although the log may fail, and then
 * the call is not answered and can be repeated. Ending closes the open connections.
 */
export function setDuty(deps: SetDutyDeps) {
  return async ({ onDuty }: { onDuty: boolean }, caller: Caller): Promise<SetDutyOutcome> => {
    const { person } = caller;
    const { username } = person;
    const operation = 'set-duty';
    const nowMs = deps.events.now();
    const permit = deps.decide({ person, operation, nowMs });
    if (permit.kind === 'deny') return { kind: 'refused', denial: permit };
    const use = { operation, permit, queried: { username }, networksInScope: [] } as const;
    return auditedUse<SetDutyOutcome>(deps, caller, use, async () => {
      const untilMs = onDuty ? nowMs + deps.configuration.access.dutyHoursMax * hourMs : undefined;
      if (untilMs === undefined) await deps.duties.end(username);
      else await deps.duties.begin(username, untilMs);
      await deps.audit.append(
        newEvent(deps.events, {
          kind: 'person-changed',
          actor: actorOf(person),
          username,
          change: onDuty ? 'duty-begun' : 'duty-ended',
          decision: decisionRecord(permit),
        }),
      );
      if (untilMs !== undefined)
        return { value: { kind: 'set', untilMs }, counts: { onDuty: 1 }, resultIds: [] };
      await sweep(deps, username);
      return { value: { kind: 'set' }, counts: { onDuty: 0 }, resultIds: [] };
    });
  };
}

/** The row is gone, so nothing more is sent; a failure leaves a socket open until the next minute's look. */
async function sweep({ liveConnections, unfinished }: SetDutyDeps, username: string): Promise<void> {
  try {
    await liveConnections.sweep();
  } catch (error) {
    unfinished({ error, username });
  }
}
