import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Read } from '../../core/reads/read';
import { encodeRead } from '../../core/reads/sealed-read';
import { captureDay } from '../../core/retention/day';
import type { DayKeys } from '../../core/retention/ports';
import { whileKept } from '../../core/retention/while-kept';
import { fromStore } from '../stores/store-error';
import { arrivalOf, quarantineRow, type RefusalFacts } from './quarantine-row';

export interface QuarantineStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

/** Something that was not admitted. */
export interface Refused extends RefusalFacts {
  /** What was refused; its pictures are not kept. Absent if it could not be understood. */
  readonly read?: Read;
}

/** A row says by itself only when something arrived, from which camera, and why it was refused. */
export class QuarantineStore {
  constructor(readonly options: QuarantineStoreOptions) {}

  /**
   * Resolves when the row is durable. A refused read is sealed under its capture day's key, like an admitted one, so
   * that quarantine keeps nothing longer (Storage-A). A read whose day is forgotten, too near to that, or not yet here
   * has no key to go by: then, as with bytes that were not understood, only the facts of the refusal are kept.
   */
  async put(refused: Refused): Promise<void> {
    const { dynamo, table, retentionDays } = this.options;
    const sealed = await this.#seal(refused);
    const Item =
      sealed === undefined
        ? quarantineRow(refused, { retentionDays })
        : { ...quarantineRow(refused, { retentionDays, day: sealed.day }), sealed: { B: sealed.bytes } };
    await fromStore('quarantine', () => dynamo.send(new PutItemCommand({ TableName: table, Item })));
  }

  async #seal(refused: Refused) {
    const { read, reason, arrivedAtMs } = refused;
    if (read === undefined || reason === 'too-old' || reason === 'captured-in-future') return undefined;
    const day = captureDay(Math.min(read.capturedAtMs, arrivedAtMs));
    const key = await this.options.dayKeys.forWriting(day);
    const bytes = whileKept(() => key?.seal(encodeRead(read), `quarantine|${day}|${arrivalOf(refused)}`));
    return bytes === undefined ? undefined : { day, bytes };
  }
}
