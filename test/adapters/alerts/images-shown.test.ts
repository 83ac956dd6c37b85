import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { AuditedImages } from '../../../adapters/alerts/images-shown';
import { StoredAuditLog } from '../../../adapters/audit/audit-log';
import { type AuditFacts, newEvent } from '../../../core/audit/event';
import { actorOf } from '../../../core/audit/facts';
import { madePerson } from '../../core/people/made-person';
import { id } from '../../core/search/made-search';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const nowMs = Date.parse('2026-11-24T12:10:00Z');
const minuteMs = 60_000;
let local: LocalDynamo;
let ids = 500;
let malformed = 0;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('AuditEvents', 'hour', 'at');
  await fetched({ image: 'plate', atMs: nowMs - 55 * minuteMs });
  await fetched({ image: 'vehicle', atMs: nowMs });
  await fetched({ image: 'vehicle', atMs: nowMs, username: 'made-up.other' });
  await fetched({ image: 'vehicle', atMs: nowMs, readId: id(2) });
});
afterAll(() => local.stop());

it('knows both images that a user was shown in the last hour, across the turn of the hour [Policy-G]', async () => {
  expect(await shown({})).toEqual({ plate: true, vehicle: true });
});

it('counts nobody else’s look, no other read, and none before the window', async () => {
  expect(await shown({ username: 'made-up.other' })).toEqual({ plate: false, vehicle: true });
  expect(await shown({ readId: id(2) })).toEqual({ plate: false, vehicle: true });
  expect(await shown({ sinceMs: nowMs - 30 * minuteMs })).toEqual({ plate: false, vehicle: true });
});

it('is not stopped by an event that cannot be read, which shows nothing', async () => {
  const at = `${String(nowMs).padStart(13, '0')}#${id(499)}`;
  const Item = { hour: { S: '2026-11-24T12' }, at: { S: at }, event: { S: '{"kind":"image-fetched"}' } };
  await local.dynamo.send(new PutItemCommand({ TableName: 'AuditEvents', Item }));
  malformed = 0;
  expect(await shown({})).toEqual({ plate: true, vehicle: true });
  expect(malformed).toBe(1);
});

function shown(changes: { username?: string; readId?: string; sinceMs?: number }) {
  const onMalformed = () => void malformed++;
  const images = new AuditedImages({ dynamo: local.dynamo, table: 'AuditEvents', onMalformed });
  const window = { sinceMs: nowMs - 60 * minuteMs, nowMs };
  return images.shown({ username: 'made-up.officer', readId: id(1), ...window, ...changes });
}

async function fetched(facts: {
  image: 'plate' | 'vehicle';
  atMs: number;
  username?: string;
  readId?: string;
}): Promise<void> {
  const event: AuditFacts = {
    kind: 'image-fetched',
    actor: actorOf(madePerson({ username: facts.username ?? 'made-up.officer' })),
    operation: 'fetch-image',
    searchId: id(9),
    readId: facts.readId ?? id(1),
    image: facts.image,
    network: 'bloomington',
    decision: { outcome: 'permit', rules: [] },
  };
  const log = new StoredAuditLog({ dynamo: local.dynamo, table: 'AuditEvents' });
  await log.append(newEvent({ now: () => facts.atMs, newId: () => id(ids++) }, event));
}
