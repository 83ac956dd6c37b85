import { StoredHotList } from '../../adapters/hot-list/hot-list';
import { startApi } from '../api';
import { readEnv } from './env';
import { makeHandler } from './handler';

const env = readEnv(process.env);
const { configuration, decide, dynamo, deps } = startApi({ service: 'manage-hot-list', ...env });

export const handler = makeHandler({
  ...deps,
  configuration,
  decide,
  hotList: new StoredHotList({ dynamo, table: env.hotListTable }),
});
