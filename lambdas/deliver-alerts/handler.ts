import { z } from 'zod';
import { deliverAlerts } from '../../core/alerts/deliver-alerts';
import { type EscalateAlertsDeps, escalateAlerts } from '../../core/alerts/escalate-alerts';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface DeliverAlertsHandlerDeps extends EscalateAlertsDeps {
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

/** Somebody could not be served and nobody got an alert: the invocation may come again and tells nobody twice. */
export class DeliveryIncomplete extends Error {
  override readonly name = 'DeliveryIncomplete';
}

const announced = z.object({
  alertIds: z.array(z.uuid()).max(100).default([]),
  because: z.enum(['raised', 'changed']).default('changed'),
});

/**
 * Invoked with the ids of alerts just raised or changed, and each minute without any: to close the sockets of those who
 * may not have alerts any more, and to tell supervisors of alerts that nobody took on. Once somebody got an alert, users
 * who could not be served to the end are counted and nothing comes again: they see it when they list alerts.
 */
export function makeHandler(deps: DeliverAlertsHandlerDeps) {
  const deliver = deliverAlerts(deps);
  const escalate = escalateAlerts(deps);
  return async (event: unknown): Promise<void> => {
    const announcement = announced.parse(event);
    const { sent, closed, gone, failures } = await deliver(announcement);
    deps.counters.count('AlertsSent', sent);
    deps.counters.count('ConnectionsClosed', closed);
    deps.counters.count('ConnectionsGone', gone);
    for (const failure of failures) deps.log.warn('a user was not served', errorFacts(failure));
    deps.counters.count('UsersUnserved', failures.length);
    if (announcement.alertIds.length === 0) await escalateWaiting();
    if (failures.length > 0 && sent === 0) throw new DeliveryIncomplete();
  };

  /** Each failure comes again with the next minute by itself. */
  async function escalateWaiting(): Promise<void> {
    const { escalated, failures } = await escalate();
    deps.counters.count('AlertsEscalated', escalated);
    for (const failure of failures) deps.log.warn('an escalation was incomplete', errorFacts(failure));
    deps.counters.count('EscalationsIncomplete', failures.length);
  }
}
