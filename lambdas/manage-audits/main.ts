import { S3Client } from '@aws-sdk/client-s3';
import { StoredAuditLog } from '../../adapters/audit/audit-log';
import { StoredFindings } from '../../adapters/findings/findings';
import { StoredIncidentPackages } from '../../adapters/incidents/incident-packages';
import { StoredMonthAudits } from '../../adapters/month-audits/month-audits';
import { usersOfAudit } from '../../adapters/month-audits/stored-audit';
import { storedFile } from '../../adapters/month-audits/stored-file';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { ReportFiles } from '../../adapters/reports/report-files';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'manage-audits';
const env = readEnv(process.env);
const { decide, dynamo, deps, configuration } = startApi({ service, ...env });
const files = new ReportFiles(new S3Client({}), env.auditsBucket);

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  audits: new StoredMonthAudits({ dynamo, table: env.auditsTable }),
  packages: new StoredIncidentPackages({ dynamo, table: env.auditsTable }),
  findings: new StoredFindings({ dynamo, table: env.findingsTable }),
  records: new StoredPeopleRecords({ dynamo, table: env.peopleTable, onMalformed: () => {} }),
  usersOf: async (record) => usersOfAudit(await storedFile(files, record)),
  fileOf: (made) => storedFile(files, made),
  onceAudit: new StoredAuditLog({ dynamo, table: env.auditEventsTable }),
});
