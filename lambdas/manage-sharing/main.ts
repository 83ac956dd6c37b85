import { StoredSharingRegister } from '../../adapters/sharing/sharing-register';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-sharing', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  register: new StoredSharingRegister({ dynamo, table: env.sharingTable }),
});
