import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredFindings } from '../../adapters/findings/findings';
import { StoredIncidentPackages } from '../../adapters/incidents/incident-packages';
import { openedEvent, subtreesOf } from '../../adapters/incidents/sealed-events';
import { newestCheckpoint } from '../../adapters/reports/newest-checkpoint';
import { ReportFiles } from '../../adapters/reports/report-files';
import { emfCounters } from '../counters';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});

export const handler = makeHandler({
  packages: new StoredIncidentPackages({ dynamo, table: env.auditsTable }),
  findings: new StoredFindings({ dynamo, table: env.findingsTable }),
  checkpoint: () => newestCheckpoint({ dynamo, table: env.logHeadTable, origin: env.logOrigin }),
  opened: (place) => openedEvent({ dynamo, table: env.auditEventsTable }, place),
  subtrees: (size, indexes) => subtreesOf({ s3, bucket: env.logBucket }, size, indexes),
  files: new ReportFiles(s3, env.auditsBucket),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  counters: emfCounters('package-incidents'),
  now: () => Date.now(),
});
