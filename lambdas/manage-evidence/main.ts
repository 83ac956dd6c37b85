import { S3Client } from '@aws-sdk/client-s3';
import { OpenedEvidenceArchive } from '../../adapters/evidence/evidence-archive';
import { StoredEvidence } from '../../adapters/evidence/evidence-records';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service: 'manage-evidence', ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  records: new StoredEvidence({ dynamo, table: env.evidenceTable }),
  archive: new OpenedEvidenceArchive({ s3: new S3Client({}), bucket: env.evidenceBucket }),
});
