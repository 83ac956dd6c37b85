import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { readEvents } from '../../adapters/audit/audit-reader';
import { StoredEnrolments } from '../../adapters/enrolment/enrolments';
import { KnownEvents } from '../../adapters/reports/known-events';
import { newestCheckpoint } from '../../adapters/reports/newest-checkpoint';
import { ReportFiles } from '../../adapters/reports/report-files';
import { readSharingNow } from '../../adapters/sharing/sharing-rows';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'report-month';
const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const auditEvents = { dynamo, table: env.auditEventsTable };
const counters = emfCounters(service);
const note = noteMalformed({ counters, log: new Logger({ serviceName: service }) });
const auditLog = new StoredAuditLog(auditEvents);

export const handler = makeHandler({
  configuration: loadConfiguration(),
  events: (range, onUnreadable) =>
    readEvents(
      {
        ...auditEvents,
        onMalformed: (row) => {
          note(row.error);
          onUnreadable(row);
        },
      },
      range,
    ),
  known: new KnownEvents(auditEvents),
  enrolments: new StoredEnrolments({ ...env, dynamo }),
  sharing: () => readSharingNow(dynamo, env.sharingTable),
  checkpoint: () => newestCheckpoint({ dynamo, table: env.logHeadTable, origin: env.logOrigin }),
  files: new ReportFiles(s3, env.reportsBucket),
  portal: env.portalBucket === undefined ? undefined : new ReportFiles(s3, env.portalBucket),
  audit: auditLog,
  onceAudit: auditLog,
  counters,
  now: () => Date.now(),
});
