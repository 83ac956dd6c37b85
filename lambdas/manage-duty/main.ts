import { StoredActivities } from '../../adapters/people/activities';
import { StoredDuties } from '../../adapters/people/duties';
import { StoredPeopleRecords } from '../../adapters/people/people-records';
import { startApi } from '../api';
import { openSweep } from '../ending-access';
import { readEnv } from './env';
import { makeHandler } from './handler';

const service = 'manage-duty';
const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service, ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  records: new StoredPeopleRecords({ dynamo, table: env.peopleTable, onMalformed: () => {} }),
  activities: new StoredActivities({ dynamo, ...env }),
  duties: new StoredDuties({ dynamo, table: env.dutyTable }),
  ...openSweep({ service, ...env }),
});
