import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type PublishedCheckpoint, publishedPlace } from '../../core/audit/log/publish-day';
import { KnownEvents } from '../reports/known-events';

/** The published checkpoint of a day (table AuditEvents), strongly consistent. Throws `StoreError`. */
export function publishedDays(
  options: { readonly dynamo: DynamoDBClient; readonly table: string },
  origin: string,
): (day: string) => Promise<PublishedCheckpoint | undefined> {
  const known = new KnownEvents(options);
  return async (day) => {
    const event = await known.find(publishedPlace(origin, day));
    return event?.kind === 'checkpoint-published' ? event : undefined;
  };
}
