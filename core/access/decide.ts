import type { Configuration } from '../contract/configuration';
import { operations } from '../contract/operations';
import { isTrained } from '../people/person';
import { localNetworks, networksInScope } from '../sharing/scope';
import { hasExigentGrant, knownAgencies } from '../sharing/sharing-now';
import type { AccessRequest, DecideAccess, Decision } from './decision';
import { findReasonFault } from './reason';

/** What the rules are asked: the request and the facts that configuration and agreements add to it. */
export interface RuleQuestion {
  readonly request: AccessRequest;
  readonly isTrained: boolean;
  /** The agency that runs this system, and the state it serves in. */
  readonly department: string;
  readonly state: string;
  /** What the registry says of this person's agency; absent for one that is not in it. */
  readonly agency?: { readonly kind?: string; readonly state: string };
  /** A federal agency's access in an exigency holds now (Storage-F). */
  readonly hasExigentGrant: boolean;
  /** Networks this person may search now (Access-D, Storage-E). */
  readonly scope: readonly string[];
  readonly localNetworks: readonly string[];
}

export interface RuleAnswer {
  readonly outcome: 'allow' | 'deny';
  /** Of a denial: what the rule that forbade says about itself; absent when no rule allowed. */
  readonly refusal?: { readonly clause: string; readonly message: string; readonly remedy: string };
  readonly rules: readonly string[];
  /** A fact was missing or of the wrong kind, so that no rule, or not each, could be evaluated. */
  readonly isUndecidable?: true;
}

/** The policy rules as data, and which version of them answers. */
export interface Rules {
  readonly version: string;
  answer(question: RuleQuestion): RuleAnswer;
}

/**
 * The words of a use are judged first (they decide whether it has a reason at all), then the rules. Whatever throws is
 * a denial.
 */
export function makeDecideAccess(options: { rules: Rules; configuration: Configuration }): DecideAccess {
  const { rules, configuration } = options;
  return (request) => {
    try {
      return wordsDenied(request, configuration, rules.version) ?? rulesDecide(request, configuration, rules);
    } catch {
      return undecidable(request, [], rules.version);
    }
  };
}

function wordsDenied(
  request: AccessRequest,
  configuration: Configuration,
  policyVersion: string,
): Decision | undefined {
  if (!request.purpose || !request.reason) return undefined;
  const fault = findReasonFault({ purpose: request.purpose, reason: request.reason }, configuration.reasons);
  if (!fault) return undefined;
  return { kind: 'deny', ...fault, rules: ['reason-words'], policyVersion };
}

function rulesDecide(request: AccessRequest, configuration: Configuration, rules: Rules): Decision {
  const { sharing } = request.person;
  const agency = agencyFacts(configuration, request.person);
  const answer = rules.answer({
    request,
    isTrained: isTrained(request.person, request.nowMs),
    department: configuration.department.agencyId,
    state: configuration.department.state,
    ...(agency ? { agency } : {}),
    hasExigentGrant: hasExigentGrant(sharing, request.person.agency, request.nowMs),
    scope: networksInScope(configuration, request.person, request.nowMs),
    localNetworks: localNetworks(configuration, sharing, request.nowMs),
  });
  if (answer.outcome === 'allow')
    return { kind: 'permit', rules: answer.rules, policyVersion: rules.version };
  if (answer.isUndecidable) return undecidable(request, answer.rules, rules.version);
  return {
    kind: 'deny',
    ...(answer.refusal ?? notGranted(request)),
    rules: answer.rules,
    policyVersion: rules.version,
  };
}

function notGranted(request: AccessRequest) {
  return {
    clause: operations[request.operation].clauses[0],
    message: `Your role (${request.person.role}) does not include this.`,
    remedy: 'Ask the ALPR administrator who may do it.',
  };
}

/** Departments have no kind of their own here: what is shared with an agency depends on it, and nothing is with oneself. */
function agencyFacts(
  configuration: Configuration,
  { agency, sharing }: AccessRequest['person'],
): RuleQuestion['agency'] {
  const { department } = configuration;
  if (agency === department.agencyId) return { state: department.state };
  return knownAgencies(configuration, sharing).find((each) => each.id === agency);
}

function undecidable(request: AccessRequest, rules: readonly string[], policyVersion: string): Decision {
  return {
    kind: 'deny',
    clause: operations[request.operation].clauses[0],
    message: 'The policy could not be evaluated for this request, so it is refused.',
    remedy: 'Try again; if it happens again, tell the ALPR administrator.',
    rules,
    policyVersion,
    isUndecidable: true,
  };
}
