import type { IUserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { env as importPersonnelEnv } from '../../lambdas/import-personnel/env';
import { env as manageDevicesEnv } from '../../lambdas/manage-devices/env';
import { env as manageDutyEnv } from '../../lambdas/manage-duty/env';
import { env as manageFindingsEnv } from '../../lambdas/manage-findings/env';
import { env as managePeopleEnv } from '../../lambdas/manage-people/env';
import { env as reviewAccountsEnv } from '../../lambdas/review-accounts/env';
import { environmentOf } from '../environment';
import { ApiFunction, type ApiSetting } from './api-function';
import type { LiveAlerts } from './live-alerts';
import { ProductFunction } from './product-function';

export interface PeopleAccessProps extends ApiSetting {
  readonly userPool: IUserPool;
  readonly live: LiveAlerts;
}

/**
 * Who has access, how it begins, changes and ends, on which devices, and what was found amiss [Access-C] [Access-G]
 * [Training] [Acct-C]. Whoever ends an access signs the account out and has its open connections closed.
 */
export class PeopleAccess extends Construct {
  readonly managePeople: ProductFunction;
  readonly manageDuty: ProductFunction;
  readonly manageDevices: ProductFunction;
  readonly manageFindings: ProductFunction;
  readonly importPersonnel: ProductFunction;
  /** To be run once a day. */
  readonly reviewAccounts: ProductFunction;

  constructor(scope: Construct, id: string, props: PeopleAccessProps) {
    super(scope, id);
    this.managePeople = this.makeManagePeople(props);
    this.manageDuty = this.makeManageDuty(props);
    this.manageDevices = this.makeManageDevices(props);
    this.manageFindings = this.makeManageFindings(props);
    this.importPersonnel = this.makeImportPersonnel(props);
    this.reviewAccounts = this.makeReviewAccounts(props);
  }

  private makeManagePeople(props: PeopleAccessProps): ProductFunction {
    const { data, configuration, consoleClients } = props;
    const made = new ApiFunction(this, 'ManagePeople', {
      name: 'manage-people',
      description: 'Enrols, assigns, trains, suspends, reinstates and disables people',
      environment: environmentOf(managePeopleEnv, {
        ...data.apiNames(consoleClients),
        ...endingNames(props),
      }),
      data,
      configuration,
    });
    data.people.grant(made, ['PutItem', 'UpdateItem', 'Scan']);
    data.access.sessions.grant(made, ['BatchGetItem']);
    data.access.duty.grant(made, ['BatchGetItem']);
    allowAccounts(made, props, [
      'AdminCreateUser',
      'AdminAddUserToGroup',
      'AdminRemoveUserFromGroup',
      'AdminListGroupsForUser',
      'AdminGetUser',
      'AdminDisableUser',
      'AdminUserGlobalSignOut',
    ]);
    return made;
  }

  private makeManageDuty(props: PeopleAccessProps): ProductFunction {
    const { data, configuration, consoleClients, live } = props;
    const made = new ApiFunction(this, 'ManageDuty', {
      name: 'manage-duty',
      description: 'Begins and ends duty, and shows everybody how the own access stands',
      environment: environmentOf(manageDutyEnv, {
        ...data.apiNames(consoleClients),
        deliverAlertsFunction: live.deliverAlerts.function.functionName,
      }),
      data,
      configuration,
    });
    data.access.duty.grant(made, ['BatchGetItem', 'PutItem', 'DeleteItem']);
    data.access.sessions.grant(made, ['BatchGetItem']);
    live.grantAnnounce(made);
    return made;
  }

  private makeManageDevices({ data, configuration, consoleClients }: PeopleAccessProps): ProductFunction {
    const made = new ApiFunction(this, 'ManageDevices', {
      name: 'manage-devices',
      description: 'Registers and retires department phones and consoles',
      environment: environmentOf(manageDevicesEnv, data.apiNames(consoleClients)),
      data,
      configuration,
    });
    data.access.devices.grant(made, ['PutItem', 'UpdateItem', 'Scan']);
    return made;
  }

  private makeManageFindings(props: PeopleAccessProps): ProductFunction {
    const { data, configuration, consoleClients } = props;
    const made = new ApiFunction(this, 'ManageFindings', {
      name: 'manage-findings',
      description: 'Lists what was found amiss and takes decisions on it; upholding suspends',
      environment: environmentOf(manageFindingsEnv, {
        ...data.apiNames(consoleClients),
        ...endingNames(props),
      }),
      data,
      configuration,
    });
    data.access.findings.grant(made, ['GetItem', 'UpdateItem'], { index: 'by-state' });
    data.people.grant(made, ['BatchGetItem', 'UpdateItem']);
    allowAccounts(made, props, ['AdminUserGlobalSignOut']);
    return made;
  }

  private makeImportPersonnel(props: PeopleAccessProps): ProductFunction {
    const { data, configuration, consoleClients } = props;
    const made = new ApiFunction(this, 'ImportPersonnel', {
      name: 'import-personnel',
      description: 'Takes the personnel feed and disables who has left',
      environment: environmentOf(importPersonnelEnv, {
        ...data.apiNames(consoleClients),
        ...endingNames(props),
      }),
      data,
      configuration,
    });
    data.people.grant(made, ['UpdateItem', 'Scan']);
    allowAccounts(made, props, ['AdminDisableUser', 'AdminUserGlobalSignOut']);
    return made;
  }

  private makeReviewAccounts(props: PeopleAccessProps): ProductFunction {
    const { data, configuration } = props;
    const made = new ProductFunction(this, 'ReviewAccounts', {
      name: 'review-accounts',
      description: 'Disables accounts that nobody used for too long',
      environment: environmentOf(reviewAccountsEnv, {
        peopleTable: data.people.table.tableName,
        dutyTable: data.access.duty.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        sessionsTable: data.access.sessions.table.tableName,
        ...endingNames(props),
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
    });
    data.people.grant(made, ['GetItem', 'UpdateItem', 'Scan']);
    data.access.duty.grant(made, ['GetItem', 'BatchGetItem']);
    data.access.sessions.grant(made, ['BatchGetItem']);
    data.auditEvents.grant(made, ['PutItem']);
    allowAccounts(made, props, ['AdminDisableUser', 'AdminUserGlobalSignOut']);
    return made;
  }
}

/** Where an access is ended beside the record: the account's sign-ins, and the live connections. */
function endingNames({ userPool, live }: PeopleAccessProps) {
  return {
    userPoolId: userPool.userPoolId,
    deliverAlertsFunction: live.deliverAlerts.function.functionName,
  };
}

function allowAccounts(
  to: ProductFunction,
  { userPool, live }: PeopleAccessProps,
  actions: readonly string[],
): void {
  to.allow(
    actions.map((action) => `cognito-idp:${action}`),
    userPool.userPoolArn,
  );
  live.grantAnnounce(to);
}
