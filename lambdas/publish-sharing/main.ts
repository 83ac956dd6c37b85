import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { ReportFiles } from '../../adapters/reports/report-files';
import { readSharingNow } from '../../adapters/sharing/sharing-rows';
import { loadConfiguration } from '../configuration';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const dynamo = new DynamoDBClient({});

export const handler = makeHandler({
  configuration: loadConfiguration(),
  sharing: () => readSharingNow(dynamo, env.sharingTable),
  portal: new ReportFiles(new S3Client({}), env.portalBucket),
  now: () => Date.now(),
});
