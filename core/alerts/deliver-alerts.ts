import { mapBounded } from '../search/bounded';
import { type AlertRecord, priorityOf } from './alert-record';
import { persistently } from './persistently';
import type { AlertRecords, AnnouncedBecause, Notices } from './ports';
import { type Delivery, type SendAlertsDeps, sendAlerts } from './send-alerts';

export interface DeliverAlertsDeps extends SendAlertsDeps {
  readonly alerts: AlertRecords;
  readonly notices: Notices;
}

export interface AnnouncedAlerts {
  readonly alertIds: readonly string[];
  readonly because: AnnouncedBecause;
}

const findsAtOnce = 16;

/**
 * Sends announced alerts, as they stand now, to everybody who may have them, and tells the topic of new ones. A topic
 * that cannot be reached takes no alert from a socket, and the other way round.
 */
export function deliverAlerts(deps: DeliverAlertsDeps) {
  const send = sendAlerts(deps);
  return async ({ alertIds, because }: AnnouncedAlerts): Promise<Delivery> => {
    const found = await mapBounded([...new Set(alertIds)], findsAtOnce, (id) => deps.alerts.find(id));
    const records = found.flatMap((each) => each ?? []);
    const { failures, ...delivery } = await send(records);
    const unpublished: unknown[] = [];
    for (const record of because === 'raised' ? records : [])
      await publishNotice(deps, 'alert-raised', record).catch((error) => unpublished.push(error));
    return { ...delivery, failures: [...failures, ...unpublished] };
  };
}

/** Tells the topic that an alert waits. */
export function publishNotice(
  deps: Pick<DeliverAlertsDeps, 'notices' | 'pause'>,
  kind: 'alert-raised' | 'alert-escalated',
  { alert }: AlertRecord,
): Promise<void> {
  const { alertId, network, vehicle } = alert;
  const notice = { kind, alertId, priority: priorityOf(alert), network, told: vehicle.told ?? [] };
  return persistently(deps, () => deps.notices.publish(notice));
}
