import { Construct } from 'constructs';
import { env as manageHotListEnv } from '../../lambdas/manage-hot-list/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import type { ProductFunction } from './product-function';

/** The custom hot list behind the REST API [Policy-H]. */
export class HotListWork extends Construct {
  readonly manageHotList: ProductFunction;

  constructor(scope: Construct, id: string, setting: ApiSetting) {
    super(scope, id);
    this.manageHotList = this.makeManageHotList(setting);
  }

  private makeManageHotList({ data, configuration, consoleClients }: ApiSetting): ProductFunction {
    const made = new ApiFunction(this, 'ManageHotList', {
      name: 'manage-hot-list',
      description: 'Requests, approvals and removals of custom hot-list entries',
      environment: environmentOf(manageHotListEnv, {
        ...data.apiNames(consoleClients),
        hotListTable: data.hotList.table.tableName,
      }),
      data,
      configuration,
    });
    data.hotList.grant(made, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    return made;
  }
}
