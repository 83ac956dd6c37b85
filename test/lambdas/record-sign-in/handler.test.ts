import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { StoredPeopleRecords } from '../../../adapters/people/people-records';
import { StoreError } from '../../../adapters/stores/store-error';
import type { AuditEvent } from '../../../core/audit/event';
import { AuditUnavailable } from '../../../core/audit/unavailable';
import { makeHandler } from '../../../lambdas/record-sign-in/handler';
import { StoredLastUses } from '../../../lambdas/record-sign-in/last-uses';
import type { TestDynamo } from '../../adapters/dynoxide';
import { nowhere, putRecord, startPeopleTables } from '../../adapters/people/made-people';
import { madeRecord } from '../../core/people/made-record';

const nowMs = Date.parse('2026-11-24T12:00:00Z');
let local: TestDynamo;
let events: AuditEvent[];
let reports: unknown[];
let order: string[];
beforeEach(async () => {
  local = await startPeopleTables();
  events = [];
  reports = [];
  order = [];
});
afterEach(() => local.stop());

it('writes who signed in with which client before there are tokens, and gives the event back as it came', async () => {
  await putRecord(local, madeRecord());
  const event = signIn();
  expect(await handler()(event)).toBe(event);
  expect(events).toEqual([
    {
      version: 1,
      eventId: '00000000-0000-4000-8000-000000000001',
      atMs: nowMs,
      kind: 'signed-in',
      actor: {
        kind: 'person',
        username: 'made-up.officer',
        agency: 'bloomington-pd',
        role: 'officer',
        division: 'patrol',
      },
      operation: 'sign-in',
      client: 'made-up-client',
    },
  ]);
});

it('keeps the name of somebody without a record [Acct-D]', async () => {
  await handler()(signIn());
  expect(events).toMatchObject([{ actor: { kind: 'stranger', username: 'made-up.officer' } }]);
});

it('keeps the name, and says so, when the record cannot be understood', async () => {
  const Item = { username: { S: 'made-up.officer' }, role: { S: 'sultan' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'People', Item }));
  await handler()(signIn());
  expect(events).toMatchObject([{ actor: { kind: 'stranger' } }]);
  expect(reports).toMatchObject([{ code: 'malformed' }]);
});

it('remembers when an account was last used, whatever comes late [Access-C]', async () => {
  await handler()(signIn());
  expect(await lastUsed()).toBe(nowMs);
  await lastUses().used('made-up.officer', nowMs - 60_000);
  expect(await lastUsed()).toBe(nowMs);
  await lastUses().used('made-up.officer', nowMs + 60_000);
  expect(await lastUsed()).toBe(nowMs + 60_000);
});

it('refuses the sign-in when the log does not hold it', async () => {
  const append = () => Promise.reject(new AuditUnavailable());
  await expect(handler({ audit: { append } })(signIn())).rejects.toThrow(AuditUnavailable);
});

it('refuses the sign-in when nobody can say who it is', async () => {
  const people = records(nowhere());
  await expect(handler({ people })(signIn())).rejects.toMatchObject({ code: 'unavailable' });
  expect(events).toEqual([]);
});

it('lets the sign-in through, and says so, when only the last use could not be written', async () => {
  const broken = new StoredLastUses({ dynamo: nowhere(), table: 'Sessions' });
  const event = signIn();
  expect(await handler({ lastUses: broken })(event)).toBe(event);
  expect(events).toHaveLength(1);
  expect(reports).toEqual([expect.any(StoreError)]);
});

it.each([[{}], [{ ...signIn(), triggerSource: 'PreSignUp_SignUp' }], [{ ...signIn(), userName: '' }]])(
  'refuses a sign-in that it does not understand',
  async (event) => {
    await expect(handler()(event)).rejects.toThrow();
    expect(order).toEqual([]);
  },
);

function signIn() {
  return {
    version: '1',
    triggerSource: 'PostAuthentication_Authentication',
    region: 'us-east-2',
    userPoolId: 'us-east-2_madeup',
    userName: 'made-up.officer',
    callerContext: { awsSdkVersion: 'made-up', clientId: 'made-up-client' },
    request: { userAttributes: { sub: 'made-up' }, newDeviceUsed: false },
    response: {},
  };
}

function handler(changed: Partial<Parameters<typeof makeHandler>[0]> = {}) {
  return makeHandler({
    people: records(local.dynamo),
    audit: {
      append: async (event) => {
        order.push(event.kind);
        events.push(event);
      },
    },
    events: { now: () => nowMs, newId: () => '00000000-0000-4000-8000-000000000001' },
    lastUses: lastUses(),
    isMalformed: (error) => error instanceof StoreError && error.code === 'malformed',
    report: (error) => reports.push(error),
    ...changed,
  });
}

function records(dynamo: TestDynamo['dynamo']) {
  return new StoredPeopleRecords({ dynamo, table: 'People', onMalformed: () => undefined });
}

function lastUses() {
  return new StoredLastUses({ dynamo: local.dynamo, table: 'Sessions' });
}

async function lastUsed(): Promise<number> {
  const Key = { username: { S: 'made-up.officer' }, session: { S: 'LAST' } };
  const { Item } = await local.dynamo.send(new GetItemCommand({ TableName: 'Sessions', Key }));
  return Number(Item?.lastUsedMs?.N);
}
