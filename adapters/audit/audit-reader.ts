import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { type AuditEvent, parseEvent } from '../../core/audit/event';
import { fromStore, StoreError } from '../stores/store-error';

const hourMs = 3_600_000;
/** A month with a day on each side; whoever needs more asks month by month. */
const hoursMax = 33 * 24;

/**
 * The events from `fromMs` to before `toMs`, in order of time, as they stand now. Throws `RangeError` for more than
 * 33 days and `StoreError` `malformed` for a row that is no event.
 */
export async function* readEvents(
  options: { dynamo: DynamoDBClient; table: string },
  range: { fromMs: number; toMs: number },
): AsyncGenerator<AuditEvent> {
  const { fromMs, toMs } = range;
  if (toMs - fromMs > hoursMax * hourMs) throw new RangeError('at most 33 days of events at once');
  for (let hour = Math.floor(fromMs / hourMs) * hourMs; hour < toMs; hour += hourMs)
    for await (const event of eventsOfHour(options, new Date(hour).toISOString().slice(0, 13)))
      if (event.atMs >= fromMs && event.atMs < toMs) yield event;
}

async function* eventsOfHour(
  options: { dynamo: DynamoDBClient; table: string },
  hour: string,
): AsyncGenerator<AuditEvent> {
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
    for (const row of page.Items ?? []) yield eventOf(row);
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

function eventOf(row: Record<string, AttributeValue>): AuditEvent {
  try {
    return parseEvent(JSON.parse(row.event?.S ?? ''));
  } catch (cause) {
    throw new StoreError('malformed', 'audit events', { cause });
  }
}
