import { join } from 'node:path';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDecideAccess } from '../../../adapters/cedar/decide-access';
import { QuarantineReader } from '../../../adapters/quarantine/quarantine-reader';
import type { StoreError } from '../../../adapters/stores/store-error';
import { makeHandler } from '../../../lambdas/list-quarantine/handler';
import { madeApi, madeCall, madeContext } from '../../adapters/gateway/made-call';
import { type LocalDynamo, startDynamo } from '../../adapters/local-dynamo';
import { madeConfiguration } from '../../core/contract/made-configuration';
import { madePerson } from '../../core/people/made-person';

const decide = createDecideAccess({
  policyFolder: join(__dirname, '..', '..', '..', 'policy'),
  configuration: madeConfiguration(),
});
const people = [madePerson(), madePerson({ username: 'made-up.auditor', role: 'auditor' })];
let local: LocalDynamo;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Quarantine', 'hour', 'arrival');
  await put('2026-11-24T11:59:00.000Z', 'forged-signature');
  await put('2026-11-24T10:30:00.000Z', 'no-approved-site');
  await put('2026-11-23T11:00:00.000Z', 'moved');
  await put('2026-11-15T11:00:00.000Z', 'long-ago');
});
afterAll(() => local.stop());

it('lists reason, clause, camera and arrival of the last day, newest first, and nothing of the read [Policy-E]', async () => {
  const { reply, events } = await list({ username: 'made-up.auditor' });
  expect(JSON.parse(reply.body)).toEqual({
    records: [
      {
        arrivedAt: '2026-11-24T11:59:00.000Z',
        reason: 'forged-signature',
        clause: 'Policy-E',
        cameraId: 'fixed-1',
      },
      {
        arrivedAt: '2026-11-24T10:30:00.000Z',
        reason: 'no-approved-site',
        clause: 'Policy-E',
        cameraId: 'fixed-1',
      },
    ],
    truncated: false,
  });
  expect(events).toMatchObject([{ kind: 'requested' }, { kind: 'answered', counts: { records: 2 } }]);
});

it('goes back no more than 7 days', async () => {
  const { reply } = await list({ username: 'made-up.auditor', query: { since: '2026-11-01T00:00:00Z' } });
  expect(JSON.parse(reply.body).records.map((each: { reason: string }) => each.reason)).toEqual([
    'forged-signature',
    'no-approved-site',
    'moved',
  ]);
});

it('is not for officers [Policy-D]', async () => {
  const { reply } = await list({});
  expect(JSON.parse(reply.body)).toMatchObject({ status: 403, clause: 'Policy-D' });
});

it('says that there is more than it lists', async () => {
  const reader = quarantineReader();
  const range = {
    sinceMs: Date.parse('2026-11-23T00:00:00Z'),
    nowMs: Date.parse('2026-11-24T12:00:00Z'),
    limit: 1,
  };
  expect(await reader.list(range)).toMatchObject({
    records: [{ reason: 'forged-signature' }],
    truncated: true,
  });
});

it('leaves out and tells of rows that cannot be understood, and lists all others, at any limit', async () => {
  for (const id of ['y', 'z'])
    await local.dynamo.send(
      new PutItemCommand({
        TableName: 'Quarantine',
        Item: { hour: { S: '2026-11-24T11' }, arrival: { S: `1795521599999#${id}` } },
      }),
    );
  const codes: string[] = [];
  const reader = quarantineReader((error) => void codes.push(`${error.store}: ${error.code}`));
  const range = { sinceMs: Date.parse('2026-11-24T00:00:00Z'), nowMs: Date.parse('2026-11-24T12:00:00Z') };
  expect(await reader.list({ ...range, limit: 1 })).toMatchObject({
    records: [{ reason: 'forged-signature' }],
    truncated: true,
  });
  expect(codes).toEqual(['quarantine: malformed', 'quarantine: malformed']);
});

function quarantineReader(onMalformed: (error: StoreError) => void = () => undefined): QuarantineReader {
  return new QuarantineReader({ dynamo: local.dynamo, table: 'Quarantine', onMalformed });
}

async function list(facts: Parameters<typeof madeCall>[0]) {
  const api = madeApi(people);
  const handler = makeHandler({ ...api.deps, decide, quarantine: quarantineReader() });
  return { ...api, reply: await handler(madeCall(facts), madeContext()) };
}

async function put(arrivedAt: string, reason: string): Promise<void> {
  const item = {
    hour: { S: arrivedAt.slice(0, 13) },
    arrival: { S: `${Date.parse(arrivedAt)}#made-up` },
    reason: { S: reason },
    clause: { S: 'Policy-E' },
    cameraId: { S: 'fixed-1' },
    sealed: { B: Uint8Array.of(1) },
  };
  await local.dynamo.send(new PutItemCommand({ TableName: 'Quarantine', Item: item }));
}
