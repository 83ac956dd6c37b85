import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Bucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { optionalEnv, env as reportMonthEnv } from '../../lambdas/report-month/env';
import { env as sumDayEnv } from '../../lambdas/sum-day/env';
import { acknowledge, acknowledgeObjects } from '../acknowledge';
import { environmentOf } from '../environment';
import type { DataStack } from '../stacks/data';
import { declareStore, withoutPlates } from '../stores/declaration';
import { viaService } from './customer-key';
import { privateBucket } from './private-bucket';
import { ProductFunction } from './product-function';
import type { StoreTable } from './store-table';
import type { Timetable } from './timetable';

export interface ReportingProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly timetable: Timetable;
  /** The sealed log whose newest checkpoint the reports show. */
  readonly log: { readonly head: StoreTable; readonly origin: string };
  /**
   * Name of the portal's bucket, where this account may write to it. A name and no reference: the portal may stand in
   * another partition. Without it the folder `public/` of the reports is copied there by hand.
   */
  readonly portalBucketName?: string;
}

/** Counts each day before it is forgotten, and makes the month's reports from the counts and the audit log. */
export class Reporting extends Construct {
  /** User audits, briefings and the portal's copies; nothing in it expires. */
  readonly reports: Bucket;
  /** A keyholder: to be recycled when a day is forgotten. */
  readonly sumDay: ProductFunction;
  readonly reportMonth: ProductFunction;

  constructor(scope: Construct, id: string, props: ReportingProps) {
    super(scope, id);
    const { configuration, data, timetable } = props;
    this.reports = this.makeBucket(data, data.accessLogs.bucket);
    this.sumDay = this.makeSumDay(props);
    this.reportMonth = this.makeReportMonth(props);
    timetable.run('SumDay', this.sumDay, 'cron(10 2 * * ? *)');
    const { dayOfMonth, timeOfDay } = configuration.reportSchedule;
    const [hour, minute] = timeOfDay.split(':').map(Number);
    // Brings out what was corrected, and shows again what could not be shown.
    timetable.run('CorrectReports', this.reportMonth, 'cron(45 2 * * ? *)');
    timetable.run(
      'ReportMonth',
      this.reportMonth,
      `cron(${minute} ${hour} ${dayOfMonth} * ? *)`,
      configuration.department.timeZone,
    );
  }

  private makeBucket(data: DataStack, accessLogs: IBucket): Bucket {
    const bucket = new Bucket(this, 'Reports', {
      ...privateBucket({ key: data.storeKey.key, accessLogs, logsPrefix: 'Reports/' }),
      versioned: true,
      lifecycleRules: [{ id: 'tidy', abortIncompleteMultipartUploadAfter: Duration.days(1) }],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    declareStore(bucket, withoutPlates('Reports, for as long as the Department keeps its records.'));
    acknowledge(bucket, {
      'NIST.800.53.R5-S3BucketReplicationEnabled':
        'Reports are made from the audit log, which holds the hash of each; a replica would add copies of user names.',
      'NIST.800.53.R5-S3BucketDefaultLockEnabled':
        'What a report was is proved by its hashes in the locked audit log; the public copies must stay replaceable.',
    });
    return bucket;
  }

  private makeSumDay({ data, configuration, timetable }: ReportingProps): ProductFunction {
    const made = new ProductFunction(this, 'SumDay', {
      name: 'sum-day',
      description: 'Counts the reads, refusals and alerts of each day before it is forgotten',
      environment: environmentOf(sumDayEnv, {
        ...data.dayKeyNames,
        readsTable: data.reads.table.tableName,
        quarantineTable: data.quarantine.table.tableName,
        alertsTable: data.alerts.table.tableName,
        camerasTable: data.cameras.table.tableName,
        sitesTable: data.sites.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(15),
      isKeyholder: true,
      deadLetters: timetable.missed,
    });
    data.grantDayKeys(made, 'open');
    made.allow(
      'dynamodb:Query',
      `${data.reads.table.tableArn}/index/by-place`,
      `${data.alerts.table.tableArn}/index/by-day`,
    );
    data.quarantine.grant(made, ['Query']);
    data.sites.grant(made, ['Query']);
    data.auditEvents.grant(made, ['GetItem', 'PutItem']);
    timetable.grantMissed(made);
    return made;
  }

  private makeReportMonth(props: ReportingProps): ProductFunction {
    const { data, configuration, timetable, log, portalBucketName } = props;
    const made = new ProductFunction(this, 'ReportMonth', {
      name: 'report-month',
      description: 'Makes the board briefing and the public report of a month',
      environment: {
        ...environmentOf(reportMonthEnv, {
          auditEventsTable: data.auditEvents.table.tableName,
          camerasTable: data.cameras.table.tableName,
          sitesTable: data.sites.table.tableName,
          sharingTable: data.sharing.register.table.tableName,
          logHeadTable: log.head.table.tableName,
          logOrigin: log.origin,
          reportsBucket: this.reports.bucketName,
        }),
        ...(portalBucketName === undefined
          ? {}
          : environmentOf(optionalEnv, { portalBucket: portalBucketName })),
      },
      logsKey: data.logsKey.key,
      parts: { configuration },
      memoryMiB: 1024,
      timeout: Duration.minutes(15),
      deadLetters: timetable.missed,
    });
    data.auditEvents.grant(made, ['GetItem', 'PutItem', 'Query']);
    data.sites.grant(made, ['Query']);
    data.sharing.register.grant(made, ['GetItem']);
    log.head.grant(made, ['GetItem']);
    made.allow(['s3:GetObject', 's3:PutObject'], this.reports.arnForObjects('*'));
    made.allowStatement(viaService(data.storeKey.key, 's3', 'write'));
    acknowledgeObjects(
      made.role,
      this.reports,
      'Reports are named by month and content at run time; the bucket holds nothing else.',
    );
    if (portalBucketName !== undefined) this.allowPortal(made, portalBucketName);
    timetable.grantMissed(made);
    return made;
  }

  /** The portal's own bucket has its own kind of encryption, so the write needs no key. */
  private allowPortal(to: ProductFunction, bucketName: string): void {
    const objects = `:s3:::${bucketName}/reports/*`;
    to.allow('s3:PutObject', `arn:${Aws.PARTITION}${objects}`);
    acknowledge(to.role, {
      [`AwsSolutions-IAM5[Resource::arn:<AWS::Partition>${objects}]`]:
        'Public pages are named by month at run time, under one folder of the portal.',
    });
  }
}
