import { StoredEnrolments } from '../../adapters/enrolment/enrolments';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { decide, dynamo, deps } = startApi({ service: 'list-cameras', ...env });

export const handler = makeHandler({
  ...deps,
  decide,
  enrolments: new StoredEnrolments({ dynamo, sitesTable: env.sitesTable, camerasTable: env.camerasTable }),
});
