import { cpSync, existsSync, readFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';

const root = resolve(__dirname, '../..');

/** Native parts that the functions' platform (linux, x64, glibc) never loads. */
const foreignPlatform =
  /(^|\/)(darwin|win32|arm64|linuxmusl)|-(darwin|win32|linuxmusl)|linux-(arm|ppc|riscv|s390x|ia32)|wasm32/;

/** Copies packages and all they depend on into `<folder>/node_modules`, without sources for other platforms. */
export function copyPackages(names: readonly string[], folder: string): void {
  const queue = [...names];
  const seen = new Set<string>();
  while (queue.length > 0) {
    const name = queue.pop();
    if (name === undefined || seen.has(name)) continue;
    seen.add(name);
    const from = join(root, 'node_modules', name);
    if (!existsSync(from)) {
      if (!isNeeded(name)) continue;
      throw new Error(
        `${name} is not installed: build on linux-x64, where npm ci installs what the functions run on`,
      );
    }
    cpSync(from, join(folder, 'node_modules', name), {
      recursive: true,
      filter: (source) => {
        const inside = source.slice(from.length).split(sep).join('/');
        return (
          !foreignPlatform.test(inside) &&
          !inside.includes('/.bin') &&
          !/\.(map|md|d\.ts|d\.cts|ts)$/.test(inside)
        );
      },
    });
    queue.push(...runtimeDependencies(from).filter((each) => !foreignPlatform.test(each)));
  }
}

/** Optional ones count where they are installed: they hold the native part. Installers are left out. */
function runtimeDependencies(packageFolder: string): string[] {
  const manifest = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    dependencies?: Record<string, string>;
    optionalDependencies?: Record<string, string>;
  };
  const onlyAtInstall = new Set(['adm-zip', 'global-agent', 'tar']);
  return [
    ...Object.keys(manifest.dependencies ?? {}),
    ...Object.keys(manifest.optionalDependencies ?? {}),
  ].filter((each) => !onlyAtInstall.has(each));
}

/** Native parts for the functions' platform; other optional ones may be absent. */
function isNeeded(name: string): boolean {
  return !name.includes('/') || /linux-x64$/.test(name);
}
