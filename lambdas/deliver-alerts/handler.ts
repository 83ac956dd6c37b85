import { z } from 'zod';
import { type DeliverAlertsDeps, deliverAlerts } from '../../core/alerts/deliver-alerts';
import type { Counters } from '../counters';
import { errorFacts } from '../error-facts';

export interface DeliverAlertsHandlerDeps extends DeliverAlertsDeps {
  readonly counters: Counters;
  readonly log: { warn(message: string, facts: Readonly<Record<string, string>>): void };
}

/** Somebody could not be served and nobody got an alert: the invocation may come again and tells nobody twice. */
export class DeliveryIncomplete extends Error {
  override readonly name = 'DeliveryIncomplete';
}

const announced = z.object({ alertIds: z.array(z.uuid()).max(100).default([]) });

/**
 * Invoked with the ids of alerts just raised, and each minute without any, to close the sockets of those who may not
 * have alerts any more. Once somebody got an alert, users who could not be served to the end are counted and nothing
 * comes again: they see it when they list alerts.
 */
export function makeHandler(deps: DeliverAlertsHandlerDeps) {
  const deliver = deliverAlerts(deps);
  return async (event: unknown): Promise<void> => {
    const { alertIds } = announced.parse(event);
    const { sent, closed, gone, failures } = await deliver(alertIds);
    deps.counters.count('AlertsSent', sent);
    deps.counters.count('ConnectionsClosed', closed);
    deps.counters.count('ConnectionsGone', gone);
    for (const failure of failures) deps.log.warn('a user was not served', errorFacts(failure));
    deps.counters.count('UsersUnserved', failures.length);
    if (failures.length > 0 && sent === 0) throw new DeliveryIncomplete();
  };
}
