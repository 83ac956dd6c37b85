import { KMSClient } from '@aws-sdk/client-kms';
import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredEvidenceArchive } from '../../adapters/evidence/evidence-archive';
import { EvidenceDrop } from '../../adapters/evidence/evidence-drop';
import { StoredEvidence } from '../../adapters/evidence/evidence-records';
import { KmsPackageSigner } from '../../adapters/evidence/kms-package-signer';
import { AuditedShownReads } from '../../adapters/evidence/shown-reads';
import { ImagesStore } from '../../adapters/images/images-store';
import { ReadsStore } from '../../adapters/reads/reads-store';
import { startApi } from '../api';
import { openDayKeys } from '../day-keys';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'take-evidence', ...env });
const { retentionDays } = configuration;
const s3 = new S3Client({});
const dayKeys = openDayKeys({ ...env, dynamo, retentionDays });
const records = new StoredEvidence({ dynamo, table: env.evidenceTable });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  dayKeys,
  reads: new ReadsStore({ dynamo, table: env.readsTable, dayKeys, retentionDays }),
  images: new ImagesStore({ s3, bucket: env.imagesBucket, dayKeys }),
  shownReads: new AuditedShownReads({ dynamo, table: env.auditEventsTable }),
  records,
  allowance: records,
  archive: new StoredEvidenceArchive({
    s3,
    bucket: env.evidenceBucket,
    lock: { mode: configuration.evidence.lockMode, days: configuration.evidence.retentionDays },
    now: () => Date.now(),
  }),
  system: new EvidenceDrop({ s3, bucket: env.evidenceDropBucket }),
  signer: new KmsPackageSigner({ kms: new KMSClient({}), keyId: env.evidenceKeyId }),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
