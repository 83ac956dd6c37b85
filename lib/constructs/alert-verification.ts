import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as verifyAlertEnv } from '../../lambdas/verify-alert/env';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { ApiFunction } from './api-function';
import type { ProductFunction } from './product-function';

/** Verification and first disposition of alerts [Policy-F] [Policy-G], behind the REST API. */
export class AlertVerification extends Construct {
  readonly verifyAlert: ProductFunction;

  constructor(
    scope: Construct,
    id: string,
    { data, configuration }: { readonly data: DataStack; readonly configuration: Configuration },
  ) {
    super(scope, id);
    const made = new ApiFunction(this, 'VerifyAlert', {
      name: 'verify-alert',
      description: 'Verifies alerts by the checklist and records what came of them',
      environment: environmentOf(verifyAlertEnv, {
        ...data.apiNames,
        ...data.dayKeyNames,
        alertsTable: data.alerts.table.tableName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    // Reads the log to see that its caller was shown both images.
    data.auditEvents.grant(made, ['Query']);
    data.alerts.grant(made, ['GetItem', 'UpdateItem']);
    this.verifyAlert = made;
  }
}
