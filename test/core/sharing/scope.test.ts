import { networksInScope } from '../../../core/sharing/scope';
import { asInTheFile } from '../../../core/sharing/sharing-now';
import { madeConfiguration } from '../contract/made-configuration';

const configuration = madeConfiguration();
const sharing = asInTheFile;
const noon = Date.parse('2026-11-24T12:00:00Z');
const bloomington = 'bloomington-pd';

it.each([
  ['dispatcher', bloomington, ['bloomington', 'normal'], 'Access-D.1'],
  ['officer', bloomington, ['bloomington', 'normal', 'mclean-county'], 'Access-D.2'],
  ['detective', bloomington, ['bloomington', 'normal', 'mclean-county'], 'Access-D.3'],
  ['records-officer', bloomington, [], 'Access-D'],
  ['partner-officer', 'normal-pd', ['bloomington'], 'Storage-E'],
  ['partner-officer', 'peoria-pd', [], 'Storage-E'],
  ['partner-officer', 'nobody', [], 'Storage-E'],
  ['officer', 'normal-pd', [], 'Access-C'],
  ['dispatcher', 'normal-pd', [], 'Access-C'],
] as const)('opens to a %s of %s the networks %j [%s]', (role, agency, networks, _clause) => {
  expect(networksInScope(configuration, { role, agency, sharing }, noon)).toEqual(networks);
});

it('closes a network when the last day of its agreement is over, and not before [Storage-E]', () => {
  const officer = { role: 'officer', agency: bloomington, sharing } as const;
  const lastMs = Date.parse('2028-06-30T23:59:59.999Z');
  expect(networksInScope(configuration, officer, lastMs)).toContain('mclean-county');
  expect(networksInScope(configuration, officer, lastMs + 1)).toEqual(['bloomington']);
});

it('closes a local network to dispatchers when its agreement has ended [Access-D.1] [Storage-E]', () => {
  const dispatcher = { role: 'dispatcher', agency: bloomington, sharing } as const;
  const lastMs = Date.parse('2028-06-30T23:59:59.999Z');
  expect(networksInScope(configuration, dispatcher, lastMs)).toEqual(['bloomington', 'normal']);
  expect(networksInScope(configuration, dispatcher, lastMs + 1)).toEqual(['bloomington']);
});

it('never opens a local network without any agreement [Access-D.1] [Storage-E]', () => {
  const agencies = configuration.agencies.map(({ agreedUntil: _, ...each }) => each);
  const dispatcher = { role: 'dispatcher', agency: bloomington, sharing } as const;
  expect(networksInScope({ ...configuration, agencies }, dispatcher, noon)).toEqual(['bloomington']);
});
