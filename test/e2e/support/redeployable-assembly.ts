import { cpSync, linkSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { assembly } from '../../support/assembly';

const file = z.looseObject({
  agencies: z.array(z.looseObject({ id: z.string() })),
  clients: z.looseObject({}),
  access: z.looseObject({ sharedAccounts: z.looseObject({}) }),
});

/** A deployment file, as far as tests change it. */
export type DeploymentFile = z.output<typeof file>;

export interface RedeployableAssembly {
  readonly folder: string;
  /** Changes the configuration beside every function's code; processes that start later have it. */
  configure(change: (configuration: DeploymentFile) => DeploymentFile): void;
  remove(): void;
}

/** The synthesised app in a folder of its own, so that its configuration can be changed while others use theirs. */
export async function redeployableAssembly(): Promise<RedeployableAssembly> {
  const folder = await mkdtemp(join(tmpdir(), 'platekeeper-redeployable-'));
  linkTree(await assembly(), folder);
  const configurations = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /^asset\.[^/]+\/configuration\.json$/.test(path))
    .map((path) => join(folder, path));
  if (configurations.length === 0) throw new Error('no function of the assembly has a configuration');
  return {
    folder,
    configure: (change) => {
      for (const path of configurations) {
        const changed = change(file.parse(JSON.parse(readFileSync(path, 'utf8'))));
        // Taken away first: the file is also the other assembly's.
        rmSync(path);
        writeFileSync(path, JSON.stringify(changed));
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkTree(from: string, to: string): void {
  cpSync(from, to, {
    recursive: true,
    filter: (source, target) => {
      const isFolder = readdirOrNothing(source) !== undefined;
      if (!isFolder) linkSync(source, target);
      return isFolder;
    },
  });
}

function readdirOrNothing(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path);
  } catch {
    return undefined;
  }
}
