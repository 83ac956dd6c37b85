import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredEvidence } from '../../adapters/evidence/evidence-records';
import { StoredReleases } from '../../adapters/evidence/release-records';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-releases', ...env });
const table = env.evidenceTable;

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
  records: new StoredEvidence({ dynamo, table }),
  releases: new StoredReleases({ dynamo, table }),
});
