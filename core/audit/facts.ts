import type { Decision } from '../access/decision';
import type { Person } from '../people/person';
import type { DecisionRecord, PersonActor } from './event';

/** A user as events name them: the facts as they were at that moment. */
export function actorOf(person: Person): PersonActor {
  const { username, agency, role, division } = person;
  return { kind: 'person', username, agency, role, division };
}

/** A decision as events keep it. */
export function decisionRecord(decision: Decision): DecisionRecord {
  const { rules, policyVersion } = decision;
  if (decision.kind === 'permit') return { outcome: 'permit', rules: [...rules], policyVersion };
  return {
    outcome: 'deny',
    clause: decision.clause,
    message: decision.message,
    rules: [...rules],
    policyVersion,
  };
}
