import { type AttributeValue, type DynamoDBClient, type Put, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Suppressions } from '../../core/alerts/ports';
import type { Suppression } from '../../core/alerts/suppression';
import { type CaptureDay, forgottenAtMs, parseCaptureDay } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { fromStore } from '../stores/store-error';
import { suppressionPart } from './alert-parts';
import { openPart, sealPart } from './sealed-part';

/** Far above what one entry's alerts are rejected in a month; beyond, a reading is rather alerted once more. */
const pagesMax = 4;

/** The table Suppressions: which reading was rejected is sealed under its capture day, and is forgotten with it. */
export class StoredSuppressions implements Suppressions {
  constructor(
    readonly options: {
      readonly dynamo: DynamoDBClient;
      readonly table: string;
      readonly dayKeys: Pick<DayKeys, 'forReading'>;
    },
  ) {}

  /** A row that does not open suppresses nothing: an alert too many is better than one too few. */
  async of(entryId: string): Promise<readonly Suppression[]> {
    const found: Suppression[] = [];
    let start: Record<string, AttributeValue> | undefined;
    for (let pages = 0; pages < pagesMax; pages++) {
      const page = await this.#page(entryId, start);
      for (const row of page.Items ?? []) {
        const suppression = await this.#open(entryId, row);
        if (suppression !== undefined) found.push(suppression);
      }
      start = page.LastEvaluatedKey;
      if (start === undefined) break;
    }
    return found;
  }

  #page(entryId: string, start: Record<string, AttributeValue> | undefined) {
    return fromStore('suppressions', () =>
      this.options.dynamo.send(
        new QueryCommand({
          TableName: this.options.table,
          KeyConditionExpression: 'entryId = :entry',
          ExpressionAttributeValues: { ':entry': { S: entryId } },
          ConsistentRead: true,
          Limit: 100,
          ...(start === undefined ? {} : { ExclusiveStartKey: start }),
        }),
      ),
    );
  }

  async #open(entryId: string, row: Record<string, AttributeValue>): Promise<Suppression | undefined> {
    const day = parseCaptureDay(row.day?.S ?? '');
    const key = day && (await this.options.dayKeys.forReading(day));
    if (day === undefined || key === undefined) return undefined;
    const context = contextOf(day, { entryId, alertId: row.alertId?.S ?? '' });
    const opened = openPart(key, row.sealed?.B, context, suppressionPart);
    return typeof opened === 'object' ? opened : undefined;
  }
}

/** The row of a suppression, to be written in one step with the rejection. `undefined`: the day is forgotten by now. */
export function suppressionPut(
  suppression: Suppression,
  at: {
    readonly table: string;
    readonly key: DayKey | undefined;
    readonly day: CaptureDay;
    readonly retentionDays: number;
  },
): Put | undefined {
  const sealed = sealPart(at.key, suppression, contextOf(at.day, suppression));
  if (sealed === undefined) return undefined;
  return {
    TableName: at.table,
    Item: {
      entryId: { S: suppression.entryId },
      alertId: { S: suppression.alertId },
      day: { S: at.day },
      sealed: { B: sealed },
      expiresAt: { N: String(forgottenAtMs(at.day, at.retentionDays) / 1000) },
    },
  };
}

function contextOf(day: CaptureDay, { entryId, alertId }: Pick<Suppression, 'entryId' | 'alertId'>): string {
  return `suppression|${day}|${entryId}|${alertId}`;
}
