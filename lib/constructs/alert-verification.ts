import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as verifyAlertEnv } from '../../lambdas/verify-alert/env';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { ProductFunction } from './product-function';

/** Verification and first disposition of alerts [Policy-F] [Policy-G], behind the REST API. */
export class AlertVerification extends Construct {
  readonly verifyAlert: ProductFunction;

  constructor(
    scope: Construct,
    id: string,
    { data, configuration }: { readonly data: DataStack; readonly configuration: Configuration },
  ) {
    super(scope, id);
    const made = new ProductFunction(this, 'VerifyAlert', {
      name: 'verify-alert',
      description: 'Verifies alerts by the checklist and records what came of them',
      environment: environmentOf(verifyAlertEnv, {
        peopleTable: data.people.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        dayKeysTable: data.dayKeys.table.tableName,
        dayWrappingKey: data.dayWrappingKey.key.keyArn,
        alertsTable: data.alerts.table.tableName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration, policy: true },
      memoryMiB: 1024,
      isKeyholder: true,
    });
    data.people.grant(made, ['GetItem']);
    // Reads the log to see that its caller was shown both images.
    data.auditEvents.grant(made, ['PutItem', 'Query']);
    data.dayKeys.grant(made, ['GetItem']);
    data.dayWrappingKey.grantDays(made.role, 'open');
    data.alerts.grant(made, ['GetItem', 'UpdateItem']);
    this.verifyAlert = made;
  }
}
