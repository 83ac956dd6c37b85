import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredPeople } from '../../../adapters/people/people';
import { StoredSearchAllowance } from '../../../adapters/people/search-allowance';
import { StoreError } from '../../../adapters/stores/store-error';
import { madePerson } from '../../core/people/made-person';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const row = {
  username: { S: 'made-up.officer' },
  role: { S: 'officer' },
  agency: { S: 'bloomington-pd' },
  division: { S: 'patrol' },
  sworn: { BOOL: true },
  suspended: { BOOL: false },
  trainedUntilMs: { N: '1814313600000' },
  onDuty: { BOOL: true },
};
let local: LocalDynamo;
let people: StoredPeople;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('People', 'username');
  await local.createTable('Usage', 'username', 'day');
  people = new StoredPeople({ dynamo: local.dynamo, table: 'People' });
});
afterAll(() => local.stop());

it('reads the facts as they are now: a suspension shows on the next call [Acct-C]', async () => {
  await put(row);
  expect(await people.find('made-up.officer')).toEqual(madePerson());
  await put({ ...row, suspended: { BOOL: true } });
  expect(await people.find('made-up.officer')).toMatchObject({ suspended: true });
});

it('asks for a strongly consistent read, which a replica behind cannot answer [Acct-C]', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(GetItemCommand).resolves({ Item: row });
  await new StoredPeople({ dynamo: new DynamoDBClient({ region: 'us-east-2' }), table: 'People' }).find(
    'made-up.officer',
  );
  expect(mock.commandCalls(GetItemCommand)[0]?.args[0].input).toMatchObject({ ConsistentRead: true });
  mock.restore();
});

it('knows nobody without a record', async () => {
  expect(await people.find('nobody')).toBeUndefined();
});

it.each([
  ['an unknown role', { role: { S: 'king' } }],
  ['no suspension fact', { suspended: { NULL: true as const } }],
  ['no training record', { trainedUntilMs: { S: 'soon' } }],
])('refuses a record with %s', async (_, change) => {
  await put({ ...row, username: { S: 'damaged' }, ...change });
  await expect(people.find('damaged')).rejects.toThrow(StoreError);
});

it('counts a user’s searches by day and stops at the cap, also in parallel [Storage-A]', async () => {
  const allowance = new StoredSearchAllowance({ dynamo: local.dynamo, table: 'Usage' });
  const use = { username: 'made-up.officer', nowMs: Date.parse('2026-11-24T12:00:00Z'), searchesPerDay: 3 };
  const taken = await Promise.all(Array.from({ length: 6 }, () => allowance.take(use)));
  expect(taken.filter((each) => each)).toHaveLength(3);
  expect(await allowance.take({ ...use, username: 'made-up.other' })).toBe(true);
  expect(await allowance.take({ ...use, nowMs: Date.parse('2026-11-25T00:00:00Z') })).toBe(true);
});

it('counts a user’s results by day, all of an answer or none, also in parallel [Storage-A]', async () => {
  const allowance = new StoredSearchAllowance({ dynamo: local.dynamo, table: 'Usage' });
  const use = {
    username: 'made-up.reader',
    nowMs: Date.parse('2026-11-24T12:00:00Z'),
    results: 40,
    resultsPerDay: 100,
  };
  const taken = await Promise.all(Array.from({ length: 6 }, () => allowance.takeResults(use)));
  expect(taken.filter((each) => each)).toHaveLength(2);
  expect(await allowance.takeResults({ ...use, results: 21 })).toBe(false);
  expect(await allowance.takeResults({ ...use, results: 20 })).toBe(true);
  expect(await allowance.takeResults({ ...use, results: 1 })).toBe(false);
  expect(await allowance.takeResults({ ...use, results: 0 })).toBe(true);
  expect(await allowance.take({ ...use, searchesPerDay: 1 })).toBe(true);
  expect(await allowance.takeResults({ ...use, username: 'made-up.other', results: 101 })).toBe(false);
  expect(await allowance.takeResults({ ...use, nowMs: Date.parse('2026-11-25T00:00:00Z') })).toBe(true);
});

async function put(item: Record<string, AttributeValue>): Promise<void> {
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item: item }));
}
