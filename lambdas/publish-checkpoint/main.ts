import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { readEvents } from '../../adapters/audit/audit-reader';
import { HttpWitness } from '../../adapters/audit-log/http-witness';
import { KmsNoteSigner } from '../../adapters/audit-log/kms-note-signer';
import { LogReader } from '../../adapters/audit-log/log-reader';
import { publishedDays } from '../../adapters/audit-log/published-days';
import { ReportFiles } from '../../adapters/reports/report-files';
import { newestCheckpointPath } from '../../core/audit/log/tile-path';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'publish-checkpoint';
const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const { origin, witnesses } = loadConfiguration().auditLog;
const auditEvents = { dynamo, table: env.auditEventsTable };
const counters = emfCounters(service);
const note = noteMalformed({ counters, log: new Logger({ serviceName: service }) });
const signer = new KmsNoteSigner({ kms: new KMSClient({}), keyId: env.logKeyId, name: origin });
const log = new LogReader({ s3, bucket: env.logBucket });

export const handler = makeHandler({
  origin,
  verifierKey: () => signer.verifierKey(),
  newest: () => log.read(newestCheckpointPath),
  fromLog: (prove) => log.fromLog(prove),
  witnesses: witnesses.map((each) => new HttpWitness(each)),
  published: publishedDays(auditEvents, origin),
  audit: new StoredAuditLog(auditEvents),
  events: (range) => readEvents({ ...auditEvents, onMalformed: ({ error }) => note(error) }, range),
  files: new ReportFiles(s3, env.reportsBucket),
  portal: env.portalBucket === undefined ? undefined : new ReportFiles(s3, env.portalBucket),
  counters,
  now: () => Date.now(),
});
