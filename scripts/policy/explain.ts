import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../core/contract/configuration';
import { loadConfiguration } from '../../lib/config';
import { parseRequestFile } from './case-file';
import { explainDecision, explanation } from './explain-decision';

const usage = `Says what the policy decides on one request, which rules decide it, by which clause, and on which facts.

  npm run policy:explain -- REQUEST [--configuration FILE]

  REQUEST               a JSON file such as policy/examples/search.json; a case file of policy/cases will do
  --configuration FILE  the deployment file, config/bloomington.json unless given

Exit codes: 0 allowed, 1 denied, 2 wrong use or a file that cannot be used.`;

const mistake = 2;

function main(argv: readonly string[]): number {
  const given = parsedArguments(argv);
  if (given?.values.help) {
    console.log(usage);
    return 0;
  }
  if (given?.positionals.length !== 1) return wrong(usage);
  const [path = ''] = given.positionals;
  const parsed = parseRequestFile(readFileSync(path, 'utf8'));
  if (parsed.kind === 'malformed')
    return wrong([`${path} is no request:`, ...parsed.faults.map((each) => `  ${each}`)].join('\n'));
  const configuration = loadConfiguration(given.values.configuration);
  const policyFolder = join(__dirname, '..', '..', 'policy');
  const explained = explainDecision(parsed.request, { policyFolder, configuration });
  console.log(explanation(parsed.request, explained));
  return explained.decision.kind === 'permit' ? 0 : 1;
}

function parsedArguments(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        help: { type: 'boolean', short: 'h' },
        configuration: { type: 'string', default: 'config/bloomington.json' },
      },
    });
  } catch {
    return undefined;
  }
}

function wrong(text: string): number {
  console.error(text);
  return mistake;
}

try {
  process.exitCode = main(process.argv.slice(2));
} catch (error) {
  const isOurs = error instanceof ConfigurationError || (error instanceof Error && 'syscall' in error);
  process.exitCode = wrong(isOurs ? error.message : 'the request could not be decided');
}
