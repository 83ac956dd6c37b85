import { Cameras } from '../../adapters/cameras/cameras';
import { StoredSites } from '../../adapters/sites/sites';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-sites', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  cameras: new Cameras(dynamo, env.camerasTable),
  sites: new StoredSites({ dynamo, sitesTable: env.sitesTable, camerasTable: env.camerasTable }),
});
