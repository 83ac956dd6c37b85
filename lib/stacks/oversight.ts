import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Configuration } from '../../core/contract/configuration';
import { env as forgetDayEnv } from '../../lambdas/forget-day/env';
import { env as purgeExpiredEnv } from '../../lambdas/purge-expired/env';
import { Alarms } from '../constructs/alarms';
import { Auditing } from '../constructs/auditing';
import { CameraWatch } from '../constructs/camera-watch';
import { OperatorDashboard } from '../constructs/dashboard';
import { KeyUseWatch } from '../constructs/key-use-watch';
import { LogPublishing } from '../constructs/log-publishing';
import { PlateIndexCompaction } from '../constructs/plate-index-compaction';
import { ProductFunction } from '../constructs/product-function';
import { Reporting } from '../constructs/reporting';
import { RetentionProof } from '../constructs/retention-proof';
import { SealedLog } from '../constructs/sealed-log';
import { SharingPublication } from '../constructs/sharing-publication';
import { Timetable } from '../constructs/timetable';
import { environmentOf } from '../environment';
import type { ApiStack } from './api';
import type { DataStack } from './data';
import type { IdentityStack } from './identity';
import type { IngestStack } from './ingest';
import type { LiveStack } from './live';
import { watch } from './oversight-alarms';

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
  readonly publishing: LogPublishing;
  readonly auditing: Auditing;
  readonly retention: RetentionProof;
  readonly cameraWatch: CameraWatch;
  readonly compaction: PlateIndexCompaction;
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
    this.timetable.run(
      'ReviewAccounts',
      props.api.people.reviewAccounts,
      'cron(0 4 * * ? *)',
      props.configuration.department.timeZone,
    );
    if (props.configuration.outsideLists.length > 0)
      this.timetable.run('CheckOutsideLists', props.api.outsideLists.importHotList, 'rate(1 hour)');
    this.timetable.run('TellSharing', props.api.sharing.tellSharing, 'rate(1 minute)');
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
    this.publishing = new LogPublishing(this, 'LogPublishing', {
      configuration: props.configuration,
      data: props.data,
      log: this.sealedLog,
      reports: this.reporting.reports,
      timetable: this.timetable,
    });
    if (portalBucket !== undefined)
      new SharingPublication(this, 'Sharing', {
        configuration: props.configuration,
        data: props.data,
        timetable: this.timetable,
        portalBucketName: portalBucket,
      });
    this.auditing = new Auditing(this, 'Auditing', {
      configuration: props.configuration,
      data: props.data,
      audits: props.api.audits,
      timetable: this.timetable,
      log: this.sealedLog,
    });
    this.compaction = new PlateIndexCompaction(this, 'Compaction', {
      configuration: props.configuration,
      data: props.data,
      timetable: this.timetable,
    });
    this.forgetDay = this.makeForgetDay(props);
    this.timetable.run('ForgetDay', this.forgetDay, 'rate(1 hour)');
    const { configuration, data } = props;
    this.retention = new RetentionProof(this, 'Retention', {
      configuration,
      data,
      timetable: this.timetable,
    });
    this.cameraWatch = new CameraWatch(this, 'Cameras', {
      data,
      timetable: this.timetable,
      alarms: this.alarms,
    });
    new OperatorDashboard(this, 'Operator', { retentionDays: configuration.retentionDays });
    new KeyUseWatch(this, 'KeyUse', { key: data.dayWrappingKey.key, alarms: this.alarms });
    watch(this.alarms, { ...props, oversight: this });
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
      this.compaction.compactPlateIndex,
      api.searching.searchReads,
      api.searching.fetchImage,
      api.alertWork.listAlerts,
      live.alerts.deliverAlerts,
      this.reporting.sumDay,
      api.alertWork.verifyAlert,
      api.evidence.takeEvidence,
      api.sharing.manageExternalRequests,
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
}
