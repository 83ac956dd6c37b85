import bloomington from '../../../config/bloomington.json';
import { ConfigurationError, parseConfiguration } from '../../../core/contract/configuration';

type File = typeof bloomington;

it('reads the file that ships', () => {
  const configuration = parseConfiguration(bloomington);
  expect(configuration.department.agencyId).toBe('bloomington-pd');
  expect(configuration.retentionDays).toBe(30);
});

it('refuses a retention above 30 days [Storage-A]', () => {
  expect(faultsOf({ retentionDays: 31 })).toEqual([
    { field: 'retentionDays', message: 'must be at most 30 days (Storage-A)' },
  ]);
});

it('has no kind for commercial agencies [Storage-D]', () => {
  expect(faultsOf({ agencies: [{ ...agency(), kind: 'commercial' }] })).toEqual([
    { field: 'agencies[0].kind', message: expect.stringContaining('(Storage-D)') },
  ]);
});

it('refuses an agreement with an agency of another state [Storage-E]', () => {
  expect(faultsOf({ agencies: [{ ...agency(), state: 'MO' }] })).toEqual([
    { field: 'agencies[0].agreedUntil', message: expect.stringContaining('only agencies inside IL') },
  ]);
});

it('refuses a standing agreement with a federal agency [Storage-F]', () => {
  expect(faultsOf({ agencies: [{ ...agency(), kind: 'federal' }] })).toEqual([
    { field: 'agencies[0].agreedUntil', message: expect.stringContaining('(Storage-F)') },
  ]);
});

it('lets a federal agency without an agreement be listed', () => {
  const { agreedUntil: _, ...rest } = agency();
  expect(faultsOf({ agencies: [{ ...rest, kind: 'federal' }] })).toEqual([]);
});

it('never opens another agency’s network to a partner [Storage-C]', () => {
  expect(faultsOf({ agencies: [{ ...agency(), maySearch: ['normal'] }] })).toEqual([
    { field: 'agencies[0].maySearch[0]', message: expect.stringContaining('(Storage-C)') },
  ]);
});

it('sends no frame to a service that may keep it, unless the opt-out is in force [Storage-A]', () => {
  expect(faultsOf({ reader: 'rekognition', aiServicesOptOut: false })).toEqual([
    { field: 'reader', message: expect.stringContaining('(Storage-A)') },
  ]);
  expect(faultsOf({ reader: 'rekognition', aiServicesOptOut: true })).toEqual([]);
  expect(faultsOf({ reader: 'somebody' }).map((each) => each.field)).toEqual(['reader']);
});

it('reads plates in the own function where the file says nothing', () => {
  expect(parseConfiguration(bloomington).reader).toBe('onnx');
});

it('names every fault at once, each with its field', () => {
  const { department: _, ...rest } = bloomington;
  const error = errorOf({ ...rest, siteRadiusM: -1, surprise: true });
  expect(error.faults.map((each) => each.field).sort()).toEqual(['(the file)', 'department', 'siteRadiusM']);
  expect(error.message).toContain('siteRadiusM: ');
});

it.each([
  [
    'a region that contradicts govCloud',
    { stage: { ...bloomington.stage, govCloud: true } },
    'stage.govCloud',
  ],
  [
    'a network of an unknown agency',
    { networks: [...bloomington.networks, { id: 'x', name: 'X', local: false, agency: 'nobody' }] },
    'networks[4].agency',
  ],
  [
    'a network twice',
    { networks: [...bloomington.networks, ...bloomington.networks.slice(0, 1)] },
    'networks[4].id',
  ],
  [
    'a time zone that does not exist',
    { department: { ...bloomington.department, timeZone: 'Illinois' } },
    'department.timeZone',
  ],
  [
    'a pattern that is none',
    { reasons: { ...bloomington.reasons, cadNumberPattern: '(' } },
    'reasons.cadNumberPattern',
  ],
  [
    'a pattern that only compiles without the unicode flag',
    { reasons: { ...bloomington.reasons, cadNumberPattern: '^\\d{2}\\-\\d{7}$' } },
    'reasons.cadNumberPattern',
  ],
  [
    'a pattern that its own example does not fit',
    { reasons: { ...bloomington.reasons, caseNumberPattern: '^C\\d+$' } },
    'reasons.caseNumberExample',
  ],
  [
    'a region outside the United States',
    { stage: { ...bloomington.stage, region: 'eu-west-1' } },
    'stage.region',
  ],
  [
    'access tokens of an hour',
    { tokens: { ...bloomington.tokens, accessMinutes: 60 } },
    'tokens.accessMinutes',
  ],
  ['a life of its own for id tokens', { tokens: { ...bloomington.tokens, idMinutes: 15 } }, 'tokens'],
  [
    'hours of raw frames that nothing keeps to',
    { transit: { ...bloomington.transit, rawFrameHours: 24 } },
    'transit',
  ],
  ['a role without a scope', { scopes: { ...bloomington.scopes, officer: undefined } }, 'scopes.officer'],
])('refuses %s', (_, changes, field) => {
  expect(faultsOf(changes).map((each) => each.field)).toContain(field);
});

it.each([
  [{ retentionDays: 1 }],
  [{ retentionDays: 4 }],
  [{ retentionDays: 8, transit: { streamHours: 24, failureDays: 7 } }],
])('refuses %j: a read would lie in transit for as long as it may be kept [Storage-A]', (changes) => {
  expect(faultsOf(changes)).toEqual([
    { field: 'transit', message: expect.stringContaining('at least a day before a read is forgotten') },
  ]);
});

it('takes a retention that its transit leaves room for', () => {
  expect(faultsOf({ retentionDays: 10 })).toEqual([]);
});

it.each([
  '(a+)+$',
  '(a|a)*$',
  '(\\d{1,3}){5}',
  '(\\d?)+',
  '((a*)b)*',
  '(a)\\1',
  '(?=a)a',
  '\\d*\\d*\\d*\\d*\\d*',
])('refuses the pattern %s, on which a made-up number could take forever', (caseNumberPattern) => {
  expect(faultsOf({ reasons: { ...bloomington.reasons, caseNumberPattern } })).toEqual([
    { field: 'reasons.caseNumberPattern', message: expect.stringContaining('could take too long') },
  ]);
});

it.each([
  ['^\\d{4}-\\d{5,8}$', '2026-0012345'],
  ['^(?:[A-Z]{1,2}-)?\\d{2,4}-?\\d{4,8}$', 'BP-2026-0012345'],
  ['^(BPD|CID)[0-9]+$', 'CID4711'],
])('takes the pattern %s with its example', (caseNumberPattern, caseNumberExample) => {
  const reasons = { ...bloomington.reasons, caseNumberPattern, caseNumberExample };
  expect(faultsOf({ reasons })).toEqual([]);
});

it('caps a user’s results of a day at 2000 where the file says nothing [Storage-A]', () => {
  const { resultsPerDay: _, ...caps } = bloomington.caps;
  expect(parseConfiguration({ ...bloomington, caps }).caps.resultsPerDay).toBe(2000);
});

function agency() {
  const first = bloomington.agencies.find((each) => each.id === 'mclean-county-so');
  if (!first?.agreedUntil) throw new Error('the county is not in the file');
  return { ...first, networks: [], id: 'made-up-so' };
}

function faultsOf(changes: Partial<Record<keyof File | 'reader', unknown>>) {
  const isAgencyChange = 'agencies' in changes;
  const networks = bloomington.networks.filter((each) => !isAgencyChange || each.agency === 'bloomington-pd');
  try {
    parseConfiguration({ ...bloomington, networks, ...changes });
    return [];
  } catch (error) {
    if (error instanceof ConfigurationError) return error.faults;
    throw error;
  }
}

function errorOf(input: unknown): ConfigurationError {
  try {
    parseConfiguration(input);
  } catch (error) {
    if (error instanceof ConfigurationError) return error;
  }
  throw new Error('it was accepted');
}
