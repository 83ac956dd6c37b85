import { Construct } from 'constructs';
import { env as listAlertsEnv } from '../../lambdas/list-alerts/env';
import { env as verifyAlertEnv } from '../../lambdas/verify-alert/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import type { LiveAlerts } from './live-alerts';
import type { ProductFunction } from './product-function';

export interface AlertWorkProps extends ApiSetting {
  readonly live: LiveAlerts;
}

/** From a listed alert to what came of it, behind the REST API [Policy-F] [Policy-G] [Policy-I]. */
export class AlertWork extends Construct {
  readonly listAlerts: ProductFunction;
  readonly verifyAlert: ProductFunction;

  constructor(scope: Construct, id: string, setting: AlertWorkProps) {
    super(scope, id);
    this.listAlerts = this.makeListAlerts(setting);
    this.verifyAlert = this.makeVerifyAlert(setting);
  }

  private makeListAlerts({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'ListAlerts', {
      name: 'list-alerts',
      description: 'Alerts for people on duty, within their networks',
      environment: environmentOf(listAlertsEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        alertsTable: data.alerts.table.tableName,
        imageLinksTable: data.imageLinks.table.tableName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    data.alerts.grant(made, [], { index: 'by-day' });
    data.imageLinks.grant(made, ['PutItem']);
    return made;
  }

  private makeVerifyAlert({ data, configuration, consoleClients, live }: AlertWorkProps): ProductFunction {
    const made = new ApiFunction(this, 'VerifyAlert', {
      name: 'verify-alert',
      description: 'Takes alerts on, verifies them by the checklist and records what came of them',
      environment: environmentOf(verifyAlertEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        alertsTable: data.alerts.table.tableName,
        suppressionsTable: data.suppressions.table.tableName,
        deliverAlertsFunction: live.deliverAlerts.function.functionName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    // Reads the log to see that its caller was shown both images.
    data.auditEvents.grant(made, ['Query']);
    data.alerts.grant(made, ['GetItem', 'UpdateItem']);
    data.suppressions.grant(made, ['PutItem']);
    live.grantAnnounce(made);
    return made;
  }
}
