import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type AuditEvent, parseEvent } from '../../core/audit/event';
import { fromStore, StoreError } from '../stores/store-error';

const hourMs = 3_600_000;
/** A month with a day on each side; whoever needs more asks month by month. */
const hoursMax = 33 * 24;
const keyForm = /^(\d{13})#([0-9a-f-]{36})$/;

/** A row that is no event: it was altered or damaged after it was written. */
export interface MalformedEvent {
  readonly error: StoreError;
  /** By its key; the beginning of its hour where the key is none of ours. */
  readonly atMs: number;
  readonly eventId?: string;
}

export interface AuditReaderOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  /** Told of each row that is left out. */
  readonly onMalformed: (row: MalformedEvent) => void;
}

/**
 * The events from `fromMs` to before `toMs`, in order of time, as they stand now. A row that is no event is left out and
 * told; one that was lawfully redacted is left out. Throws `RangeError` for more than 33 days.
 */
export async function* readEvents(
  options: AuditReaderOptions,
  range: { fromMs: number; toMs: number },
): AsyncGenerator<AuditEvent> {
  const { fromMs, toMs } = range;
  if (toMs - fromMs > hoursMax * hourMs) throw new RangeError('at most 33 days of events at once');
  for (let hour = Math.floor(fromMs / hourMs) * hourMs; hour < toMs; hour += hourMs)
    for await (const row of rowsOfHour(options, new Date(hour).toISOString().slice(0, 13))) {
      if (isRedacted(row)) continue;
      const event = eventOf(row, hour);
      if (event.atMs < fromMs || event.atMs >= toMs) continue;
      if ('error' in event) options.onMalformed(event);
      else yield event;
    }
}

async function* rowsOfHour(
  options: AuditReaderOptions,
  hour: string,
): AsyncGenerator<Record<string, AttributeValue>> {
  let start: Record<string, AttributeValue> | undefined;
  do {
    const page = await fromStore('audit events', () =>
      options.dynamo.send(
        new QueryCommand({
          TableName: options.table,
          KeyConditionExpression: '#hour = :hour',
          ExpressionAttributeNames: { '#hour': 'hour' },
          ExpressionAttributeValues: { ':hour': { S: hour } },
          ConsistentRead: true,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
    yield* page.Items ?? [];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

/** Its place in the log stands, and an `event-redacted` says who took its content away. */
export function isRedacted(row: Readonly<Record<string, AttributeValue>>): boolean {
  return row.event === undefined && row.leaf?.B !== undefined && row.logIndex?.N !== undefined;
}

function eventOf(row: Record<string, AttributeValue>, hourStartMs: number): AuditEvent | MalformedEvent {
  try {
    return parseEvent(JSON.parse(row.event?.S ?? ''));
  } catch (cause) {
    const error = new StoreError('malformed', 'audit events', { cause });
    const [, ms, eventId] = keyForm.exec(row.at?.S ?? '') ?? [];
    return eventId === undefined ? { error, atMs: hourStartMs } : { error, atMs: Number(ms), eventId };
  }
}
