import type { Person } from '../../../core/people/person';

/** A made-up officer in good standing, trained until 2027-06-30. */
export function madePerson(facts: Partial<Person> = {}): Person {
  return {
    username: 'made-up.officer',
    role: 'officer',
    agency: 'bloomington-pd',
    division: 'patrol',
    sworn: true,
    suspended: false,
    trainedUntilMs: Date.parse('2027-06-30T00:00:00Z'),
    onDuty: true,
    ...facts,
  };
}
