import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { Configuration } from '../../core/contract/configuration';
import { type Alarms, alarmPeriod } from '../constructs/alarms';
import { productMetric, sumOf } from '../constructs/metrics';
import type { ApiStack } from './api';
import type { IdentityStack } from './identity';
import type { IngestStack } from './ingest';
import type { LiveStack } from './live';
import type { OversightStack } from './oversight';

export interface Watched {
  readonly configuration: Configuration;
  readonly identity: IdentityStack;
  readonly ingest: IngestStack;
  readonly live: LiveStack;
  readonly api: ApiStack;
  readonly oversight: OversightStack;
}

/** Every alarm of a deployment. Each has its heading in docs/runbook.md. */
export function watch(alarms: Alarms, watched: Watched): void {
  const { configuration, identity, ingest, live, api, oversight } = watched;

  alarms.add('DayKeyOverdue', {
    metric: productMetric('forget-day', 'OldestDayKeyAgeHours', {
      period: Duration.hours(2),
      statistic: Stats.MAXIMUM,
    }),
    from: configuration.retentionDays * 24,
    meaning: 'A day is over its limit and its key still exists, or nobody has looked for two hours.',
    isMissingBad: true,
  });
  alarms.add('RetentionUnproven', {
    metric: productMetric('prove-retention', 'RetentionFaults', {
      period: Duration.days(1),
      statistic: Stats.MAXIMUM,
    }),
    from: 1,
    meaning: 'A read over its limit or an old copy could be read, or nobody has looked for a day.',
    isMissingBad: true,
  });
  for (const [name, each] of Object.entries({
    EnrichToken: identity.enrichToken,
    RecordSignIn: identity.recordSignIn,
    DetectPlates: ingest.detectPlates,
    RecordReads: ingest.recordReads,
    MatchReads: ingest.matchReads,
    IndexPlates: ingest.indexPlates,
    ListQuarantine: api.listQuarantine,
    ManageSites: api.registration.manageSites,
    EnrolCamera: api.registration.enrolCamera,
    ListCameras: api.registration.listCameras,
    SearchReads: api.searching.searchReads,
    FetchImage: api.searching.fetchImage,
    ManageHotList: api.hotListWork.manageHotList,
    ListAlerts: api.alertWork.listAlerts,
    IssueTicket: live.alerts.issueTicket,
    AdmitConnection: live.alerts.admitConnection,
    DeliverAlerts: live.alerts.deliverAlerts,
    VerifyAlert: api.alertWork.verifyAlert,
    ManageOutsideLists: api.outsideLists.manageOutsideLists,
    ImportHotList: api.outsideLists.importHotList,
    ManagePeople: api.people.managePeople,
    ManageDuty: api.people.manageDuty,
    ManageDevices: api.people.manageDevices,
    ManageFindings: api.people.manageFindings,
    RedactEvent: api.logWork.redactEvent,
    DrawLeaves: api.logWork.drawLeaves,
    PublishCheckpoint: oversight.publishing.publishCheckpoint,
    ImportPersonnel: api.people.importPersonnel,
    ReviewAccounts: api.people.reviewAccounts,
    TakeEvidence: api.evidence.takeEvidence,
    ManageEvidence: api.evidence.manageEvidence,
    ManageReleases: api.evidence.manageReleases,
    ManageAudits: api.audits.manageAudits,
    AuditMonth: oversight.auditing.auditMonth,
    PackageIncidents: oversight.auditing.packageIncidents,
    SumDay: oversight.reporting.sumDay,
    ReportMonth: oversight.reporting.reportMonth,
    ForgetDay: oversight.forgetDay,
    CompactPlateIndex: oversight.compaction.compactPlateIndex,
    PurgeExpired: oversight.purgeExpired,
    ProveRetention: oversight.retention.proveRetention,
    ReviewCameras: oversight.cameraWatch.reviewCameras,
  }))
    alarms.add(`${name}Failing`, {
      metric: each.function.metricErrors({ period: alarmPeriod }),
      from: 1,
      meaning: `The function ${name} fails.`,
    });
  for (const [name, each] of Object.entries({
    RecordReads: ingest.recordReads,
    MatchReads: ingest.matchReads,
    IndexPlates: ingest.indexPlates,
  }))
    alarms.add(`${name}Behind`, {
      metric: each.function.metric('IteratorAge', { statistic: Stats.MAXIMUM, period: alarmPeriod }),
      from: Duration.minutes(5).toMilliseconds(),
      meaning: `${name} is five minutes behind the cameras.`,
    });
  for (const consumer of ['RecordReads', 'MatchReads', 'IndexPlates'])
    alarms.add(`${consumer}KeptFailures`, {
      metric: failuresOf(ingest, consumer),
      from: 1,
      meaning: `Records could not be processed by ${consumer} and lie in the failures bucket until it expires them.`,
    });
  ingest.partners.watch(alarms);
  alarms.add('FramesUnread', {
    metric: ingest.intake.unread.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
    from: 1,
    meaning: 'Frames could not be read after three tries; they are deleted after a day.',
  });
  alarms.add('AlertsUndelivered', {
    metric: live.alerts.undelivered.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
    from: 1,
    meaning: 'Alerts could not be sent to live connections; users see them only when they list alerts.',
  });
  alarms.add('UsersUnserved', {
    metric: productMetric('deliver-alerts', 'UsersUnserved', { period: alarmPeriod }),
    from: 1,
    meaning: 'An alert could not be sent to a user on a live connection after three tries; others got it.',
  });
  alarms.add('SealAuditLogFailing', {
    metric: oversight.sealedLog.sealAuditLog.function.metricErrors({ period: alarmPeriod }),
    from: 1,
    meaning: 'The audit log is not sealed.',
  });
  alarms.add('AuditLogUnsealed', {
    metric: productMetric('seal-audit-log', 'OldestUnsealedAgeSeconds', {
      period: alarmPeriod,
      statistic: Stats.MAXIMUM,
    }),
    from: 120,
    meaning: 'Audit events wait longer than two minutes to be sealed, or nobody seals.',
    isMissingBad: true,
  });
  alarms.add('CheckpointUnpublished', {
    metric: productMetric('publish-checkpoint', 'DaysUnpublished', {
      period: Duration.days(1),
      statistic: Stats.MINIMUM,
    }),
    from: 1,
    meaning: 'No checkpoint of the audit log was published for a day.',
    isMissingBad: true,
  });
  alarms.add('WitnessesSilent', {
    metric: productMetric('publish-checkpoint', 'WitnessesSilent', {
      period: Duration.days(1),
      statistic: Stats.MAXIMUM,
    }),
    from: 1,
    meaning: 'A witness did not cosign the checkpoint of a day.',
  });
  alarms.add('LeavesUnopened', {
    metric: productMetric('api', 'LeavesUnopened', { period: alarmPeriod }),
    from: 1,
    meaning: 'The auditor drew an event of the audit log that nothing opens.',
  });
  alarms.add('UnsealableEvents', {
    metric: productMetric('seal-audit-log', 'UnsealableEvents', { period: alarmPeriod }),
    from: 1,
    meaning: 'An audit event cannot be sealed: it was altered or damaged after it was written.',
  });
  alarms.add('MalformedEntries', {
    metric: sumOf(
      ['match-reads', 'manage-hot-list', 'verify-alert', 'report-month', 'deliver-alerts'].map((service) =>
        productMetric(service, 'MalformedEntries', { period: alarmPeriod }),
      ),
      alarmPeriod,
    ),
    from: 1,
    meaning: 'A hot-list entry, an audit event or a live connection cannot be understood and is left out.',
  });
  alarms.add('MonthAuditsOverdue', {
    metric: productMetric('audit-month', 'MonthAuditsOverdue', {
      period: Duration.days(1),
      statistic: Stats.MAXIMUM,
    }),
    from: 1,
    meaning: 'The audit of a month was not attested in time, or nobody has looked for a day.',
    isMissingBad: true,
  });
  alarms.add('SharingChangesUntold', {
    metric: productMetric('tell-sharing', 'OldestUntoldAgeSeconds', {
      period: alarmPeriod,
      statistic: Stats.MAXIMUM,
    }),
    from: 300,
    meaning: 'The administrator was not told of a change of sharing for five minutes, or nobody tells.',
    isMissingBad: true,
  });
  alarms.add('HotListDeliveriesRefused', {
    metric: productMetric('import-hot-list', 'HotListDeliveriesRefused', { period: alarmPeriod }),
    from: 1,
    meaning: 'A delivery of an outside hot list could not be used; the one before it stays in force.',
  });
  alarms.add('HotListDeliveriesHeld', {
    metric: productMetric('import-hot-list', 'HotListDeliveriesHeld', { period: alarmPeriod }),
    from: 1,
    meaning: 'A delivery of an outside hot list would remove too much and waits for a confirmation.',
  });
  alarms.add('HotListDeliveriesFailed', {
    metric: api.outsideLists.refused.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
    from: 1,
    meaning: 'A delivery of an outside hot list could not be imported after three tries.',
  });
  if (configuration.outsideLists.length > 0)
    alarms.add('OutsideListsOverdue', {
      metric: productMetric('import-hot-list', 'OutsideListsOverdue', {
        period: Duration.hours(2),
        statistic: Stats.MAXIMUM,
      }),
      from: 1,
      meaning: 'An outside hot list is older than its source promised, or nobody looked for two hours.',
      isMissingBad: true,
    });
  alarms.add('PolicyUndecidable', {
    metric: productMetric('api', 'PolicyUndecidable', { period: alarmPeriod }),
    from: 1,
    meaning: 'The policy rules could not be evaluated for a call, so it was refused.',
  });
  alarms.add('MalformedFacts', {
    metric: productMetric('api', 'MalformedFacts', { period: alarmPeriod }),
    from: 1,
    meaning: 'A record of a person, a duty, a device or a session cannot be understood; its user is refused.',
  });
  alarms.add('EscalationsIncomplete', {
    metric: productMetric('deliver-alerts', 'EscalationsIncomplete', { period: alarmPeriod }),
    from: 1,
    meaning: 'An alert that nobody took on could not be told to supervisors; the next minute tries again.',
  });
  alarms.add('FindingsUnraised', {
    metric: productMetric('api', 'FindingsUnraised', { period: alarmPeriod }),
    from: 1,
    meaning: 'A finding could not be stored; the call that it is about was refused and is in the audit log.',
  });
  alarms.add('AccessEndUnfinished', {
    metric: sumOf(
      ['manage-people', 'manage-duty', 'manage-findings'].map((service) =>
        productMetric(service, 'AccessEndUnfinished', { period: alarmPeriod }),
      ),
      alarmPeriod,
    ),
    from: 1,
    meaning: 'An access ended by its record, but an account was not signed out or a connection not closed.',
  });
  alarms.add('AccountsUnreviewed', {
    metric: productMetric('review-accounts', 'AccountsUnreviewed', { period: alarmPeriod }),
    from: 1,
    meaning: 'An account that nobody uses could not be disabled.',
  });
  alarms.add('RunsMissed', {
    metric: oversight.timetable.missed.metricApproximateNumberOfMessagesVisible({ period: alarmPeriod }),
    from: 1,
    meaning: 'A scheduled run did not happen.',
  });
  alarms.add('ApiFailing', {
    metric: api.api.metricServerError({ period: alarmPeriod, statistic: Stats.SUM }),
    from: 1,
    meaning:
      'The API answered with a server error; an answer without an audit record is refused this way too.',
  });
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
  return sumOf(metrics, alarmPeriod);
}
