import { randomBytes } from 'node:crypto';
import { Logger } from '@aws-lambda-powertools/logger';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredListFiles } from '../../adapters/outside-lists/list-files';
import { StoredListRecords } from '../../adapters/outside-lists/list-records';
import { UploadedLists } from '../../adapters/outside-lists/uploads';
import { loadConfiguration } from '../configuration';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});
const s3 = new S3Client({});
const counters = emfCounters('import-hot-list');
const log = new Logger({ serviceName: 'import-hot-list' });

export const handler = makeHandler({
  sources: loadConfiguration().outsideLists,
  records: new StoredListRecords({
    dynamo,
    table: env.hotListTable,
    onMalformed: noteMalformed({ counters, log }),
  }),
  uploads: new UploadedLists({ s3, bucket: env.uploadsBucket }),
  files: new StoredListFiles({ s3, bucket: env.hotListsBucket }),
  audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  now: () => Date.now(),
  newSalt: () => randomBytes(32).toString('hex'),
  counters,
  log,
});
