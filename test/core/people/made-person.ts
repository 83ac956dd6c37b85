import type { Person, Principal } from '../../../core/people/person';
import { asInTheFile } from '../../../core/sharing/sharing-now';

/** A made-up officer in good standing, trained until 2027-06-30. */
export function madePerson(facts: Partial<Person> = {}): Person {
  return {
    username: 'made-up.officer',
    role: 'officer',
    agency: 'bloomington-pd',
    division: 'patrol',
    sworn: true,
    suspended: false,
    disabled: false,
    trainedUntilMs: Date.parse('2027-06-30T00:00:00Z'),
    onDuty: true,
    sharing: asInTheFile,
    ...facts,
  };
}

/** The same at a console of the department. */
export function madePrincipal(facts: Partial<Principal> = {}): Principal {
  return { ...madePerson(facts), device: facts.device ?? 'department-console' };
}
