import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DecidedFindings } from '../../../adapters/findings/findings';
import { StoredPeopleRecords } from '../../../adapters/people/people-records';
import type { Finding } from '../../../core/findings/finding';
import { findingId, madeFinding } from '../../core/findings/made-finding';
import { madeRecord } from '../../core/people/made-record';
import type { TestDynamo } from '../dynoxide';
import { nowhere, putRecord, startPeopleTables } from '../people/made-people';

const decision = {
  outcome: 'upheld',
  words: 'made-up words',
  by: 'made-up.chief',
  atMs: Date.parse('2026-11-24T12:00:00Z'),
} as const;
const suspended = { ...madeRecord({ suspended: true }), revision: 2 };
let local: TestDynamo;
let findings: DecidedFindings;
let records: StoredPeopleRecords;

beforeEach(async () => {
  local = await startPeopleTables();
  const { dynamo } = local;
  findings = new DecidedFindings({ dynamo, table: 'Findings', peopleTable: 'People' });
  records = new StoredPeopleRecords({ dynamo, table: 'People', onMalformed: () => {} });
});
afterEach(() => local.stop());

it('stores a finding once and gives back the one that stands', async () => {
  expect(await findings.putNew(madeFinding())).toEqual(madeFinding());
  expect(await findings.putNew(madeFinding({ summary: 'In other words.' }))).toEqual(madeFinding());
  expect(await findings.find(madeFinding().findingId)).toEqual(madeFinding());
  expect(await findings.find(findingId(9))).toBeUndefined();
});

it('lists those of one state, raised last first, so many at most', async () => {
  for (const at of [1, 3, 2])
    await findings.putNew(madeFinding({ findingId: findingId(at), raisedAtMs: at }));
  const ids = async (state: 'open' | 'upheld', limit: number) =>
    (await findings.newest(state, limit)).map((finding) => finding.findingId);
  expect(await ids('open', 2)).toEqual([findingId(3), findingId(2)]);
  expect(await ids('upheld', 2)).toEqual([]);
  await findings.storeDecision({ finding: decided(3) });
  expect(await ids('open', 9)).toEqual([findingId(2), findingId(1)]);
  expect(await ids('upheld', 9)).toEqual([findingId(3)]);
});

it('stores a decision and the suspension together [Acct-C]', async () => {
  await putRecord(local, madeRecord());
  await findings.putNew(madeFinding({ findingId: findingId(1) }));
  const together = { finding: decided(1), person: { kind: 'suspended', record: suspended } } as const;
  expect(await findings.storeDecision(together)).toBe('stored');
  expect(await findings.find(findingId(1))).toEqual(decided(1));
  expect(await records.find('made-up.officer')).toEqual(suspended);
});

it.each([
  ['the person was changed meanwhile', 'suspended', suspended, madeRecord({ revision: 2 })],
  ['the person was reinstated meanwhile', 'unchanged', suspended, madeRecord({ revision: 3 })],
] as const)('stores neither where %s [Acct-C]', async (_, kind, record, standing) => {
  await putRecord(local, standing);
  await findings.putNew(madeFinding({ findingId: findingId(1) }));
  expect(await findings.storeDecision({ finding: decided(1), person: { kind, record } })).toBe('conflict');
  expect(await findings.find(findingId(1))).toEqual(madeFinding({ findingId: findingId(1) }));
  expect(await records.find('made-up.officer')).toEqual(standing);
});

it('suspends nobody by a finding that was decided before [Acct-C]', async () => {
  await putRecord(local, madeRecord());
  await findings.putNew(madeFinding({ findingId: findingId(1) }));
  await findings.storeDecision({ finding: decided(1, 'explained') });
  const together = { finding: decided(1), person: { kind: 'suspended', record: suspended } } as const;
  expect(await findings.storeDecision(together)).toBe('conflict');
  expect(await records.find('made-up.officer')).toEqual(madeRecord());
});

it('refuses a row that is no finding', async () => {
  const Item = { findingId: { S: findingId(1) }, state: { S: 'open' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Findings', Item }));
  await expect(findings.find(findingId(1))).rejects.toMatchObject({ code: 'malformed', store: 'findings' });
});

it('tells a store that is not there as unavailable', async () => {
  const findings = new DecidedFindings({ dynamo: nowhere(), table: 'Findings', peopleTable: 'People' });
  const fails = { code: 'unavailable' };
  await expect(findings.putNew(madeFinding())).rejects.toMatchObject(fails);
  await expect(findings.newest('open', 1)).rejects.toMatchObject(fails);
  await expect(findings.storeDecision({ finding: decided(1) })).rejects.toMatchObject(fails);
});

function decided(at: number, outcome: 'upheld' | 'explained' = 'upheld'): Finding {
  return madeFinding({
    findingId: findingId(at),
    raisedAtMs: at === 3 ? 3 : madeFinding().raisedAtMs,
    decision: { ...decision, outcome },
  });
}
