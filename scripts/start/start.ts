import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { loadConfiguration } from '../../lib/config';
import { type LocalSystem, startSystem } from '../../local/system';
import type { StartArguments } from './arguments';
import { clientsFor } from './clients';
import { liveOneDay } from './day';
import { createProgress } from './progress';
import { serve } from './serve';
import { summary } from './summary';
import { synthesise } from './synthesise';

const root = resolve(__dirname, '../..');

/** Runs the main job from the synthesised template; gives the exit code. */
export async function start(args: StartArguments): Promise<number> {
  const realNow = () => performance.now();
  const progress = createProgress(process.stdout, realNow);
  const assembly = join(root, '.local', `cdk.out-${process.pid}`);
  const configuration = loadConfiguration(
    process.env.PLATEKEEPER_CONFIGURATION ?? join(root, 'config', 'bloomington.json'),
  );
  let system: LocalSystem | undefined;
  try {
    await synthesise(assembly);
    progress.stage('Synthesised the CDK app');
    system = await startSystem({ assembly, log: (line) => progress.stage(`Local system: ${line}`) });
    const operator = clientsFor(system, system.operator);
    const day = await liveOneDay({ system, operator, configuration, progress, args });
    console.log(summary(day));
    if (args.isServing) await serve(system, day);
    return day.faults.length === 0 ? 0 : 1;
  } finally {
    await system?.stop();
    await rm(assembly, { recursive: true, force: true });
  }
}
