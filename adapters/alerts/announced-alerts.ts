import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda';
import type { Alert } from '../../core/alerts/alert';
import { fromStore } from '../stores/store-error';
import type { AlertsStore, Raised } from './alerts';

/**
 * Raises alerts and hands the id of each to the function that delivers them: by an asynchronous invocation, whose
 * queue is durable once it answers. A raise whose announcement failed rejects, so its record comes again and, the
 * alert being known by then, is announced again: delivered more than once rather than never. Only ids are in the queue.
 */
export class AnnouncedAlerts {
  constructor(
    readonly options: {
      readonly alerts: Pick<AlertsStore, 'raise'>;
      readonly lambda: LambdaClient;
      readonly deliverFunction: string;
    },
  ) {}

  async raise(alert: Alert): Promise<Raised> {
    const outcome = await this.options.alerts.raise(alert);
    if (outcome.kind !== 'forgotten') await this.#announce(alert.alertId);
    return outcome;
  }

  async #announce(alertId: string): Promise<void> {
    await fromStore('functions', () =>
      this.options.lambda.send(
        new InvokeCommand({
          FunctionName: this.options.deliverFunction,
          InvocationType: 'Event',
          Payload: Buffer.from(JSON.stringify({ alertIds: [alertId] }), 'utf8'),
        }),
      ),
    );
  }
}
