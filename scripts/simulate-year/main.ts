import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseConfiguration } from '../../core/contract/configuration';
import { ArgumentsError, help, parseArguments } from './arguments';
import { type Precision, precisionOf } from './precision';
import { auditYear, makeYear, YearError } from './year';

/** Of innocent users, so many percent may have a finding of medium or higher. */
const accusedPercentMax = 2;

try {
  const setting = parseArguments(process.argv.slice(2));
  if (setting.help) console.log(help);
  else process.exitCode = run(setting);
} catch (error) {
  if (!(error instanceof ArgumentsError || error instanceof YearError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

function run(setting: ReturnType<typeof parseArguments>): number {
  const file = path.join(__dirname, '../../config/bloomington.json');
  const configuration = parseConfiguration(JSON.parse(readFileSync(file, 'utf8')));
  const startedMs = Date.now();
  const year = makeYear({ ...setting, months: 12, configuration });
  const madeMs = Date.now();
  const precision = precisionOf(year, auditYear(year, configuration));
  console.log(
    `seed ${setting.seed}: ${year.staff.length} users, ${setting.cameras} cameras, ${year.ledger.events.length} events; made in ${((madeMs - startedMs) / 1000).toFixed(1)} s, twelve audits in ${((Date.now() - madeMs) / 1000).toFixed(1)} s, ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
  );
  return told(precision);
}

function told({ rows, missed, innocents, accused }: Precision): number {
  console.log('\nplanted misuse            planted  found at medium or higher');
  for (const { misuse, planted, found } of rows)
    console.log(`${misuse.padEnd(26)}${String(planted).padStart(7)}  ${String(found).padStart(5)}`);
  for (const each of missed) console.log(`MISSED  ${each}`);
  const percent = (accused.length * 100) / Math.max(innocents, 1);
  console.log(
    `\ninnocent users with a finding of medium or higher in the year: ${accused.length} of ${innocents} (${percent.toFixed(2)} %)`,
  );
  for (const { username, kinds, summary } of accused)
    console.log(`  ${username}: ${kinds.join(', ')}: ${summary}`);
  return missed.length > 0 || percent > accusedPercentMax ? 1 : 0;
}
