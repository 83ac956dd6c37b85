import { changeFaults, placeFaults } from '../../../core/people/faults';
import { madeConfiguration } from '../contract/made-configuration';

const configuration = madeConfiguration();
const nowMs = Date.parse('2026-11-24T03:00:00Z');
const place = { role: 'officer', agency: 'bloomington-pd', division: 'patrol' } as const;

it.each([
  ['an officer of the Department', place, []],
  ['a partner’s officer', { ...place, role: 'partner-officer', agency: 'normal-pd' }, []],
  ['an officer of another agency', { ...place, agency: 'normal-pd' }, ['agency']],
  ['a partner’s officer of the Department', { ...place, role: 'partner-officer' }, ['agency']],
  ['a partner’s officer of nowhere', { ...place, role: 'partner-officer', agency: 'made-up-pd' }, ['agency']],
  ['the personnel system as a person', { ...place, role: 'personnel-feed' }, ['role']],
  ['a division that is none', { ...place, division: 'constructor' }, ['division']],
  [
    'an agency and a division that are none',
    { ...place, agency: 'x', division: 'y' },
    ['agency', 'division'],
  ],
] as const)('finds what is wrong with %s', (_, asked, expected) => {
  expect(placeFaults(asked, configuration).map(({ field }) => field)).toEqual(expected);
});

it('takes no role that does not fit the agency somebody is of', () => {
  const change = { kind: 'assigned', role: 'partner-officer', division: 'patrol', sworn: true } as const;
  expect(changeFaults(change, 'bloomington-pd', { configuration, nowMs })).toMatchObject([{ field: 'role' }]);
  expect(changeFaults(change, 'normal-pd', { configuration, nowMs })).toEqual([]);
});

it.each([
  ['a topic of the configuration', { topic: 'policy', takenOn: '2026-11-23' }, []],
  ['a topic that is none', { topic: '__proto__', takenOn: '2026-11-23' }, ['topic']],
  ['tomorrow where the Department is', { topic: 'policy', takenOn: '2026-11-24' }, ['takenOn']],
] as const)('judges training on %s [Training]', (_, training, expected) => {
  const faults = changeFaults({ kind: 'trained', ...training }, 'bloomington-pd', { configuration, nowMs });
  expect(faults.map(({ field }) => field)).toEqual(expected);
});
