import { randomBytes } from 'node:crypto';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredImageLinks } from '../../adapters/image-links/image-links';
import { ImagesStore } from '../../adapters/images/images-store';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'fetch-image', ...env });
const now = () => Date.now();
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays: configuration.retentionDays });

export const handler = makeHandler({
  ...deps,
  decide,
  images: new ImagesStore({ s3: new S3Client({}), bucket: env.imagesBucket, dayKeys }),
  imageLinks: new StoredImageLinks({ dynamo, table: env.imageLinksTable, now, randomBytes }),
});
