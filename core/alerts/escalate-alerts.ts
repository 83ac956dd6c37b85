import type { Role } from '../access/roles';
import { newEvent } from '../audit/event';
import type { OnceAuditLog } from '../audit/ports';
import { hashedUuid } from '../hashed-uuid';
import { captureDay, dayMs } from '../retention/day';
import { type DeliverAlertsDeps, publishNotice } from './deliver-alerts';
import type { WaitingAlerts } from './ports';
import { sendAlerts } from './send-alerts';

export interface EscalateAlertsDeps extends DeliverAlertsDeps {
  readonly waiting: WaitingAlerts;
  readonly onceAudit: OnceAuditLog;
}

export interface Escalations {
  readonly escalated: number;
  /** What failed; each alert of which nobody could be told comes again with the next minute. */
  readonly failures: readonly unknown[];
}

/** Of one run; what is above comes with the next minute, the oldest first. */
const alertsMax = 50;
const supervising: ReadonlySet<Role> = new Set(['supervisor', 'lieutenant', 'commander']);

/**
 * Tells supervisors on duty of open alerts that nobody took on in time, by their live connections and by the topic. An
 * alert is marked, then its event is durable, then they are told, then it waits no longer; a run that dies between is
 * repeated by the next minute, so that they may be told twice but not never. Looks at captures of today and yesterday: an
 * alert of an older read, sent late by a camera out of reach, is no emergency.
 */
export function escalateAlerts(deps: EscalateAlertsDeps) {
  return async (): Promise<Escalations> => {
    const nowMs = deps.events.now();
    const { acknowledgeWithinMinutes } = deps.configuration.matching;
    const raisedBeforeMs = nowMs - acknowledgeWithinMinutes * 60_000;
    const failures: unknown[] = [];
    let escalated = 0;
    for (const day of [captureDay(nowMs - dayMs), captureDay(nowMs)]) {
      const ids = await deps.waiting.waiting(day, raisedBeforeMs, alertsMax);
      for (const alertId of ids)
        try {
          escalated += Number(await escalate(deps, alertId, failures));
        } catch (error) {
          failures.push(error);
        }
    }
    return { escalated, failures };
  };
}

async function escalate(deps: EscalateAlertsDeps, alertId: string, failures: unknown[]): Promise<boolean> {
  const escalatedAtMs = await deps.waiting.markEscalated(alertId, deps.events.now());
  const record = escalatedAtMs === undefined ? undefined : await deps.alerts.find(alertId);
  if (escalatedAtMs === undefined || record?.alert.state !== 'open') return false;
  const stamp = {
    now: () => escalatedAtMs,
    newId: () => hashedUuid(`platekeeper alert-escalated ${alertId}`),
  };
  const actor = { kind: 'system', name: 'deliver-alerts' } as const;
  await deps.onceAudit.appendOnce(
    newEvent(stamp, { kind: 'alert-escalated', actor, alertId, state: 'open' }),
  );
  const { sent, failures: unsent } = await sendAlerts(deps)([record], ({ role }) => supervising.has(role));
  const isPublished = await publishNotice(deps, 'alert-escalated', record).then(
    () => true,
    (error: unknown) => {
      failures.push(error);
      return false;
    },
  );
  failures.push(...unsent);
  if (sent > 0 || isPublished) await deps.waiting.closeEscalation(alertId, deps.events.now());
  return true;
}
