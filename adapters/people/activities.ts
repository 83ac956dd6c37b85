import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Activities, Activity } from '../../core/people/ports';
import { StoreError } from '../stores/store-error';
import { batchGet } from './batch-get';
import { onDutyUntilOf } from './duties';
import { personKey, type Row } from './person-row';

export interface StoredActivitiesOptions {
  readonly dynamo: DynamoDBClient;
  readonly dutyTable: string;
  readonly sessionsTable: string;
}

/** When people were last active: the table Duty, and the row `LAST` of each in the table Sessions. */
export class StoredActivities implements Activities {
  constructor(readonly options: StoredActivitiesOptions) {}

  async of(usernames: readonly string[]): Promise<ReadonlyMap<string, Activity>> {
    const { dynamo, dutyTable, sessionsTable } = this.options;
    const keys = [...new Set(usernames)].map(personKey);
    const [duties, lastUses] = await Promise.all([
      batchGet(dynamo, 'duty', { table: dutyTable, keys }),
      batchGet(dynamo, 'sessions', {
        table: sessionsTable,
        keys: keys.map((key) => ({ ...key, session: { S: 'LAST' } })),
      }),
    ]);
    const activities = new Map<string, Activity>();
    for (const row of duties) add(activities, row, { onDutyUntilMs: onDutyUntilOf(row) });
    for (const row of lastUses) add(activities, row, { lastUsedMs: lastUsedOf(row) });
    return activities;
  }
}

function add(
  activities: Map<string, Activity>,
  { username }: Row,
  facts: { readonly onDutyUntilMs?: number | undefined; readonly lastUsedMs?: number },
): void {
  if (username?.S === undefined) throw new StoreError('malformed', 'people');
  const { onDutyUntilMs, lastUsedMs } = facts;
  activities.set(username.S, {
    ...activities.get(username.S),
    ...(onDutyUntilMs === undefined ? {} : { onDutyUntilMs }),
    ...(lastUsedMs === undefined ? {} : { lastUsedMs }),
  });
}

/** Throws `StoreError` `malformed`. */
function lastUsedOf({ lastUsedMs }: Row): number {
  const atMs = Number(lastUsedMs?.N ?? Number.NaN);
  if (!Number.isSafeInteger(atMs)) throw new StoreError('malformed', 'sessions');
  return atMs;
}
