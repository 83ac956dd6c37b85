import { prepareRules, prepareSchema } from '../../adapters/cedar/cedar-rules';
import { factsOf } from '../../adapters/cedar/facts';
import { policyVersion, readPolicyTexts } from '../../adapters/cedar/policy-texts';
import { parseRules, type Rule } from '../../adapters/cedar/rule';
import { makeDecideAccess, type RuleQuestion } from '../../core/access/decide';
import type { AccessRequest, Decision } from '../../core/access/decision';
import type { Configuration } from '../../core/contract/configuration';

export interface Explained {
  readonly decision: Decision;
  /** The rules that decided; none where no rule allows, or where the words of the use did. */
  readonly decidedBy: readonly Rule[];
  /** What the rules were asked; absent where the words of the use were refused before. */
  readonly question?: RuleQuestion;
}

/** Decides a request by the policy of a folder and keeps what the decision rested on. */
export function explainDecision(
  request: AccessRequest,
  options: { readonly policyFolder: string; readonly configuration: Configuration },
): Explained {
  const texts = readPolicyTexts(options.policyFolder);
  const all = texts.ruleFiles.flatMap(parseRules);
  const rules = prepareRules({
    schema: prepareSchema(texts.schema),
    rules: all,
    version: policyVersion(texts),
  });
  const asked: RuleQuestion[] = [];
  const decide = makeDecideAccess({
    configuration: options.configuration,
    rules: {
      version: rules.version,
      answer: (question) => {
        asked.push(question);
        return rules.answer(question);
      },
    },
  });
  const decision = decide(request);
  const decidedBy = all.filter(({ id }) => decision.rules.includes(id));
  const [question] = asked;
  return { decision, decidedBy, ...(question ? { question } : {}) };
}

/** As lines for a terminal. */
export function explanation(request: AccessRequest, { decision, decidedBy, question }: Explained): string {
  const { username, role } = request.person;
  return [
    `${decision.kind === 'permit' ? 'ALLOWED' : 'DENIED'}  ${request.operation} by ${username} (${role})`,
    ...refusalLines(decision),
    '',
    'Decided by',
    ...ruleLines(decision, decidedBy),
    ...(question ? ['', 'On these facts', ...factLines(question)] : []),
    '',
    `Policy version ${decision.policyVersion}`,
  ].join('\n');
}

function refusalLines(decision: Decision): string[] {
  if (decision.kind === 'permit') return [];
  return [`  clause   ${decision.clause}`, `  message  ${decision.message}`, `  remedy   ${decision.remedy}`];
}

function ruleLines(decision: Decision, decidedBy: readonly Rule[]): string[] {
  if (decidedBy.length > 0)
    return decidedBy.map(({ id, effect, clause }) => `  ${id}  (${effect}s, ${clause})`);
  if (decision.kind === 'deny' && decision.isUndecidable)
    return ['  nothing: a fact was missing or of the wrong kind, which is a denial'];
  if (decision.rules.includes('reason-words')) return ['  the words of the purpose and the reason'];
  return ['  nothing: no rule allows it'];
}

function factLines(question: RuleQuestion): string[] {
  const { entities, context } = factsOf(question);
  const [person, records] = entities;
  return [
    ...section('person', person?.attrs ?? {}),
    ...section('touched', records?.attrs ?? {}),
    ...section('context', context),
  ];
}

function section(name: string, facts: Readonly<Record<string, unknown>>): string[] {
  const width = Math.max(0, ...Object.keys(facts).map((each) => each.length));
  return [
    `  ${name}`,
    ...Object.entries(facts).map(([fact, value]) => `    ${fact.padEnd(width)}  ${shown(value)}`),
  ];
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.length === 0 ? '(none)' : value.map(shown).join(', ');
  if (typeof value === 'object' && value !== null) {
    if ('__entity' in value) return shown(value.__entity);
    if ('type' in value && 'id' in value) return String(value.id);
    return Object.entries(value)
      .map(([name, each]) => `${name} ${shown(each)}`)
      .join(', ');
  }
  return String(value);
}
