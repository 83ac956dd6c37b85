import {
  type AttributeValue,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { StoredDuties } from '../../../adapters/people/duties';
import { StoredPeople } from '../../../adapters/people/people';
import { StoreError } from '../../../adapters/stores/store-error';
import type { TrainingRules } from '../../../core/people/record';
import { madePerson } from '../../core/people/made-person';
import { createTable, type TestDynamo } from '../dynoxide';
import { startPeopleTables, tables } from './made-people';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
const training: TrainingRules = {
  topics: [
    { id: 'policy', name: 'This policy' },
    { id: 'searching', name: 'Searching the system' },
  ],
  validMonths: 12,
};
const taken = (takenOn: string) => ({ M: { takenOn: { S: takenOn } } });
const row = {
  username: { S: 'made-up.officer' },
  role: { S: 'officer' },
  agency: { S: 'bloomington-pd' },
  division: { S: 'patrol' },
  sworn: { BOOL: true },
  suspended: { BOOL: false },
  disabled: { BOOL: false },
  training: { M: { policy: taken('2026-06-30'), searching: taken('2026-07-15') } },
  revision: { N: '1' },
};
let local: TestDynamo;
let people: StoredPeople;
let duties: StoredDuties;

beforeAll(async () => {
  local = await startPeopleTables();
  const { dynamo } = local;
  await createTable(dynamo, {
    name: 'Usage',
    key: [
      ['username', 'S'],
      ['day', 'S'],
    ],
  });
  people = new StoredPeople({ dynamo, ...tables, training, now: () => nowMs });
  duties = new StoredDuties({ dynamo, table: 'Duty' });
});
afterAll(() => local.stop());

it('reads the facts as they are now: a suspension shows on the next call [Acct-C]', async () => {
  await put(row);
  expect(await people.find('made-up.officer')).toEqual(madePerson({ onDuty: false }));
  await put({ ...row, suspended: { BOOL: true } });
  expect(await people.find('made-up.officer')).toMatchObject({ suspended: true });
  await put({ ...row, disabled: { BOOL: true } });
  expect(await people.find('made-up.officer')).toMatchObject({ suspended: false, disabled: true });
});

it('is on duty from the row on until its end, without a deletion [Access-G]', async () => {
  await put(row);
  await duties.begin('made-up.officer', nowMs + 1);
  expect(await people.find('made-up.officer')).toMatchObject({ onDuty: true });
  await duties.begin('made-up.officer', nowMs);
  expect(await people.find('made-up.officer')).toMatchObject({ onDuty: false });
  await duties.begin('made-up.officer', nowMs + 1);
  await duties.end('made-up.officer');
  expect(await people.find('made-up.officer')).toMatchObject({ onDuty: false });
});

it('makes the end of training of the stored days and the rules as configured [Training]', async () => {
  await put({ ...row, training: { M: { policy: taken('2026-06-30') } } });
  expect(await people.find('made-up.officer')).toMatchObject({ trainedUntilMs: 0 });
});

it('asks for strongly consistent reads, which a replica behind cannot answer [Acct-C] [Access-G]', async () => {
  const mock = mockClient(DynamoDBClient);
  mock.on(GetItemCommand).resolves({});
  mock.on(GetItemCommand, { TableName: 'People' }).resolves({ Item: row });
  const dynamo = new DynamoDBClient({ region: 'us-east-2' });
  await new StoredPeople({ dynamo, ...tables, training, now: () => nowMs }).find('made-up.officer');
  const inputs = mock.commandCalls(GetItemCommand).map(({ args }) => args[0].input);
  expect(inputs).toMatchObject([
    { TableName: 'People', ConsistentRead: true },
    { TableName: 'Duty', ConsistentRead: true },
    { TableName: 'Sharing', ConsistentRead: true },
  ]);
  mock.restore();
});

it('knows nobody without a record', async () => {
  expect(await people.find('nobody')).toBeUndefined();
});

it.each<[string, Record<string, AttributeValue>]>([
  ['an unknown role', { role: { S: 'king' } }],
  ['no suspension fact', { suspended: { NULL: true } }],
  ['no word on whether it has ended', { disabled: { S: 'no' } }],
  ['no training record', { training: { S: 'soon' } }],
  ['training on no day', { training: { M: { policy: taken('soon') } } }],
  ['training on a day that no month has', { training: { M: { policy: taken('2026-02-31x') } } }],
  ['no revision', { revision: { S: 'first' } }],
  ['an event that is none', { lastEvent: { S: '{}' } }],
])('refuses a record with %s', async (_, change) => {
  await put({ ...row, username: { S: 'damaged' }, ...change });
  await expect(people.find('damaged')).rejects.toThrow(StoreError);
});

it('refuses a duty row whose end is no time [Access-G]', async () => {
  await put({ ...row, username: { S: 'damaged-duty' } });
  const Item = { username: { S: 'damaged-duty' }, onDutyUntilMs: { S: 'always' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Duty', Item }));
  await expect(people.find('damaged-duty')).rejects.toThrow(StoreError);
});

async function put(item: Record<string, AttributeValue>): Promise<void> {
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item: item }));
}
