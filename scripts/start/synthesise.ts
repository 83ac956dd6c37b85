import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { writeLocalConfiguration } from './local-configuration';

const root = resolve(__dirname, '../..');

/** The deployment file of a local run. */
export const deploymentFile = () =>
  process.env.PLATEKEEPER_CONFIGURATION ?? join(root, 'config', 'bloomington.json');

/**
 * Synthesises the CDK app into `folder` in a process of its own, as `cdk synth` does, offline, with this machine as one
 * of the department's networks. The rule packs are not run again here: `npm test` and `cdk deploy` run them. Throws
 * with the app's own message when it refuses.
 */
export async function synthesise(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const configuration = join(folder, 'deployment.json');
  writeLocalConfiguration(deploymentFile(), configuration);
  const child = spawn(process.execPath, ['--import', 'tsx', 'bin/platekeeper.ts'], {
    cwd: root,
    env: {
      ...process.env,
      PLATEKEEPER_CONFIGURATION: configuration,
      CDK_OUTDIR: folder,
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: contextOf(),
      NODE_NO_WARNINGS: '1',
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const errors: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const code = await new Promise<number | null>((done, failed) => {
    child.on('error', failed);
    child.on('close', done);
  });
  if (code !== 0)
    throw new Error(`the CDK app could not be synthesised:\n${Buffer.concat(errors).toString().trim()}`);
}

function contextOf(): string {
  const { context }: { context?: unknown } = require('../../cdk.json');
  return JSON.stringify(context ?? {});
}
