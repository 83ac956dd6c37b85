import { Construct } from 'constructs';
import { env as drawLeavesEnv } from '../../lambdas/draw-leaves/env';
import { env as redactEventEnv } from '../../lambdas/redact-event/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import type { ProductFunction } from './product-function';

/** What is done to the audit log by people: lawful redaction by two of them, and draws by the auditor [Acct-A]. */
export class LogWork extends Construct {
  readonly redactEvent: ProductFunction;
  readonly drawLeaves: ProductFunction;

  constructor(scope: Construct, id: string, { data, configuration, consoleClients }: ApiSetting) {
    super(scope, id);
    const shared = { data, configuration };
    this.redactEvent = new ApiFunction(this, 'RedactEvent', {
      name: 'redact-event',
      description:
        'Takes orders to redact events of the audit log, and destroys what a second person confirms',
      environment: environmentOf(redactEventEnv, {
        ...data.apiNames(consoleClients),
        redactionsTable: data.redactions.table.tableName,
      }),
      ...shared,
    });
    data.redactions.grant(this.redactEvent, ['GetItem', 'PutItem', 'Scan']);
    data.auditEvents.grant(this.redactEvent, ['GetItem', 'UpdateItem'], { index: 'by-place' });
    this.drawLeaves = new ApiFunction(this, 'DrawLeaves', {
      name: 'draw-leaves',
      description: 'Opens events of the audit log that chance picked',
      environment: environmentOf(drawLeavesEnv, data.apiNames(consoleClients)),
      ...shared,
    });
    data.auditEvents.grant(this.drawLeaves, ['GetItem'], { index: 'by-place' });
  }
}
