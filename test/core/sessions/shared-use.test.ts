import type { Configuration } from '../../../core/contract/configuration';
import { distanceKm } from '../../../core/sessions/distance';
import { sharedUseFinding, sharedUseRules } from '../../../core/sessions/shared-use';
import { madeConfiguration } from '../contract/made-configuration';
import { madePerson } from '../people/made-person';
import { madeSession, madeUse, signedInAtMs } from './made-sessions';

const chicago = { name: 'Chicago', addresses: '203.0.113.0/24', latitude: 41.8781, longitude: -87.6298 };
const bloomington = {
  name: 'Bloomington',
  addresses: '192.0.2.0/24',
  latitude: 40.4842,
  longitude: -88.9937,
};
const lastSeenMs = signedInAtMs + 60_000;
const minutesAfter = (minutes: number) => lastSeenMs + minutes * 60_000;

const rules = sharedUseRules(configured());
const atOnce = [{ kind: 'shared-account', otherSessionId: 'sign-in-2' }];

it('finds two sign-ins at two addresses within ten minutes, and not ten minutes later [Access-C]', () => {
  const at = (atMs: number) => rules.judge(madeUse({ atMs }), undefined, [madeSession()]);
  expect(at(minutesAfter(0))).toEqual(atOnce);
  expect(at(minutesAfter(10) - 1)).toEqual(atOnce);
  expect(at(minutesAfter(10))).toEqual([]);
});

it.each([
  ['a phone beside a console', { client: 'mobile', device: 'department-phone', deviceId: 'phone' }],
  ['two windows at one desk', { address: '192.0.2.7' }],
] as const)('finds nothing in %s [Access-C]', (_, other) => {
  expect(rules.judge(madeUse(), undefined, [madeSession(other)])).toEqual([]);
});

it('finds two phones, and one phone that changed its network not [Access-C]', () => {
  const phone = (deviceId: string) => ({ client: 'mobile', device: 'department-phone', deviceId }) as const;
  const judge = (other: string) =>
    rules.judge(madeUse(phone('phone-1')), undefined, [madeSession(phone(other))]);
  expect(judge('phone-2')).toEqual(atOnce);
  expect(judge('phone-1')).toEqual([]);
});

it('finds a password used at home beside the console of its owner [Access-C]', () => {
  expect(rules.judge(madeUse(), undefined, [madeSession({ device: 'unknown' })])).toEqual(atOnce);
});

it.each([
  [57, 'impossible-travel'],
  [58, undefined],
])('knows that nobody gets from Chicago to Bloomington in %d minutes, or that one does', (minutes, kind) => {
  const other = madeSession({ place: 'Chicago', client: 'mobile', address: '203.0.113.5' });
  const use = madeUse({ place: 'Bloomington', atMs: minutesAfter(minutes) });
  const found = rules.judge(use, undefined, [other]);
  expect(found.map((each) => each.kind)).toEqual(kind === undefined ? [] : [kind]);
});

it('finds one sign-in that changed its place too fast, too [Access-C]', () => {
  const before = madeSession({ sessionId: 'sign-in-1', place: 'Chicago' });
  const use = madeUse({ place: 'Bloomington', atMs: minutesAfter(5) });
  expect(rules.judge(use, before, [])).toEqual([{ kind: 'impossible-travel', otherSessionId: 'sign-in-1' }]);
  expect(rules.judge({ ...use, place: 'Chicago' }, before, [])).toEqual([]);
});

it('knows nothing of travel from a place that is no network of the Department any more', () => {
  const other = madeSession({ place: 'Given up', address: '192.0.2.7' });
  expect(rules.judge(madeUse({ place: 'Bloomington' }), undefined, [other])).toEqual([]);
});

it('looks back for as long as the longest way takes, and ten minutes at least', () => {
  expect(Math.round(rules.lookBackMs / 60_000)).toBe(58);
  expect(sharedUseRules(madeConfiguration()).lookBackMs).toBeGreaterThanOrEqual(600_000);
});

it('makes one finding of a pair of sign-ins, whichever of them is seen', () => {
  const person = madePerson();
  const one = sharedUseFinding(person, { sessionId: 'a' }, { kind: 'shared-account', otherSessionId: 'b' });
  const other = sharedUseFinding(person, { sessionId: 'b' }, { kind: 'shared-account', otherSessionId: 'a' });
  expect(one).toEqual(other);
  expect(one).toMatchObject({ username: 'made-up.officer', role: 'officer', clause: 'Access-C' });
});

it('measures along the great circle: Chicago is 192 km from Bloomington, and a place nothing from itself', () => {
  expect(Math.round(distanceKm(chicago, bloomington))).toBe(192);
  expect(distanceKm(chicago, chicago)).toBe(0);
  expect(Math.round(distanceKm({ ...chicago, longitude: 180 }, { ...chicago, longitude: -180 }))).toBe(0);
});

function configured(): Configuration {
  const { clients, ...rest } = madeConfiguration();
  return { ...rest, clients: { ...clients, consoleNetworks: [chicago, bloomington] } };
}
