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
    SumDay: oversight.reporting.sumDay,
    ReportMonth: oversight.reporting.reportMonth,
    ForgetDay: oversight.forgetDay,
    PurgeExpired: oversight.purgeExpired,
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
