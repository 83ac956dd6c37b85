import { parseArguments, usage } from './arguments';
import { verify } from './verify';

const exitCodes = { proven: 0, disproved: 1, mistake: 2, unreadable: 3 } as const;

function main(argv: readonly string[]): number {
  const parsed = parseArguments(argv);
  if (parsed.kind === 'help') {
    console.log(usage);
    return exitCodes.proven;
  }
  if (parsed.kind === 'mistake') {
    console.error([...parsed.problems, '', usage].join('\n'));
    return exitCodes.mistake;
  }
  const verdict = verify(parsed.command);
  if (verdict.kind === 'proven') {
    console.log(`PROVEN  ${verdict.value}`);
    return exitCodes.proven;
  }
  for (const { code, message } of verdict.findings) console.log(`NOT PROVEN  ${message} (${code})`);
  return exitCodes.disproved;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : 'the log could not be checked');
  process.exitCode = exitCodes.unreadable;
}
