import { Logger } from '@aws-lambda-powertools/logger';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { makeHitSink } from '../../adapters/alerts/hit-sink';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredHotList } from '../../adapters/hot-list/hot-list';
import { StoredHotLists } from '../../adapters/outside-lists/hot-lists';
import { StoredListFiles } from '../../adapters/outside-lists/list-files';
import { StoredListRecords } from '../../adapters/outside-lists/list-records';
import { CurrentLists } from '../../core/hot-list/current-lists';
import { emfCounters } from '../counters';
import { noteMalformed } from '../malformed-rows';
import { startReads } from '../reads';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, dynamo, dayKeys, admitBatch } = startReads(env);
const counters = emfCounters('match-reads');
const log = new Logger({ serviceName: 'match-reads' });
const now = () => Date.now();
const onMalformed = noteMalformed({ counters, log });
const table = { dynamo, table: env.hotListTable, onMalformed };

export const handler = makeHandler({
  admitBatch,
  lists: new CurrentLists({
    lists: new StoredHotLists({
      custom: new StoredHotList(table),
      records: new StoredListRecords(table),
      files: new StoredListFiles({ s3: new S3Client({}), bucket: env.hotListsBucket }),
    }),
    now,
    nearCustomEntries: configuration.matching.nearCustomEntries,
    onUnusable: onMalformed,
  }),
  sightings: makeHitSink({
    ...env,
    dynamo,
    dayKeys,
    audit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
    lambda: new LambdaClient({}),
    configuration,
    counters,
    now,
  }),
  log,
});
