import { join } from 'node:path';
import { isAuthorized, preparsePolicySet, statefulIsAuthorized } from '@cedar-policy/cedar-wasm/nodejs';
import { loadRules, prepareSchema } from '../adapters/cedar/cedar-rules';
import { factsOf } from '../adapters/cedar/facts';
import { readPolicyTexts } from '../adapters/cedar/policy-texts';
import { parseRules } from '../adapters/cedar/rule';
import { makeDecideAccess, type RuleQuestion, type Rules } from '../core/access/decide';
import { loadConfiguration } from '../lib/config';
import { caseConfiguration } from '../scripts/policy/case-configuration';
import { readCases } from '../scripts/policy/case-file';

/** Decisions over all case files in turn, on one core: what deciding adds to each call. */
const decisions = decisionsAsked(process.argv[2]);
const warmUp = 500;
/** Parsing everything again for each decision is slow enough to be measured on fewer. */
const unparsedDecisions = 200;

const promisedMs = { median: 0.5, p99: 2 };
const policyFolder = join(__dirname, '..', 'policy');
const configuration = caseConfiguration(loadConfiguration('config/bloomington.json'));
const requests = readCases(policyFolder).map((each) => each.request);
const texts = readPolicyTexts(policyFolder);
const staticPolicies = Object.fromEntries(
  texts.ruleFiles.flatMap(parseRules).map(({ id, text }) => [id, text]),
);

function main(): number {
  const beganMs = performance.now();
  const rules = loadRules(policyFolder);
  const loadedMs = performance.now() - beganMs;
  console.log(
    `${Object.keys(staticPolicies).length} rules loaded and checked once: ${loadedMs.toFixed(0)} ms`,
  );
  const ours = measure('Platekeeper: parsed once, by operation', rules, decisions);
  measure('Cedar, all rules parsed once', askingAll(), Math.min(decisions, 5000));
  measure('Cedar, rules and schema parsed for each', parsingEach(), unparsedDecisions);
  const isKept = ours.medianMs <= promisedMs.median && ours.p99Ms <= promisedMs.p99;
  console.log(
    `promised: median ${promisedMs.median} ms, p99 ${promisedMs.p99} ms: ${isKept ? 'kept' : 'NOT KEPT'}`,
  );
  return isKept ? 0 : 1;
}

function measure(name: string, rules: Rules, count: number) {
  const decide = makeDecideAccess({ rules, configuration });
  const next = (at: number) => requests[at % requests.length];
  for (let at = 0; at < Math.min(warmUp, count); at++) run(next(at));
  const timesMs: number[] = [];
  const processorMs: number[] = [];
  for (let at = 0; at < count; at++) {
    const beganCpu = process.cpuUsage();
    const beganMs = performance.now();
    run(next(at));
    timesMs.push(performance.now() - beganMs);
    const { user, system } = process.cpuUsage(beganCpu);
    processorMs.push((user + system) / 1000);
  }
  const wall = percentilesOf(timesMs);
  const processor = percentilesOf(processorMs);
  console.log(
    `${name}: median ${shown(wall.medianMs)}, p99 ${shown(wall.p99Ms)}; of processor time ${shown(processor.medianMs)}, ${shown(processor.p99Ms)} (${count} decisions)`,
  );
  return wall;

  function run(request: (typeof requests)[number] | undefined): void {
    if (request === undefined) throw new Error('there are no cases');
    decide(request);
  }
}

function percentilesOf(timesMs: number[]) {
  timesMs.sort((a, b) => a - b);
  const at = (share: number) => timesMs[Math.floor(timesMs.length * share)] ?? 0;
  return { medianMs: at(0.5), p99Ms: at(0.99) };
}

function shown(ms: number): string {
  return `${ms.toFixed(3)} ms`;
}

function askingAll(): Rules {
  const schema = prepareSchema(texts.schema);
  preparsePolicySet('all', { staticPolicies });
  const answer = (question: RuleQuestion) =>
    statefulIsAuthorized({
      ...factsOf(question),
      preparsedSchemaName: schema.name,
      preparsedPolicySetId: 'all',
      validateRequest: true,
    });
  return { version: 'all', answer: (question) => outcomeOf(answer(question)) };
}

function parsingEach(): Rules {
  const answer = (question: RuleQuestion) =>
    isAuthorized({
      ...factsOf(question),
      schema: texts.schema,
      policies: { staticPolicies },
      validateRequest: true,
    });
  return { version: 'each', answer: (question) => outcomeOf(answer(question)) };
}

function outcomeOf(answered: ReturnType<typeof isAuthorized>) {
  const isAllowed = answered.type === 'success' && answered.response.decision === 'allow';
  return { outcome: isAllowed ? 'allow' : 'deny', rules: [] } as const;
}

function decisionsAsked(argument = '20000'): number {
  if (/^[1-9]\d{0,7}$/.test(argument)) return Number(argument);
  console.log(
    'Usage: npm run bench:decision -- [DECISIONS]\n\nDecides DECISIONS requests (default 20000) of the case files. Exits 1 above a median of 0.5 ms or a p99 of 2 ms.',
  );
  process.exit(argument === '--help' ? 0 : 2);
}

process.exitCode = main();
