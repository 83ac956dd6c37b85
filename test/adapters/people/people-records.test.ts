import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredActivities } from '../../../adapters/people/activities';
import { StoredDuties } from '../../../adapters/people/duties';
import { StoredPeopleRecords } from '../../../adapters/people/people-records';
import { changePerson } from '../../../core/people/life-cycle';
import { nextRecord } from '../../../core/people/store-change';
import { madeRecord } from '../../core/people/made-record';
import type { TestDynamo } from '../dynoxide';
import { nowhere, putLastUse, putRecord, startPeopleTables, tables } from './made-people';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const events = { now: () => nowMs, newId: () => '00000000-0000-4000-8000-000000000001' };
let local: TestDynamo;
let malformed: unknown[];
let records: StoredPeopleRecords;

beforeEach(async () => {
  local = await startPeopleTables();
  malformed = [];
  records = new StoredPeopleRecords({
    dynamo: local.dynamo,
    table: 'People',
    onMalformed: (error) => malformed.push(error),
  });
});
afterEach(() => local.stop());

it('gives back a record as it was stored, its event and its time of admission with it', async () => {
  const record = suspended({ admittedAtMs: nowMs });
  await putRecord(local, madeRecord());
  expect(await records.store(record)).toBe('stored');
  expect(await records.find('made-up.officer')).toEqual(record);
  expect(record.lastEvent).toMatchObject({ change: 'suspended', because: 'made-up words' });
});

it('stores a change only on the revision that it was decided on', async () => {
  await putRecord(local, madeRecord());
  expect(await records.store(suspended())).toBe('stored');
  expect(await records.store({ ...madeRecord({ division: 'ciau' }), revision: 2 })).toBe('conflict');
  expect(await records.find('made-up.officer')).toMatchObject({ division: 'patrol', suspended: true });
  expect(await records.store({ ...suspended(), username: 'nobody' })).toBe('conflict');
});

it('gives a name once [Access-C]', async () => {
  expect(await records.add(madeRecord())).toBe('stored');
  expect(await records.add(madeRecord({ role: 'chief' }))).toBe('conflict');
  expect(await records.find('made-up.officer')).toMatchObject({ role: 'officer' });
  expect(await records.find('nobody')).toBeUndefined();
});

it('lists everybody by name, and tells of a row that cannot be understood instead of listing it', async () => {
  await putRecord(local, madeRecord({ username: 'made-up.b' }));
  await putRecord(local, madeRecord({ username: 'made-up.a' }));
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item: { username: { S: 'damaged' } } }));
  expect((await records.list()).map(({ username }) => username)).toEqual(['made-up.a', 'made-up.b']);
  expect(malformed).toMatchObject([{ code: 'malformed', store: 'people' }]);
});

it('knows roles as they are now, of names asked twice and of nobody', async () => {
  await putRecord(local, madeRecord({ role: 'auditor' }));
  const roles = await records.rolesOf(['made-up.officer', 'made-up.officer', 'nobody']);
  expect(roles).toEqual(new Map([['made-up.officer', 'auditor']]));
});

it('knows when each of more than a hundred people was last active', async () => {
  const names = Array.from({ length: 130 }, (_, at) => `made-up.${at}`);
  for (const name of names) await putLastUse(local, name, nowMs - 1000);
  await new StoredDuties({ dynamo: local.dynamo, table: 'Duty' }).begin('made-up.7', nowMs + 1000);
  const activities = await new StoredActivities({ dynamo: local.dynamo, ...tables }).of([...names, 'nobody']);
  expect(activities.size).toBe(130);
  expect(activities.get('made-up.7')).toEqual({ lastUsedMs: nowMs - 1000, onDutyUntilMs: nowMs + 1000 });
  expect(activities.get('made-up.129')).toEqual({ lastUsedMs: nowMs - 1000 });
});

it('tells a store that is not there as unavailable', async () => {
  const records = new StoredPeopleRecords({ dynamo: nowhere(), table: 'People', onMalformed: () => {} });
  const fails = { code: 'unavailable' };
  await expect(records.find('made-up.officer')).rejects.toMatchObject(fails);
  await expect(records.store(suspended())).rejects.toMatchObject(fails);
  await expect(records.list()).rejects.toMatchObject(fails);
  await expect(records.rolesOf(['made-up.officer'])).rejects.toMatchObject(fails);
});

function suspended(facts: Parameters<typeof madeRecord>[0] = {}) {
  const before = madeRecord(facts);
  const outcome = changePerson(before, { kind: 'suspended', because: 'made-up words' }, nowMs);
  if (outcome.kind !== 'changed') throw new Error(`it was ${outcome.kind}`);
  return nextRecord(events, before, outcome, { actor: { kind: 'system', name: 'made-up' }, nowMs });
}
