import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as forgetDayEnv } from '../../lambdas/forget-day/env';
import { env as purgeExpiredEnv } from '../../lambdas/purge-expired/env';
import { Alarms, alarmPeriod } from '../constructs/alarms';
import { ProductFunction } from '../constructs/product-function';
import { Reporting } from '../constructs/reporting';
import { SealedLog } from '../constructs/sealed-log';
import { Timetable } from '../constructs/timetable';
import { environmentOf } from '../environment';
import type { ApiStack } from './api';
import type { DataStack } from './data';
import type { IdentityStack } from './identity';
import type { IngestStack } from './ingest';
import type { LiveStack } from './live';

export interface OversightStackProps extends StackProps {
  readonly configuration: Configuration;
  readonly data: DataStack;
  readonly ingest: IngestStack;
  readonly api: ApiStack;
  readonly live: LiveStack;
  readonly identity: IdentityStack;
}

/** Forgetting, and what tells the operator when something that must happen does not. */
export class OversightStack extends Stack {
  readonly forgetDay: ProductFunction;
  readonly purgeExpired: ProductFunction;
  readonly timetable: Timetable;
  readonly sealedLog: SealedLog;
  readonly reporting: Reporting;
  readonly alarms: Alarms;

  constructor(scope: Construct, id: string, props: OversightStackProps) {
    super(scope, id, props);
    this.timetable = new Timetable(this, 'Timetable', { key: props.data.storeKey.key });
    this.alarms = new Alarms(this, 'Alarms', {
      email: props.configuration.stage.operatorEmail,
    });
    this.purgeExpired = this.makePurgeExpired(props);
    this.timetable.run(
      'PurgeExpired',
      this.purgeExpired,
      'cron(30 3 * * ? *)',
      props.configuration.department.timeZone,
    );
    this.timetable.run('SweepConnections', props.live.alerts.deliverAlerts, 'rate(1 minute)');
    this.sealedLog = new SealedLog(this, 'SealedLog', {
      origin: props.configuration.auditLog.origin,
      auditEvents: props.data.auditEvents,
      key: props.data.storeKey.key,
      logsKey: props.data.logsKey.key,
      accessLogs: props.data.accessLogs.bucket,
      timetable: this.timetable,
      lock: { mode: props.configuration.auditLog.lockMode, days: props.configuration.auditLog.lockDays },
    });
    const { portalBucket } = props.configuration;
    this.reporting = new Reporting(this, 'Reporting', {
      configuration: props.configuration,
      data: props.data,
      timetable: this.timetable,
      log: { head: this.sealedLog.head, origin: props.configuration.auditLog.origin },
      ...(portalBucket === undefined ? {} : { portalBucketName: portalBucket }),
    });
    this.forgetDay = this.makeForgetDay(props);
    this.timetable.run('ForgetDay', this.forgetDay, 'rate(1 hour)');
    this.watch(props);
    new CfnOutput(this, 'ReportsBucket', { value: this.reporting.reports.bucketName });
    new CfnOutput(this, 'AuditLogBucket', { value: this.sealedLog.bucket.bucketName });
    new CfnOutput(this, 'AuditLogKeyId', { value: this.sealedLog.signingKey.keyId });
    new CfnOutput(this, 'OperatorTopic', { value: this.alarms.topic.topicArn });
  }

  private makeForgetDay({ data, ingest, api, live, configuration }: OversightStackProps): ProductFunction {
    const keyholders = [
      ingest.recordReads,
      ingest.matchReads,
      ingest.indexPlates,
      api.searchReads,
      api.fetchImage,
      api.listAlerts,
      live.alerts.deliverAlerts,
      this.reporting.sumDay,
      api.verifyAlert,
    ];
    const made = new ProductFunction(this, 'ForgetDay', {
      name: 'forget-day',
      description:
        'Destroys the keys of days that are over their limit and recycles the functions that may hold them',
      environment: environmentOf(forgetDayEnv, {
        dayKeysTable: data.dayKeys.table.tableName,
        auditEventsTable: data.auditEvents.table.tableName,
        keyholderFunctions: keyholders.map((each) => each.function.functionName).join(','),
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(5),
      deadLetters: this.timetable.missed,
    });
    data.dayKeys.grant(made, ['GetItem', 'BatchGetItem', 'UpdateItem']);
    data.auditEvents.grant(made, ['PutItem']);
    const functions = keyholders.map((each) => each.function.functionArn);
    made.allow('lambda:GetFunctionConfiguration', ...functions);
    // Without layers: an update may move an environment variable, not bring code into a keyholder.
    made.allowStatement(
      new PolicyStatement({
        actions: ['lambda:UpdateFunctionConfiguration'],
        resources: functions,
        conditions: { Null: { 'lambda:Layer': 'true' } },
      }),
    );
    this.timetable.grantMissed(made);
    return made;
  }

  private makePurgeExpired({ data, configuration }: OversightStackProps): ProductFunction {
    const made = new ProductFunction(this, 'PurgeExpired', {
      name: 'purge-expired',
      description: 'Frees the space of forgotten days',
      environment: environmentOf(purgeExpiredEnv, {
        imagesBucket: data.images.bucket.bucketName,
        plateIndexBucket: data.plateIndex.bucket.bucketName,
      }),
      logsKey: data.logsKey.key,
      parts: { configuration },
      timeout: Duration.minutes(15),
      deadLetters: this.timetable.missed,
    });
    for (const store of [data.images, data.plateIndex]) {
      store.grantList(made);
      store.grant(
        made,
        'delete',
        'Objects are named by day at run time; the buckets hold nothing but sealed days.',
      );
    }
    this.timetable.grantMissed(made);
    return made;
  }

  private watch({ identity, ingest, api, live, configuration }: OversightStackProps): void {
    this.alarms.add('DayKeyOverdue', {
      metric: new Metric({
        namespace: 'Platekeeper',
        metricName: 'OldestDayKeyAgeHours',
        dimensionsMap: { service: 'forget-day' },
        statistic: Stats.MAXIMUM,
        period: Duration.hours(2),
      }),
      from: configuration.retentionDays * 24,
      meaning: 'A day is over its limit and its key still exists, or nobody has looked for two hours.',
      isMissingBad: true,
    });
    for (const [name, each] of Object.entries({
      EnrichToken: identity.enrichToken,
      DetectPlates: ingest.detectPlates,
      RecordReads: ingest.recordReads,
      MatchReads: ingest.matchReads,
      IndexPlates: ingest.indexPlates,
      ListQuarantine: api.listQuarantine,
      ManageSites: api.registration.manageSites,
      EnrolCamera: api.registration.enrolCamera,
      ListSilentCameras: api.registration.listSilentCameras,
      SearchReads: api.searchReads,
      FetchImage: api.fetchImage,
      ManageHotList: api.manageHotList,
      ListAlerts: api.listAlerts,
      IssueTicket: live.alerts.issueTicket,
      AdmitConnection: live.alerts.admitConnection,
      DeliverAlerts: live.alerts.deliverAlerts,
      VerifyAlert: api.verifyAlert,
      SumDay: this.reporting.sumDay,
      ReportMonth: this.reporting.reportMonth,
      ForgetDay: this.forgetDay,
      PurgeExpired: this.purgeExpired,
    }))
      this.alarms.add(`${name}Failing`, {
        metric: each.function.metricErrors({ period: alarmPeriod }),
        from: 1,
        meaning: `The function ${name} fails.`,
      });
    for (const [name, each] of Object.entries({
      RecordReads: ingest.recordReads,
      MatchReads: ingest.matchReads,
      IndexPlates: ingest.indexPlates,
    }))
      this.alarms.add(`${name}Behind`, {
        metric: each.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: alarmPeriod }),
        from: Duration.minutes(5).toMilliseconds(),
        meaning: `${name} is five minutes behind the cameras.`,
      });
    for (const consumer of ['RecordReads', 'MatchReads', 'IndexPlates'])
      this.alarms.add(`${consumer}KeptFailures`, {
        metric: failuresOf(ingest, consumer),
        from: 1,
        meaning: `Records could not be processed by ${consumer} and lie in the failures bucket until it expires them.`,
      });
    this.alarms.add('FramesUnread', {
      metric: ingest.intake.unread.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
      from: 1,
      meaning: 'Frames could not be read after three tries; they are deleted after a day.',
    });
    this.alarms.add('AlertsUndelivered', {
      metric: live.alerts.undelivered.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
      from: 1,
      meaning: 'Alerts could not be sent to live connections; users see them only when they list alerts.',
    });
    this.alarms.add('SealAuditLogFailing', {
      metric: this.sealedLog.sealAuditLog.function.metricErrors({ period: alarmPeriod }),
      from: 1,
      meaning: 'The audit log is not sealed.',
    });
    this.alarms.add('AuditLogUnsealed', {
      metric: new Metric({
        namespace: 'Platekeeper',
        metricName: 'OldestUnsealedAgeSeconds',
        dimensionsMap: { service: 'seal-audit-log' },
        statistic: Stats.MAXIMUM,
        period: alarmPeriod,
      }),
      from: 120,
      meaning: 'Audit events wait longer than two minutes to be sealed, or nobody seals.',
      isMissingBad: true,
    });
    this.alarms.add('UnsealableEvents', {
      metric: new Metric({
        namespace: 'Platekeeper',
        metricName: 'UnsealableEvents',
        dimensionsMap: { service: 'seal-audit-log' },
        statistic: Stats.SUM,
        period: alarmPeriod,
      }),
      from: 1,
      meaning: 'An audit event cannot be sealed: it was altered or damaged after it was written.',
    });
    this.alarms.add('MalformedEntries', {
      metric: new MathExpression({
        expression: 'SUM([FILL(m0, 0), FILL(m1, 0)])',
        usingMetrics: Object.fromEntries(
          ['match-reads', 'manage-hot-list'].map((service, index) => [
            `m${index}`,
            new Metric({
              namespace: 'Platekeeper',
              metricName: 'MalformedEntries',
              dimensionsMap: { service },
              statistic: Stats.SUM,
              period: alarmPeriod,
            }),
          ]),
        ),
        period: alarmPeriod,
      }),
      from: 1,
      meaning: 'A hot-list entry cannot be understood and matches nothing; the others do.',
    });
    this.alarms.add('RunsMissed', {
      metric: this.timetable.missed.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
      from: 1,
      meaning: 'A scheduled run did not happen.',
    });
    this.alarms.add('ApiFailing', {
      metric: api.api.metricServerError({ period: alarmPeriod, statistic: Stats.SUM }),
      from: 1,
      meaning:
        'The API answered with a server error; an answer without an audit record is refused this way too.',
    });
  }
}

/** Records that went to the failures bucket or nowhere at all, over the mappings of one function. */
function failuresOf(ingest: IngestStack, consumer: string): IMetric {
  const metrics = ingest.mappings
    .filter((each) => each.consumer === consumer)
    .flatMap(({ functionName, mapping }) =>
      ['OnFailureDestinationDeliveredEventCount', 'DroppedEventCount'].map(
        (metricName) =>
          new Metric({
            namespace: 'AWS/Lambda',
            metricName,
            dimensionsMap: {
              FunctionName: functionName,
              EventSourceMappingUUID: mapping.eventSourceMappingId,
            },
            statistic: Stats.SUM,
            period: alarmPeriod,
          }),
      ),
    );
  const named = Object.fromEntries(metrics.map((metric, index) => [`m${index}`, metric]));
  return new MathExpression({
    expression: `SUM([${Object.keys(named)
      .map((name) => `FILL(${name}, 0)`)
      .join(', ')}])`,
    usingMetrics: named,
    period: alarmPeriod,
  });
}
