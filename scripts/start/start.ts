import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { removeLeftBehind } from '../../lib/bundling/left-behind';
import { loadConfiguration } from '../../lib/config';
import { type LocalSystem, startSystem } from '../../local/system';
import type { StartArguments } from './arguments';
import { clientsFor } from './clients';
import { liveOneDay, skippedMs } from './day';
import { folderPhotos } from './photos';
import { createProgress } from './progress';
import { serve } from './serve';
import { summary } from './summary';
import { deploymentFile, synthesise } from './synthesise';

const root = resolve(__dirname, '../..');

/** Runs the main job from the synthesised template; gives the exit code. */
export async function start(args: StartArguments): Promise<number> {
  const realNow = () => performance.now();
  const progress = createProgress(process.stdout, realNow);
  const assembly = join(root, '.local', `cdk.out-${process.pid}`);
  const configuration = loadConfiguration(deploymentFile());
  removeLeftBehind(join(root, '.local'), pidOfAssembly);
  const removeAssembly = () => rmSync(assembly, { recursive: true, force: true });
  process.once('exit', removeAssembly);
  let system: LocalSystem | undefined;
  try {
    // Asked for before anything is built: a wrong folder is told at once.
    const given = args.imagesFolder === undefined ? undefined : await folderPhotos(args.imagesFolder);
    await synthesise(assembly);
    progress.stage('Synthesised the CDK app');
    system = await startSystem({
      assembly,
      log: (line) => progress.stage(`Local system: ${line}`),
      // The day skips some minutes; at its end the clock is right again, as authenticator apps need it.
      startAt: Date.now() - skippedMs,
    });
    const operator = clientsFor(system, system.operator);
    const day = await liveOneDay({
      system,
      operator,
      configuration,
      progress,
      args,
      ...(given === undefined ? {} : { given }),
    });
    console.log(summary(day));
    if (args.isServing) await serve(system, day);
    return day.faults.length === 0 ? 0 : 1;
  } finally {
    await system?.stop();
    removeAssembly();
  }
}

function pidOfAssembly(entry: string): number | undefined {
  const [, pid] = /^cdk\.out-(\d+)$/.exec(entry) ?? [];
  return pid === undefined ? undefined : Number(pid);
}
