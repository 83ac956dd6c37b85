import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  type Put,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type Update,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type {
  Acknowledgement,
  AlertRecord,
  Disposition,
  RecordedNotification,
  Verification,
} from '../../core/alerts/alert-record';
import type { AlertSteps, Stored } from '../../core/alerts/ports';
import type { Suppression } from '../../core/alerts/suppression';
import { captureDay } from '../../core/retention/day';
import type { DayKey } from '../../core/retention/day-key';
import type { DayKeys } from '../../core/retention/ports';
import { fromStore } from '../stores/store-error';
import { type AlertRow, contextOf, type SealedPart } from './alert-row';
import { sealPart } from './sealed-part';
import { suppressionPut } from './suppressions';

export interface AlertStepsOptions {
  readonly dynamo: DynamoDBClient;
  readonly table: string;
  readonly suppressionsTable: string;
  readonly dayKeys: Pick<DayKeys, 'forReading'>;
  readonly retentionDays: number;
}

/**
 * One conditional write a step, to the alert's row: of two users at once the first one stands. What a user says of a
 * vehicle is sealed like the alert itself, under its day. A write that was stored but reported failed, and was repeated
 * by the client, finds itself and counts as stored.
 */
export class StoredAlertSteps implements AlertSteps {
  constructor(readonly options: AlertStepsOptions) {}

  async storeAcknowledgement(record: AlertRecord, acknowledgement: Acknowledgement): Promise<Stored> {
    const at = await this.#at(record);
    const sealed = at.seal(acknowledgement, 'acknowledgement');
    if (sealed === undefined) return 'forgotten';
    return this.#write({
      ...at.row,
      UpdateExpression: 'SET acknowledgement = :sealed, #state = :state',
      ConditionExpression:
        'attribute_exists(alertId) AND attribute_not_exists(acknowledgement) AND attribute_not_exists(verification)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':sealed': { B: sealed }, ':state': { S: 'acknowledged' } },
    });
  }

  async storeVerification(
    record: AlertRecord,
    verification: Verification,
    suppression: Suppression | undefined,
  ): Promise<Stored> {
    const at = await this.#at(record);
    const { verifiedBy, verifiedAtMs } = verification;
    const sealed = at.seal(verification, 'verification');
    const taken = at.seal({ acknowledgedBy: verifiedBy, acknowledgedAtMs: verifiedAtMs }, 'acknowledgement');
    if (sealed === undefined || taken === undefined) return 'forgotten';
    const update: Update = {
      ...at.row,
      UpdateExpression:
        'SET verification = :sealed, acknowledgement = if_not_exists(acknowledgement, :taken), #state = :state',
      ConditionExpression: 'attribute_exists(alertId) AND attribute_not_exists(verification)',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':sealed': { B: sealed },
        ':taken': { B: taken },
        ':state': { S: verification.outcome },
      },
    };
    if (suppression === undefined) return this.#write(update);
    const { retentionDays, suppressionsTable: table } = this.options;
    const put = suppressionPut(suppression, { table, key: at.key, day: at.day, retentionDays });
    return put === undefined ? 'forgotten' : this.#writeBoth(update, put);
  }

  async storeDisposition(record: AlertRecord, disposition: Disposition): Promise<Stored> {
    const at = await this.#at(record);
    const sealed = at.seal(disposition, 'disposition');
    if (sealed === undefined) return 'forgotten';
    return this.#write({
      ...at.row,
      UpdateExpression: 'SET disposition = :sealed',
      ConditionExpression: 'attribute_exists(verification) AND attribute_not_exists(disposition)',
      ExpressionAttributeValues: { ':sealed': { B: sealed } },
    });
  }

  async storeNotification(record: AlertRecord, notification: RecordedNotification): Promise<Stored> {
    const at = await this.#at(record);
    const sealed = at.seal(notification, `notifications|${notification.neighbour}`);
    if (sealed === undefined) return 'forgotten';
    return this.#write({
      ...at.row,
      UpdateExpression: 'SET notifications.#neighbour = :sealed',
      ConditionExpression: 'attribute_exists(alertId) AND attribute_not_exists(notifications.#neighbour)',
      ExpressionAttributeNames: { '#neighbour': notification.neighbour },
      ExpressionAttributeValues: { ':sealed': { B: sealed } },
    });
  }

  async #at({ alert: { alertId, capturedAtMs } }: AlertRecord) {
    const day = captureDay(capturedAtMs);
    const key: DayKey | undefined = await this.options.dayKeys.forReading(day);
    const seal = (content: object, part: SealedPart) => sealPart(key, content, contextOf(day, alertId, part));
    return { day, key, seal, row: { TableName: this.options.table, Key: { alertId: { S: alertId } } } };
  }

  async #write(update: Update): Promise<Stored> {
    const ReturnValuesOnConditionCheckFailure = 'ALL_OLD';
    try {
      await this.options.dynamo.send(
        new UpdateItemCommand({ ...update, ReturnValuesOnConditionCheckFailure }),
      );
      return 'stored';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return standing(update, error.Item);
      return fromStore('alerts', () => Promise.reject(error));
    }
  }

  /** Both or neither: a rejection whose suppression was lost would have the same driver stopped again. */
  async #writeBoth(update: Update, put: Put): Promise<Stored> {
    const Update: Update = { ...update, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' };
    try {
      await this.options.dynamo.send(
        new TransactWriteItemsCommand({ TransactItems: [{ Update }, { Put: put }] }),
      );
      return 'stored';
    } catch (error) {
      const refused =
        error instanceof TransactionCanceledException
          ? error.CancellationReasons?.find(({ Code }) => refusals.has(Code ?? ''))
          : undefined;
      if (refused !== undefined) return standing(update, refused.Item);
      return fromStore('alerts', () => Promise.reject(error));
    }
  }
}

/** Somebody else was there before, or is there right now. */
const refusals = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** Whether what stands is this very step: sealed bytes are never the same twice. */
function standing(update: Update, row: AlertRow | undefined): Stored {
  const sealed = update.ExpressionAttributeValues?.[':sealed']?.B;
  return sealed !== undefined && holds(row, sealed) ? 'stored' : 'too-late';
}

function holds(row: AlertRow | undefined, sealed: Uint8Array): boolean {
  const parts = Object.values(row ?? {}).flatMap((each: AttributeValue) => [
    each,
    ...Object.values(each.M ?? {}),
  ]);
  return parts.some(({ B }) => B !== undefined && Buffer.from(B).equals(sealed));
}
