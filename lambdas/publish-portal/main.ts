import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { loadConfiguration, partsFolder } from '../configuration';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const s3 = new S3Client({});

export const handler = makeHandler({
  configuration: loadConfiguration(),
  verifyScript: readFileSync(join(partsFolder, 'verify.js'), 'utf8'),
  now: () => Date.now(),
  put: async ({ name, contentType, body }) => {
    await s3.send(
      new PutObjectCommand({
        Bucket: env.portalBucket,
        Key: name,
        Body: body,
        ContentType: contentType,
        CacheControl: 'public, max-age=3600',
      }),
    );
  },
});
