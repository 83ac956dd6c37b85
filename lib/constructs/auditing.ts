import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as auditMonthEnv } from '../../lambdas/audit-month/env';
import { env as packageIncidentsEnv } from '../../lambdas/package-incidents/env';
import { acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { viaService } from './customer-key';
import type { MonthAuditWork } from './month-audit-work';
import { ProductFunction } from './product-function';
import type { SealedLog } from './sealed-log';
import type { Timetable } from './timetable';

export interface AuditingProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly audits: MonthAuditWork;
  readonly timetable: Timetable;
  readonly log: SealedLog;
}

/** Audits each month once it is due, tells when nobody attests, and puts packages together [Acct-A] [Acct-D]. */
export class Auditing extends Construct {
  readonly auditMonth: ProductFunction;
  readonly packageIncidents: ProductFunction;

  constructor(scope: Construct, id: string, props: AuditingProps) {
    super(scope, id);
    const { timetable, configuration } = props;
    this.auditMonth = this.makeAuditMonth(props);
    this.packageIncidents = this.makePackageIncidents(props);
    const [hour, minute] = configuration.reportSchedule.timeOfDay.split(':').map(Number);
    const daily = `cron(${minute} ${hour} * * ? *)`;
    timetable.run('AuditMonth', this.auditMonth, daily, configuration.department.timeZone);
    timetable.run('PackageIncidents', this.packageIncidents, 'rate(5 minutes)');
  }

  private makeAuditMonth({ data, configuration, audits, timetable }: AuditingProps): ProductFunction {
    const made = new ProductFunction(this, 'AuditMonth', {
      name: 'audit-month',
      description: 'Audits the uses of a month, raises what it finds, and tells when nobody attests',
      environment: environmentOf(auditMonthEnv, {
        auditEventsTable: data.auditEvents.table.tableName,
        peopleTable: data.people.table.tableName,
        findingsTable: data.access.findings.table.tableName,
        auditsTable: data.access.audits.table.tableName,
        auditsBucket: audits.bucket.bucketName,
        auditsTopic: audits.notices.topicArn,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      // Two months of a million events each, as far as the rules hold them.
      memoryMiB: 2048,
      timeout: Duration.minutes(15),
      deadLetters: timetable.missed,
    });
    data.auditEvents.grant(made, ['PutItem', 'GetItem', 'Query']);
    data.people.grant(made, ['Scan']);
    data.access.findings.grant(made, ['PutItem']);
    data.access.audits.grant(made, ['GetItem', 'Query', 'PutItem', 'UpdateItem']);
    audits.grantObjects(made, 'put', 'months');
    if (configuration.monthAudit.caseNumbers === 'delivered') {
      audits.grantObjects(made, 'get', 'case-numbers');
      // Without the right to list, a missing list could not be told from a forbidden one.
      made.allow('s3:ListBucket', audits.bucket.bucketArn);
    }
    made.allow('sns:Publish', audits.notices.topicArn);
    made.allowStatement(viaService(data.storeKey.key, 'sns', 'write'));
    timetable.grantMissed(made);
    return made;
  }

  private makePackageIncidents(props: AuditingProps): ProductFunction {
    const { data, configuration, audits, timetable, log } = props;
    const made = new ProductFunction(this, 'PackageIncidents', {
      name: 'package-incidents',
      description: 'Puts together what a finding rests on, with its proofs from the sealed log',
      environment: environmentOf(packageIncidentsEnv, {
        auditEventsTable: data.auditEvents.table.tableName,
        findingsTable: data.access.findings.table.tableName,
        auditsTable: data.access.audits.table.tableName,
        auditsBucket: audits.bucket.bucketName,
        logHeadTable: log.head.table.tableName,
        logBucket: log.bucket.bucketName,
        logOrigin: configuration.auditLog.origin,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(5),
      deadLetters: timetable.missed,
    });
    data.auditEvents.grant(made, ['GetItem', 'PutItem']);
    data.access.findings.grant(made, ['GetItem']);
    data.access.audits.grant(made, ['Query', 'UpdateItem']);
    log.head.grant(made, ['GetItem']);
    audits.grantObjects(made, 'put', 'incidents');
    made.allow('s3:GetObject', log.bucket.arnForObjects('tile/*'));
    made.allow('s3:ListBucket', log.bucket.bucketArn);
    made.allowStatement(viaService(data.storeKey.key, 's3', 'read'));
    acknowledgeObjects(
      made.role,
      log.bucket,
      'Tiles are named by the size of the log at run time.',
      'tile/*',
    );
    timetable.grantMissed(made);
    return made;
  }
}
