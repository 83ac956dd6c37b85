import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';

const root = resolve(__dirname, '..');
const builtIn = new Set(builtinModules);

/** Who may import whom. `packages`: which npm packages; absent = any. */
const arrows: Readonly<
  Record<string, { readonly folders: readonly RegExp[]; readonly packages?: readonly RegExp[] }>
> = {
  bin: { folders: [/^lib\//, /^core\/contract\/configuration$/] },
  lib: {
    folders: [
      /^lambdas\/[a-z-]+\/env$/,
      /^core\/contract\//,
      /^core\/access\/roles$/,
      /^reader\/onnx\/model-files$/,
      /^cdk\.json$/,
    ],
  },
  core: { folders: [], packages: [/^zod$/, /^node:crypto$/] },
  adapters: { folders: [/^core\//] },
  reader: { folders: [/^core\//] },
  lambdas: { folders: [/^adapters\//, /^core\//, /^reader\//, /^web\/portal\//] },
  edge: { folders: [/^core\//, /^reader\//] },
  web: { folders: [/^core\/contract\//, /^core\/access\/purpose$/, /^core\/audit\/log\/verifier\//] },
  local: { folders: [] },
};

describe('the arrows between the folders', () => {
  for (const [folder, allowed] of Object.entries(arrows))
    it(`${folder}/ imports only what it may`, () => {
      const files = sourcesOf(folder);
      expect(files.length).toBeGreaterThan(0);
      const wrong = files.flatMap((file) =>
        importsOf(file)
          .filter((target) => !isAllowed(folder, file, target, allowed))
          .map((target) => `${relative(root, file)} imports ${target}`),
      );
      expect(wrong).toEqual([]);
    });

  it('would notice a wrong import', () => {
    const core = arrows.core ?? { folders: [] };
    const file = join(root, 'core/plate/plate.ts');
    expect(isAllowed('core', file, '../../adapters/reads/reads-store', core)).toBe(false);
    expect(isAllowed('core', file, 'node:fs', core)).toBe(false);
    expect(isAllowed('core', file, '@aws-sdk/client-s3', core)).toBe(false);
    expect(isAllowed('core', file, '../brand', core)).toBe(true);
  });
});

function isAllowed(
  folder: string,
  file: string,
  target: string,
  allowed: { readonly folders: readonly RegExp[]; readonly packages?: readonly RegExp[] },
): boolean {
  if (target.startsWith('.')) {
    const path = relative(root, resolve(dirname(file), target));
    return path.startsWith(`${folder}/`) || allowed.folders.some((each) => each.test(path));
  }
  if (!allowed.packages) return true;
  const name = builtIn.has(target) ? `node:${target}` : target;
  return allowed.packages.some((each) => each.test(name));
}

function sourcesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((each) => join(root, folder, each))
    .filter((each) => each.endsWith('.ts') && statSync(each).isFile());
}

/** Static and dynamic imports, re-exports and requires with a literal name. */
function importsOf(file: string): string[] {
  const source = readFileSync(file, 'utf8');
  const pattern =
    /^(?:import|export)\b[^;'"]*?\bfrom\s+['"]([^'"\n]+)['"]|^import\s+['"]([^'"\n]+)['"]|\b(?:import|require(?:\.resolve)?)\(\s*['"]([^'"\n]+)['"]/gm;
  return [...source.matchAll(pattern)].map(([, from, bare, called]) => from ?? bare ?? called ?? '');
}
