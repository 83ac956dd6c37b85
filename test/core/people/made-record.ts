import type { PersonRecord } from '../../../core/people/record';

/** The topics of the deployment file that ships, all taken on one day. */
export function takenOn(day: string): ReadonlyMap<string, string> {
  return new Map(
    ['policy', 'protected-information', 'downloaded-records', 'searching', 'hot-list', 'appropriate-use'].map(
      (topic) => [topic, day],
    ),
  );
}

/** A made-up officer, trained on 2026-06-30, as the operator brought him in. */
export function madeRecord(facts: Partial<PersonRecord> = {}): PersonRecord {
  return {
    username: 'made-up.officer',
    role: 'officer',
    agency: 'bloomington-pd',
    division: 'patrol',
    sworn: true,
    suspended: false,
    disabled: false,
    training: takenOn('2026-06-30'),
    revision: 1,
    ...facts,
  };
}
