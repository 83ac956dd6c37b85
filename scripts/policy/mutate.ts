import { join } from 'node:path';
import { loadConfiguration } from '../../lib/config';
import { caseConfiguration } from './case-configuration';
import { type Mutant, mutantsOf } from './mutants';
import { failingCase, openTrial } from './trial';

const usage = `Usage: npm run policy:mutate

Writes each rule of the policy wrongly in every way that policy/ can be (left out, turned round, a part missing) and
tries the case files on it. Prints, for each rule, how many of its mutants a case catches. Exits 1 when one survives.`;

interface Survivor {
  readonly rule: string;
  readonly what: string;
}

function main(): number {
  const trial = openTrial(
    join(__dirname, '..', '..', 'policy'),
    caseConfiguration(loadConfiguration('config/bloomington.json')),
  );
  const width = Math.max(...trial.rules.map(({ id }) => id.length));
  const survivors: Survivor[] = [];
  let tried = 0;
  for (const rule of trial.rules) {
    const mutants = mutantsOf(rule);
    const alive = mutants.filter((each) => isAlive(trial, each));
    tried += mutants.length;
    survivors.push(...alive.map(({ what }) => ({ rule: rule.id, what })));
    console.log(`${rule.id.padEnd(width)}  ${mutants.length - alive.length} of ${mutants.length} caught`);
  }
  console.log(`\n${trial.rules.length} rules, ${tried} mutants, ${survivors.length} survive`);
  for (const { rule, what } of survivors) console.log(`  ${rule}: ${what}`);
  return survivors.length > 0 ? 1 : 0;
}

function isAlive(trial: ReturnType<typeof openTrial>, { of, what, rule }: Mutant): boolean {
  const rules = trial.rules.flatMap((each) => (each.id === of.id ? (rule ?? []) : each));
  return failingCase(trial.cases, trial.decideBy(`${of.id}: ${what}`, rules), of.id) === undefined;
}

if (process.argv.includes('--help')) console.log(usage);
else process.exitCode = main();
