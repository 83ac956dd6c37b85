import bloomington from '../../../config/bloomington.json';
import type { Purpose } from '../../../core/access/purpose';
import { findReasonFault, type Reason } from '../../../core/access/reason';

const felony: Purpose = { kind: 'felony' };
const fault = (reason: Reason, purpose: Purpose = felony) =>
  findReasonFault({ purpose, reason }, bloomington.reasons);
const phraseFault = (phrase: string) => fault({ kind: 'phrase', phrase });

it('takes a case number and a CAD number of the department’s form [Access-E]', () => {
  expect(fault({ kind: 'case-number', caseNumber: '2026-0012345' })).toBeUndefined();
  expect(fault({ kind: 'cad-number', cadNumber: '26-0123456' })).toBeUndefined();
});

it.each([
  [{ kind: 'case-number', caseNumber: '12345' }],
  [{ kind: 'case-number', caseNumber: '2026-0012345 and more' }],
  [{ kind: 'cad-number', cadNumber: 'none' }],
] as const)('refuses a number of another form, with an example [Access-E] %j', (reason) => {
  expect(fault(reason)).toMatchObject({
    clause: 'Access-E',
    remedy: expect.stringMatching(/2026-0012345|26-0123456/),
  });
});

it.each([
  'Stolen Vehicle',
  'stolen vehicle',
  'Shots Fired',
  'Suicidal Subject',
  'Homicide',
  'towed vehicle stolen from the lot',
  'Stolen tow truck',
  'Armed robbery of the repo man',
  'Hit and run, expired registration',
  'Shots fired at protest',
  'Hate crime: vandalized mosque',
  'Battery, victim disabled',
  'Arson at health care clinic',
  'Missing juvenile last seen at church service',
  'Burglary suspect, white female driver',
  'Crash with injuries on ice',
  'Ice cream truck robbery',
  'Sexual assault of a gay man',
  'Abandoned car, blood in trunk, missing owner',
  'Catalytic converter theft',
  'Domestic violence suspect',
])('takes the phrase "%s" [Access-E]', (phrase) => {
  expect(phraseFault(phrase)).toBeUndefined();
});

it.each([
  'investigation',
  'Police business',
  'test',
  'xxx',
  'checking a vehicle',
  '   .  ',
  'aaaa',
  '12345',
  'suspicious car',
  'n/a',
])('refuses the phrase "%s" as empty [Access-E]', (phrase) => {
  expect(phraseFault(phrase)).toMatchObject({ clause: 'Access-E' });
});

it.each([
  ['Immigration check', 'Policy-C'],
  ['assist ICE', 'Policy-C'],
  ['ice detainer for driver', 'Policy-C'],
  ['Undocumented driver, stolen vehicle', 'Policy-C'],
  ['deportation order', 'Policy-C'],
  ['Vehicle to be towed', 'Policy-C'],
  ['repo for the bank', 'Policy-C'],
  ['unpaid parking tickets', 'Policy-C'],
  ['noise ordinance', 'Policy-C'],
  ['abandoned vehicle', 'Policy-C'],
  ['speeding on Main', 'Def'],
  ['expired plates', 'Def'],
  ['abortion clinic patient', 'Storage-E'],
  ['reproductive care out of state', 'Storage-E'],
  ['people at the rally', 'Access-A'],
  ['BLM protesters', 'Access-A'],
  ['mosque attendees', 'Access-A'],
  ['Hispanic drivers on the west side', 'Access-A'],
  ['transgender owner', 'Access-A'],
])('refuses "%s" by %s', (phrase, clause) => {
  expect(phraseFault(phrase)).toMatchObject({ clause });
});

it('screens the words of an exigency and of an administrative query too [Policy-C]', () => {
  const exigent = {
    kind: 'exigent',
    lawEnforcementPurpose: 'Assist federal agency',
    justification: 'They asked for the immigration status of the owner.',
  } as const;
  expect(fault({ kind: 'cad-number', cadNumber: '26-0123456' }, exigent)).toMatchObject({
    clause: 'Policy-C',
  });
  expect(
    fault({ kind: 'administrative', activity: 'towing list' }, { kind: 'administrative' }),
  ).toMatchObject({
    clause: 'Policy-C',
  });
});
