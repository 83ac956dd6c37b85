import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Cap, ResultAllowance, SearchAllowance } from '../../core/search/ports';
import { countTogether, resultCounts, usageRows } from './usage-counters';

/**
 * The table Usage: how much somebody, and an agency, searched in an hour and on a day. One transaction counts on every
 * account and caps, so that parallel searches cannot slip past a cap together.
 */
export class StoredSearchAllowance implements SearchAllowance, ResultAllowance {
  constructor(readonly options: { readonly dynamo: DynamoDBClient; readonly table: string }) {}

  /** Throws `StoreError` when it cannot be counted. */
  async take(use: Parameters<SearchAllowance['take']>[0]): Promise<Cap | undefined> {
    const { username, agency, nowMs, cameraHours, caps } = use;
    const rows = usageRows({ username, agency, nowMs });
    const counts = [
      { ...rows.userHour('searches'), cap: 'searches-per-hour', more: 1, most: caps.searchesPerHour },
      { ...rows.userDay('searches'), cap: 'searches-per-day', more: 1, most: caps.searchesPerDay },
      {
        ...rows.agencyDay('searches'),
        cap: 'agency-searches-per-day',
        more: 1,
        most: caps.agencySearchesPerDay,
      },
      {
        ...rows.userDay('camera-hours'),
        cap: 'camera-hours-per-day',
        more: cameraHours,
        most: caps.place.cameraHoursPerDay,
      },
    ] as const;
    const outcome = await countTogether({ ...this.options, nowMs }, counts, []);
    return outcome.kind === 'cap' ? outcome.cap : undefined;
  }

  /** Throws `StoreError` when it cannot be counted. */
  async takeResults(use: Parameters<ResultAllowance['takeResults']>[0]): Promise<Cap | undefined> {
    const { username, agency, nowMs, results, caps } = use;
    const counts = resultCounts({ username, agency, nowMs }, results, caps);
    const outcome = await countTogether({ ...this.options, nowMs }, counts, []);
    return outcome.kind === 'cap' ? outcome.cap : undefined;
  }
}
