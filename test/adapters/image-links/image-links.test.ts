import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredImageLinks } from '../../../adapters/image-links/image-links';
import { captureDay } from '../../../core/retention/day';
import type { ImageLinkTarget } from '../../../core/search/ports';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const startMs = Date.parse('2026-11-24T12:00:00Z');
const minuteMs = 60_000;
const target: ImageLinkTarget = {
  username: 'made-up.officer',
  searchId: '00000000-0000-4000-8000-000000000001',
  readId: '00000000-0000-4000-8000-000000000012',
  image: 'plate',
  day: captureDay(startMs),
  network: 'bloomington',
};
let local: LocalDynamo;
let nowMs = startMs;
let links: StoredImageLinks;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('ImageLinks', 'linkId');
  links = new StoredImageLinks({ dynamo: local.dynamo, table: 'ImageLinks', now: () => nowMs, randomBytes });
});
afterAll(() => local.stop());
beforeEach(() => {
  nowMs = startMs;
});

it('works once', async () => {
  const token = await issue();
  expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await links.take(token, 'made-up.officer')).toEqual({ kind: 'taken', target });
  expect(await links.take(token, 'made-up.officer')).toEqual({ kind: 'gone' });
});

it('works once also for two requests at the same time', async () => {
  const token = await issue();
  const both = await Promise.all([links.take(token, target.username), links.take(token, target.username)]);
  expect(both.map((each) => each.kind).sort()).toEqual(['gone', 'taken']);
});

it('works for its own user alone, and stays good for them', async () => {
  const token = await issue();
  expect(await links.take(token, 'made-up.other')).toEqual({ kind: 'not-yours' });
  expect(await links.take(token, 'made-up.officer')).toMatchObject({ kind: 'taken' });
});

it('runs out after 15 minutes', async () => {
  const early = await issue();
  const late = await issue();
  nowMs = startMs + 15 * minuteMs - 1000;
  expect(await links.take(early, target.username)).toMatchObject({ kind: 'taken' });
  nowMs = startMs + 15 * minuteMs;
  expect(await links.take(late, target.username)).toEqual({ kind: 'gone' });
});

it('gives nothing for a token that was never issued', async () => {
  expect(await links.take('A'.repeat(43), target.username)).toEqual({ kind: 'gone' });
});

it('keeps no token: the table opens no image', async () => {
  const tokens = await links.issue(Array.from({ length: 30 }, () => target));
  expect(new Set(tokens).size).toBe(30);
  const { Items = [] } = await local.dynamo.send(new ScanCommand({ TableName: 'ImageLinks' }));
  const stored = JSON.stringify(Items);
  expect(Items.length).toBeGreaterThanOrEqual(30);
  expect(tokens.filter((token) => stored.includes(token))).toEqual([]);
});

async function issue(): Promise<string> {
  const [token] = await links.issue([target]);
  if (token === undefined) throw new Error('no link was issued');
  return token;
}
