import { DynamoDBClient, type QueryCommand } from '@aws-sdk/client-dynamodb';
import { readEvents } from '../adapters/audit/audit-reader';
import bloomington from '../config/bloomington.json';
import type { AuditEvent } from '../core/audit/event';
import { parseConfiguration } from '../core/contract/configuration';
import { asInTheFile } from '../core/sharing/sharing-now';
import { makeHandler } from '../lambdas/report-month/handler';
import { eventsOfHour } from './made-events';
import { report } from './measure';

/** A month of so many events through the function that reports it, its reader and parser included, stores in memory. */
const events = Number(process.argv[2] ?? 1_000_000);
const mix = { events, users: 300 };
const fromMs = Date.parse('2026-11-01T05:00:00Z');
const hours = 30 * 24;
const perHour = Math.ceil(events / hours);
/** About a megabyte, which a query answers with at most. */
const rowsPerPage = 1000;

const files = new Map<string, string | Uint8Array>();
const log = new Map<string, AuditEvent>();

/** Answers queries of the table as the service would, page by page; nothing is held. */
const dynamo = Object.assign(new DynamoDBClient({ region: 'us-east-1' }), {
  send: async ({ input }: QueryCommand) => {
    const hourMs = Date.parse(`${input.ExpressionAttributeValues?.[':hour']?.S ?? ''}:00:00Z`);
    const hour = Math.round((hourMs - fromMs) / 3_600_000);
    if (hour < 0 || hour >= hours) return { Items: [] };
    const start = Number(input.ExclusiveStartKey?.at?.S ?? 0);
    const first = hour * perHour;
    const count = Math.min(perHour, events - first) - start;
    const texts = eventsOfHour(mix, hourMs, first + start, Math.max(0, Math.min(rowsPerPage, count)));
    return {
      Items: texts.map((event) => ({ event: { S: event } })),
      ...(count > rowsPerPage ? { LastEvaluatedKey: { at: { S: String(start + rowsPerPage) } } } : {}),
    };
  },
});

async function main(): Promise<void> {
  const handler = makeHandler({
    configuration: parseConfiguration(bloomington),
    events: (range, onUnreadable) =>
      readEvents({ dynamo, table: 'made-up', onMalformed: onUnreadable }, range),
    known: { find: async ({ atMs, eventId }) => log.get(`${atMs}#${eventId}`) },
    enrolments: { list: async () => [] },
    sharing: async () => asInTheFile,
    checkpoint: async () => undefined,
    files: {
      put: async ({ name, body }) => void files.set(name, body),
      get: async (name) => String(files.get(name)),
    },
    audit: { append: async (event) => void log.set(`${event.atMs}#${event.eventId}`, event) },
    onceAudit: { appendOnce: async (event) => void log.set(`${event.atMs}#${event.eventId}`, event) },
    counters: { count: () => {}, gauge: () => {} },
    now: () => Date.parse('2026-12-05T12:00:00Z'),
  });
  const begun = process.cpuUsage();
  const beganMs = Date.now();
  const { folder } = await handler({});
  const seconds = (Date.now() - beganMs) / 1000;
  const { user, system } = process.cpuUsage(begun);
  const made = JSON.parse(String(files.get(`${folder}/public/figures.json`)));
  console.log(
    `searches ${made.figures.searches.total}, alerts ${made.figures.alerts.total}, unreadable ${made.faults.eventsUnreadable}`,
  );
  if (made.faults.eventsUnreadable > 0) throw new Error('made events that cannot be read');
  const mebibytes = process.resourceUsage().maxRSS / 1024;
  const cpu = (user + system) / 1e6;
  report(
    [
      { name: `seconds to report a month of ${events} events`, value: seconds, bar: 60, isAtLeast: false },
      { name: 'largest resident memory, MiB', value: mebibytes, bar: 1024, isAtLeast: false },
    ],
    [
      {
        name: 'events, of processor time',
        perSecond: events / cpu,
        slowest: events / cpu,
        fastest: events / cpu,
      },
    ],
  );
}

void main();
