import fc from 'fast-check';
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
  'stolen church van',
  'arson of a clinic',
  'Arson of an abortion clinic',
  'Threats to Planned Parenthood staff',
  'Abortion clinic bombing',
  'ice cream shop robbery',
  'ICE CREAM SHOP ROBBERY',
  'vehicle left on ice, missing person',
  'VEHICLE LEFT ON ICE, MISSING PERSON',
  'icy road hit and run',
  'Slid on black ice, fatal crash',
  'Missing elderly white male',
  'Wanted Hispanic male, active warrant',
  'Burglary on March 3',
  'Drug dealing near a vigil',
  'Notice of death threat',
  'Arson',
  'Prowler in back yard',
  'Человек с ножом',
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
  'qwe',
  'foo',
  'ｆｏｏ',
  'foo bar baz',
  'dfgh sdfg',
  'stuff stuff',
  'incident',
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
  ['deportations', 'Policy-C'],
  ['ICE', 'Policy-C'],
  ['ice', 'Policy-C'],
  ['assist ice with subject', 'Policy-C'],
  ['ASSIST ICE', 'Policy-C'],
  ['Hold based on ICE detainer', 'Policy-C'],
  ['info on ICE', 'Policy-C'],
  ['I.C.E. detainer pickup', 'Policy-C'],
  ['i c e detainer', 'Policy-C'],
  ['ice cream truck driver wanted by ICE', 'Policy-C'],
  ['la migra', 'Policy-C'],
  ['looking for illegals', 'Policy-C'],
  ['ERO arrest team support', 'Policy-C'],
  ['Homeland Security Investigations request', 'Policy-C'],
  ['ｉｍｍｉｇｒａｔｉｏｎ', 'Policy-C'],
  ['immi\u00adgration', 'Policy-C'],
  ['immi\u200bgration', 'Policy-C'],
  ['\u0456mm\u0456gration', 'Policy-C'],
  ['\u0399mm\u03b9gration', 'Policy-C'],
  ['immígration', 'Policy-C'],
  ['1mm1grat10n', 'Policy-C'],
  ['1CE pickup', 'Policy-C'],
  ['abortion drugs obtained', 'Storage-E'],
  ['driver going to abortion clinic, missing', 'Storage-E'],
  ['robbery, driver at abortion clinic', 'Storage-E'],
  ['arson at clinic; abortion patients', 'Storage-E'],
  ['protest, drugs', 'Access-A'],
  ['protest, missing', 'Access-A'],
  ['rally, wanted', 'Access-A'],
  ['vigil, death', 'Access-A'],
  ['towing, drugs', 'Policy-C'],
  ['unlicensed street vending', 'Policy-C'],
  ['city ordinances', 'Policy-C'],
])('refuses "%s" by %s [Policy-C] [Access-A] [Storage-E]', (phrase, clause) => {
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

it('refuses an ordinance as the purpose of an exigency [Policy-B] [Policy-C]', () => {
  const exigent = {
    kind: 'exigent',
    lawEnforcementPurpose: 'unlicensed street vending',
    justification: 'The vendor leaves within the hour and does not come back.',
  } as const;
  expect(fault({ kind: 'cad-number', cadNumber: '26-0123456' }, exigent)).toMatchObject({
    clause: 'Policy-C',
  });
});

it('refuses an exigency whose justification says nothing [Policy-B]', () => {
  const exigent = {
    kind: 'exigent',
    lawEnforcementPurpose: 'Bomb threat',
    justification: 'foo foo foo foo foo foo',
  } as const;
  expect(fault({ kind: 'cad-number', cadNumber: '26-0123456' }, exigent)).toMatchObject({
    clause: 'Policy-B',
  });
});

it.each([
  ['x', 'Access-E'],
  ['zz zz', 'Access-E'],
  ['qwerty', 'Access-E'],
  ['Monthly system check', undefined],
  ['Monthly user audit', undefined],
  ['Test', undefined],
])('judges the administrative activity "%s": %s [Access-E]', (activity, clause) => {
  const found = fault({ kind: 'administrative', activity }, { kind: 'administrative' });
  expect(found?.clause).toBe(clause);
});

it('sees a prohibited word whatever invisible or look-alike letters stand in it [Policy-C]', () => {
  const written = [...'immigration'].map((letter) =>
    fc.constantFrom(letter, letter.toUpperCase(), ...(lookAlikes[letter] ?? [])),
  );
  const invisible = fc.constantFrom('', '', '\u00ad', '\u200b', '\u2060', '\ufeff', '\u0301');
  fc.assert(
    fc.property(
      fc.tuple(...written),
      fc.array(invisible, { minLength: 11, maxLength: 11 }),
      (letters, gaps) => {
        const phrase = letters.map((letter, at) => letter + gaps[at]).join('');
        expect(phraseFault(`robbery ${phrase}`)).toMatchObject({ clause: 'Policy-C' });
      },
    ),
  );
});

const lookAlikes: Readonly<Record<string, readonly string[]>> = {
  i: ['\u0456', '\u03b9', '\u0131', '\uff49', '\u{1d422}'],
  a: ['\u0430', '\u03b1', '\uff41'],
  o: ['\u043e', '\u03bf', '\u{1d428}'],
  m: ['\uff4d', '\u{1d426}'],
  r: ['\uff52'],
  t: ['\uff54', '\u{1d42d}'],
  n: ['\uff4e'],
};
