import {
  missingTopics,
  parseTraining,
  personFile,
  requirePlace,
} from '../../../scripts/operate/enrolment-files';
import { madeConfiguration } from '../../core/contract/made-configuration';

const person = {
  username: 'made-up.chief',
  role: 'chief',
  agency: 'bloomington-pd',
  division: 'cid-command',
  sworn: true,
} as const;
const configuration = madeConfiguration();
const facts = { configuration, nowMs: Date.parse('2026-11-24T12:00:00Z') };
const topics = [
  'policy',
  'protected-information',
  'downloaded-records',
  'searching',
  'hot-list',
  'appropriate-use',
];

describe('the file of a person', () => {
  it('names who it is and where the invitation goes', () => {
    expect(personFile.parse({ ...person, email: 'made.up@example.test' })).toEqual({
      ...person,
      email: 'made.up@example.test',
    });
    expect(personFile.parse(person)).toEqual(person);
  });

  it.each([
    ['for anybody whom the administrator enrols [Policy-D]', { role: 'officer' }],
    ['for the personnel system', { role: 'personnel-feed' }],
    ['with a role that does not exist', { role: 'sheriff' }],
    ['with a field that nobody reads', { suspended: false }],
    ['with a name that is none', { username: 'Made Up' }],
    ['with an address that is none', { email: 'made-up' }],
  ])('is refused %s', (_, change) => {
    expect(personFile.safeParse({ ...person, ...change }).success).toBe(false);
  });

  it('is refused for a place that the configuration has not', () => {
    expect(() => requirePlace(person, configuration)).not.toThrow();
    expect(() => requirePlace({ ...person, division: 'harbour' }, configuration)).toThrow('division must be');
    expect(() => requirePlace({ ...person, agency: 'normal-pd' }, configuration)).toThrow('agency must be');
  });
});

describe('training [Training]', () => {
  it('is taken for every topic at once, or for each with a day of its own', () => {
    const training = parseTraining({ trainedAll: '2026-06-30', trained: ['searching=2026-07-01'] }, facts);
    expect([...training.keys()]).toEqual(topics);
    expect([training.get('policy'), training.get('searching')]).toEqual(['2026-06-30', '2026-07-01']);
    expect(missingTopics(training, configuration)).toEqual([]);
  });

  it('is missing where nothing was said', () => {
    expect(missingTopics(parseTraining({ trained: [] }, facts), configuration)).toEqual(topics);
  });

  it.each([
    ['without a day', { trained: ['policy'] }],
    ['of a day that does not exist', { trained: ['policy=2026-02-30'] }],
    ['of a day to come', { trained: ['policy=2027-01-01'] }],
    ['of a topic that the configuration has not', { trained: ['fishing=2026-06-30'] }],
    ['of no day for all', { trained: [], trainedAll: 'yesterday' }],
  ])('is refused %s', (_, given) => {
    expect(() => parseTraining(given, facts)).toThrow(/^training/);
  });
});
