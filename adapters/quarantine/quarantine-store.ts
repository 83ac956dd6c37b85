import { type AttributeValue, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type QuarantineReason, quarantineClauses } from '../../core/reads/admit';
import type { Read } from '../../core/reads/read';
import { encodeRead } from '../../core/reads/sealed-read';
import { captureDay, captureHour, forgottenAtMs } from '../../core/retention/day';
import { DayKeyGone } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { fromStore } from '../stores/store-error';

export interface QuarantineStoreOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly dayKeys: DayKeys;
  readonly retentionDays: number;
}

/** Something that was not admitted. */
export interface Refused {
  readonly reason: QuarantineReason;
  /** As claimed; absent if what arrived names none. */
  readonly cameraId?: string;
  readonly arrivedAtMs: number;
  /** The same for the same arrival, so that a repeated delivery is one row: read id, sequence number, frame name. */
  readonly id: string;
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
    const sealed = await this.#seal(refused);
    const day = sealed?.day ?? captureDay(refused.arrivedAtMs);
    const item: Record<string, AttributeValue> = {
      hour: { S: captureHour(refused.arrivedAtMs) },
      arrival: { S: arrival(refused) },
      reason: { S: refused.reason },
      clause: { S: quarantineClauses[refused.reason] },
      cameraId: { S: refused.cameraId ?? 'unknown' },
      day: { S: day },
      expiresAt: { N: String(forgottenAtMs(day, this.options.retentionDays) / 1000) },
      ...(sealed === undefined ? {} : { sealed: { B: sealed.bytes } }),
    };
    await fromStore('quarantine', () =>
      this.options.dynamo.send(new PutItemCommand({ TableName: this.options.table, Item: item })),
    );
  }

  async #seal(refused: Refused) {
    const { read, reason, arrivedAtMs } = refused;
    if (read === undefined || reason === 'too-old' || reason === 'captured-in-future') return undefined;
    const day = captureDay(Math.min(read.capturedAtMs, arrivedAtMs));
    const key = await this.options.dayKeys.forWriting(day);
    try {
      const bytes = key?.seal(encodeRead(read), `quarantine|${day}|${arrival(refused)}`);
      return bytes === undefined ? undefined : { day, bytes };
    } catch (error) {
      if (error instanceof DayKeyGone) return undefined;
      throw error;
    }
  }
}

function arrival(refused: Refused): string {
  return `${String(refused.arrivedAtMs).padStart(13, '0')}#${refused.id}`;
}
