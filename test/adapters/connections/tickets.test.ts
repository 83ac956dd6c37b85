import { randomBytes } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { StoredTickets } from '../../../adapters/connections/tickets';
import { type LocalDynamo, startDynamo } from '../local-dynamo';

const startMs = Date.parse('2026-11-24T12:00:00Z');
let local: LocalDynamo;
const holder = {
  username: 'made-up.officer',
  device: 'department-phone' as const,
  deviceId: 'A'.repeat(43),
  sessionId: 'sign-in-1',
};
let nowMs = startMs;
let tickets: StoredTickets;

beforeAll(async () => {
  local = await startDynamo();
  await local.createTable('Tickets', 'ticketId');
  tickets = new StoredTickets({ dynamo: local.dynamo, table: 'Tickets', now: () => nowMs, randomBytes });
});
afterAll(() => local.stop());
beforeEach(() => {
  nowMs = startMs;
});

it('hands on its user with the device and the sign-in behind it, once', async () => {
  const { ticket, expiresAtMs } = await tickets.issue(holder);
  expect(ticket).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(expiresAtMs).toBe(startMs + 30_000);
  expect(await tickets.take(ticket)).toEqual(holder);
  expect(await tickets.take(ticket)).toBeUndefined();
});

it('names its user once also for two connections at the same time', async () => {
  const { ticket } = await tickets.issue(holder);
  const both = await Promise.all([tickets.take(ticket), tickets.take(ticket)]);
  expect(both.filter((each) => each !== undefined)).toHaveLength(1);
});

it('runs out after 30 seconds', async () => {
  const early = await tickets.issue(holder);
  const late = await tickets.issue(holder);
  nowMs = startMs + 29_999;
  expect(await tickets.take(early.ticket)).toEqual(holder);
  nowMs = startMs + 30_000;
  expect(await tickets.take(late.ticket)).toBeUndefined();
});

it('is stored by its hash: who reads the table opens no connection', async () => {
  const { ticket } = await tickets.issue(holder);
  const { Items } = await local.dynamo.send(new ScanCommand({ TableName: 'Tickets' }));
  expect(JSON.stringify(Items)).not.toContain(ticket);
});

it('is nobody’s when it was never issued', async () => {
  expect(await tickets.take('made-up')).toBeUndefined();
});
