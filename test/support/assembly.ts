import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { synthesise } from '../../scripts/start/synthesise';

const waitMaxMs = 120_000;

/** The synthesised app, made once for a whole test run. */
export async function assembly(): Promise<string> {
  const folder = join(process.env.PLATEKEEPER_TEST_FOLDER ?? '', 'cdk.out');
  const done = `${folder}.done`;
  try {
    mkdirSync(`${folder}.lock`);
  } catch {
    for (let waitedMs = 0; !existsSync(done); waitedMs += 100) {
      if (waitedMs > waitMaxMs) throw new Error('another test did not finish the synth');
      await sleep(100);
    }
    return finished(folder, done);
  }
  try {
    await synthesise(folder);
    writeFileSync(done, '');
  } catch (error) {
    writeFileSync(done, error instanceof Error ? error.message : String(error));
  }
  return finished(folder, done);
}

function finished(folder: string, done: string): string {
  const failure = readFileSync(done, 'utf8');
  if (failure !== '') throw new Error(failure);
  return folder;
}

export type Resources = Readonly<
  Record<string, { readonly Type: string; readonly Properties: Readonly<Record<string, unknown>> }>
>;

/** Resources of one stack of the assembly. */
export function resourcesOf(folder: string, stack: string): Resources {
  const template: { Resources: Resources } = JSON.parse(
    readFileSync(join(folder, `${stack}.template.json`), 'utf8'),
  );
  return template.Resources;
}

export const stacks = [
  'PlatekeeperData',
  'PlatekeeperIdentity',
  'PlatekeeperLive',
  'PlatekeeperIngest',
  'PlatekeeperApi',
  'PlatekeeperOversight',
  'PlatekeeperPortal',
] as const;
