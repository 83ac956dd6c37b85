import { parseArgs } from 'node:util';
import { verify } from './verify';

const usage = `Checks a piece of evidence. Needs no network and no account; trusts nothing but the key.

  npm run verify:evidence -- PACKAGE --key FILE

  PACKAGE      a package as archived (one .tar) or handed over (a folder with its files)
  --key FILE   the public key in PEM, from whoever you trust to know it

Exit codes: 0 proven, 1 not proven, 2 wrong use, 3 a file could not be read or the key is of another kind.`;

const exitCodes = { proven: 0, disproved: 1, mistake: 2, unreadable: 3 } as const;

function main(argv: readonly string[]): number {
  const given = parse(argv);
  if (given?.isHelp) {
    console.log(usage);
    return exitCodes.proven;
  }
  if (given?.path === undefined || given.key === undefined) {
    console.error(usage);
    return exitCodes.mistake;
  }
  const { isProven, lines } = verify(given.path, given.key);
  for (const line of lines) console.log(line);
  return isProven ? exitCodes.proven : exitCodes.disproved;
}

function parse(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: { key: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
      allowPositionals: true,
    });
    const [path, ...more] = positionals;
    if (more.length > 0) return undefined;
    return { path, key: values.key, isHelp: values.help === true };
  } catch {
    return undefined;
  }
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'the evidence could not be checked');
  process.exitCode = exitCodes.unreadable;
}
