import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { readEvents } from '../../adapters/audit/audit-reader';
import { DeliveredNumbers } from '../../adapters/cases/delivered-numbers';
import { StoredFindings } from '../../adapters/findings/findings';
import { AuditTopic } from '../../adapters/month-audits/audit-topic';
import { StoredMonthAudits } from '../../adapters/month-audits/month-audits';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { ReportFiles } from '../../adapters/reports/report-files';
import { makeFindingSink } from '../../core/findings/raise-finding';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'audit-month';
const env = readEnv(process.env);
const configuration = loadConfiguration();
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const counters = emfCounters(service);
const note = noteMalformed({ counters, log: new Logger({ serviceName: service }) });
const onceAudit = new StoredAuditLog({ dynamo, table: env.auditEventsTable });
const now = () => Date.now();

export const handler = makeHandler({
  configuration,
  events: (range, onUnreadable) =>
    readEvents(
      {
        dynamo,
        table: env.auditEventsTable,
        onMalformed: (row) => {
          note(row.error);
          onUnreadable(row);
        },
      },
      range,
    ),
  people: new StoredPeopleRecords({ dynamo, table: env.peopleTable, onMalformed: note }),
  cases:
    configuration.monthAudit.caseNumbers === 'delivered'
      ? new DeliveredNumbers({ s3, bucket: env.auditsBucket })
      : { read: async () => ({ kind: 'not-configured' }) },
  files: new ReportFiles(s3, env.auditsBucket),
  findings: makeFindingSink({
    findings: new StoredFindings({ dynamo, table: env.findingsTable }),
    onceAudit,
    now,
  }),
  audits: new StoredMonthAudits({ dynamo, table: env.auditsTable }),
  onceAudit,
  notices: new AuditTopic({ sns: new SNSClient({}), topicArn: env.auditsTopic }),
  counters,
  now,
});
