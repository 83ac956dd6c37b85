import { Duration } from 'aws-cdk-lib';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { env as externalRequestsEnv } from '../../lambdas/manage-external-requests/env';
import { env as manageSharingEnv } from '../../lambdas/manage-sharing/env';
import { env as tellSharingEnv } from '../../lambdas/tell-sharing/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import { viaService } from './customer-key';
import { ProductFunction } from './product-function';

export interface SharingWorkProps extends ApiSetting {
  /** Where the administrator is told of each change. */
  readonly notices: ITopic;
}

/** With whom the Department shares, and what others ask of it [Storage-C] [Storage-E] [Storage-F]. */
export class SharingWork extends Construct {
  readonly manageSharing: ProductFunction;
  readonly manageExternalRequests: ProductFunction;
  readonly tellSharing: ProductFunction;

  constructor(scope: Construct, id: string, props: SharingWorkProps) {
    super(scope, id);
    this.manageSharing = this.makeManageSharing(props);
    this.manageExternalRequests = this.makeManageExternalRequests(props);
    this.tellSharing = this.makeTellSharing(props);
  }

  private makeManageSharing({ data, configuration, consoleClients }: SharingWorkProps) {
    const made = new ApiFunction(this, 'ManageSharing', {
      name: 'manage-sharing',
      description: 'Agencies, sharing agreements and exigent grants, and their ends',
      environment: environmentOf(manageSharingEnv, data.apiNames(consoleClients)),
      data,
      configuration,
    });
    data.sharing.register.grant(made, ['GetItem', 'Query', 'PutItem']);
    return made;
  }

  /** Started each minute by the timetable: a change and its notice are stored together, and told of from there. */
  private makeTellSharing({ data, configuration, notices }: SharingWorkProps) {
    const made = new ProductFunction(this, 'TellSharing', {
      name: 'tell-sharing',
      description: 'Tells the administrator of each change of sharing until it was told',
      environment: environmentOf(tellSharingEnv, {
        sharingTable: data.sharing.register.table.tableName,
        noticesTopic: notices.topicArn,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(1),
    });
    data.sharing.register.grant(made, ['Query', 'DeleteItem']);
    made.allow('sns:Publish', notices.topicArn);
    made.allowStatement(viaService(data.storeKey.key, 'sns', 'write'));
    return made;
  }

  private makeManageExternalRequests({ data, configuration, consoleClients }: SharingWorkProps) {
    const made = new ApiFunction(this, 'ManageExternalRequests', {
      name: 'manage-external-requests',
      description: 'Requests of other agencies, answered with reads of the Department alone',
      environment: environmentOf(externalRequestsEnv, {
        ...data.apiNames(consoleClients),
        ...data.dayKeyNames,
        requestsTable: data.sharing.requests.table.tableName,
        usageTable: data.usage.table.tableName,
        readsTable: data.reads.table.tableName,
      }),
      data,
      configuration,
      opensDays: true,
    });
    data.sharing.requests.grant(made, ['GetItem', 'Query', 'PutItem']);
    data.usage.grant(made, ['UpdateItem']);
    data.reads.grant(made, ['Query']);
    return made;
  }
}
