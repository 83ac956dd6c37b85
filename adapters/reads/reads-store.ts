import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { foldPlate } from '../../core/plate/fold';
import type { Read } from '../../core/reads/read';
import { parsePlaceTime, placeTime, type SealedRead, sealRead } from '../../core/reads/sealed-read';
import { type CaptureDay, captureDay, captureHour, forgottenAtMs } from '../../core/retention/day';
import { type DayKey, DayKeyGone } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { putNewRows } from '../stores/put-new-rows';
import { fromStore, StoreError } from '../stores/store-error';

export interface ReadsStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

/** What became of each read: `forgotten` ones came after their day's key was gone; `failed` ones may be put again. */
export interface PutReads {
  readonly stored: readonly Read[];
  readonly forgotten: readonly Read[];
  readonly failed: readonly Read[];
  /** Why calls of the table failed. */
  readonly causes: readonly unknown[];
}

/** One plate is read at most so often in a day; a key with more rows is refused instead of answered in part. */
const rowsMax = 20_000;

/** The table Reads: sealed rows, found by plate or by camera and hour, each under the keys of one capture day. */
export class ReadsStore {
  constructor(readonly options: ReadsStoreOptions) {}

  /**
   * Seals and stores reads. A read put twice is one row: its key is made of the read alone, and the first row stands,
   * so nobody rewrites what was stored by sending its id with other content. Never rejects because of a single read; rejects with `StoreError` when no key can be had at all.
   */
  async put(reads: readonly Read[]): Promise<PutReads> {
    const keys = new Map<CaptureDay, DayKey | undefined>();
    for (const day of new Set(reads.map((read) => captureDay(read.capturedAtMs))))
      keys.set(day, await this.options.dayKeys.forWriting(day));

    const forgotten: Read[] = [];
    const rows = new Map<string, { read: Read; item: Record<string, AttributeValue> }>();
    for (const read of reads) {
      const item = this.#seal(read, keys.get(captureDay(read.capturedAtMs)));
      if (item === undefined) forgotten.push(read);
      else rows.set(rowId(read), { read, item });
    }

    const { standing, causes } = await putNewRows(
      this.options.dynamo,
      { table: this.options.table, keyAttribute: 'plateKey' },
      [...rows.values()].map((row) => row.item),
    );
    const stored: Read[] = [];
    const failed: Read[] = [];
    for (const read of reads) {
      const row = rows.get(rowId(read));
      if (row !== undefined) (standing.has(row.item) ? stored : failed).push(read);
    }
    return { stored, forgotten, failed, causes };
  }

  /**
   * The rows under a plate's key of one day, any network. Sealed: drop what is out of scope before opening. Not strongly
   * consistent: a read comes by a stream and is seconds old before it is stored, so half the price for a replica that may
   * be behind by less than one is the better bargain.
   */
  async byPlate(day: CaptureDay, plateKey: Uint8Array): Promise<readonly SealedRead[]> {
    return this.#query(day, { KeyConditionExpression: 'plateKey = :key' }, plateKey);
  }

  /** The rows under a camera's hour of one day. */
  async byPlace(day: CaptureDay, placeKey: Uint8Array): Promise<readonly SealedRead[]> {
    return this.#query(day, { IndexName: 'by-place', KeyConditionExpression: 'placeKey = :key' }, placeKey);
  }

  #seal(read: Read, key: DayKey | undefined): Record<string, AttributeValue> | undefined {
    if (key === undefined) return undefined;
    try {
      const row = sealRead(key, read);
      const hour = captureHour(read.capturedAtMs);
      return {
        plateKey: { B: key.plateKey(read.plate) },
        placeTime: { S: row.placeTime },
        placeKey: { B: key.placeKey(read.network, read.cameraId, hour) },
        day: { S: key.day },
        sealed: { B: row.sealed },
        expiresAt: { N: String(forgottenAtMs(key.day, this.options.retentionDays) / 1000) },
      };
    } catch (error) {
      if (error instanceof DayKeyGone) return undefined;
      throw error;
    }
  }

  async #query(
    day: CaptureDay,
    condition: { IndexName?: string; KeyConditionExpression: string },
    key: Uint8Array,
  ): Promise<readonly SealedRead[]> {
    const rows: SealedRead[] = [];
    let start: Record<string, AttributeValue> | undefined;
    do {
      const page = await fromStore('reads', () =>
        this.options.dynamo.send(
          new QueryCommand({
            TableName: this.options.table,
            ...condition,
            FilterExpression: '#day = :day',
            ProjectionExpression: 'placeTime, sealed',
            ExpressionAttributeNames: { '#day': 'day' },
            ExpressionAttributeValues: { ':key': { B: key }, ':day': { S: day } },
            ...(start === undefined ? {} : { ExclusiveStartKey: start }),
          }),
        ),
      );
      for (const item of page.Items ?? []) rows.push(sealedRow(item));
      if (rows.length > rowsMax) throw new StoreError('unprocessed', 'reads');
      start = page.LastEvaluatedKey;
    } while (start !== undefined);
    return rows;
  }
}

function sealedRow(item: Record<string, AttributeValue>): SealedRead {
  const placeTime = item.placeTime?.S;
  const sealed = item.sealed?.B;
  const network = placeTime === undefined ? undefined : parsePlaceTime(placeTime)?.network;
  if (placeTime === undefined || sealed === undefined || network === undefined)
    throw new StoreError('malformed', 'reads');
  return { placeTime, network, sealed };
}

function rowId(read: Read): string {
  return `${foldPlate(read.plate)}#${placeTime(read)}`;
}
